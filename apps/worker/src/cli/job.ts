import { parseArgs } from 'node:util';
import { EnvironmentError } from '@convene/common';
import { Pool } from 'pg';
import { z } from 'zod';
import { parseMaintenanceEnv } from '../env';
import { createLogger } from '../logger';
import { cronOf } from '../maintenance/periods';
import { ByHandError, dryRun, findLastRuns, type LastRun, runByHand } from '../maintenance/runByHand';
import { schedules } from '../maintenance/schedules';
import type { MaintenanceSettings } from '../maintenance/types';

/*
 * Maintenance on demand: `pnpm --filter @convene/worker job …`
 * Ends with 0 when it is done, 1 when it failed, 2 when it was called wrongly.
 */

const usage = `Usage:
  job                                      lists the jobs, when they are due (UTC) and their last run
  job <name> [--at <time>]                 runs one for the latest time that it was due, at or before <time>
  job <name> [--at <time>] --dry-run       shows what it would do and send, and changes nothing

<time> is ISO 8601, such as 2026-03-02T07:00Z; now where it is not given.`;

const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

class UsageError extends Error {}

const timeSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/)
  .transform((value) => new Date(value))
  .refine((time) => !Number.isNaN(time.getTime()));

const parseTime = (value: string | undefined): Date => {
  if (value === undefined) return new Date();
  const parsed = timeSchema.safeParse(value);
  if (!parsed.success) throw new UsageError(`${value} is no time.\n\n${usage}`);
  return parsed.data;
};

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const told = (run: LastRun | undefined): string => {
  if (!run) return 'never ran';
  return `last: ${run.status} ${run.at.toISOString()}${run.error === null ? '' : ` (${run.error})`}`;
};

const list = async (pool: Pool, settings: MaintenanceSettings): Promise<void> => {
  const lastRuns = await findLastRuns(pool);
  for (const [name, schedule] of Object.entries(schedules)) {
    console.log(`${name.padEnd(24)} ${cronOf(schedule, settings).padEnd(14)} ${told(lastRuns.get(name))}`);
    console.log(`    ${schedule.does}`);
  }
};

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const look = async (byHand: Parameters<typeof dryRun>[0]): Promise<void> => {
  const { dueAt, outcome, mails } = await dryRun(byHand);
  console.log(`${byHand.name}, due ${dueAt.toISOString()}: a dry run, nothing was changed.`);
  for (const { type, rows, recipients, listings } of mails) {
    const people = recipients === 'staff' ? 'staff' : counted(recipients, 'recipient', 'recipients');
    console.log(`${type}: ${counted(rows, 'row', 'rows')} to ${people}`);
    for (const title of listings) console.log(`    ${title}`);
  }
  if (mails.length === 0) console.log('It would send nothing.');
  console.log(JSON.stringify(outcome, null, 2));
};

const run = async (byHand: Parameters<typeof runByHand>[0]): Promise<void> => {
  const { dueAt, outcome } = await runByHand(byHand);
  console.log(`${byHand.name}, due ${dueAt.toISOString()}: done.`);
  console.log(JSON.stringify(outcome, null, 2));
};

const main = async (): Promise<number> => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        at: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const [name, ...others] = positionals;
    if (values.help || others.length > 0) throw new UsageError(usage);
    const at = parseTime(values.at);
    const env = parseMaintenanceEnv();
    const pool = new Pool({ connectionString: env.DATABASE_URL, connectionTimeoutMillis: 5_000, max: 2 });
    // A connection that rests and breaks; the next statement tells.
    pool.on('error', () => undefined);
    try {
      const byHand = { pool, settings: env, logger: createLogger(env), name: name ?? '', at };
      if (name === undefined) await list(pool, env);
      else await (values['dry-run'] ? look : run)(byHand);
    } finally {
      await pool.end();
    }
    return exitCodes.done;
  } catch (error) {
    const isUsage =
      error instanceof UsageError ||
      error instanceof ByHandError ||
      error instanceof EnvironmentError ||
      (error instanceof TypeError && 'code' in error);
    console.error(describe(error));
    return isUsage ? exitCodes.usage : exitCodes.failed;
  }
};

process.exitCode = await main();
