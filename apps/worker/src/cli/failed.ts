import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import {
  type Decision,
  decideSchema,
  decisions,
  type FailedNotification,
  failedQuerySchema,
  issuesOf,
} from '@convene/common';
import { decideOnFailed, type ForgetJobs, forgetJobsBy, listFailed } from '@convene/outbox';
import { Pool } from 'pg';
import { parseWorkerEnv, type WorkerEnv } from '../env';
import { createLogger } from '../logger';
import type { QueueBackend } from '../queues/backend';
import { createQueueBackend } from '../queues/createBackend';
import { createQueues } from '../queues/index';

/*
 * What could not be sent, or may not have been: `pnpm --filter @convene/worker failed …`
 * Ends with 0 when it is done, 1 when it failed, 2 when it was called wrongly.
 */

const usage = `Usage:
  failed list [--status dead|uncertain] [--limit 50] [--before <id>] [--json]
  failed retry      <id>… | --all    failed for good: sends them after all
  failed discard    <id>… | --all    never sends them
  failed mark-sent  <id>… | --all    uncertain, and known to have been sent
  failed send-again <id>… | --all    uncertain: sends them, perhaps a second time`;

const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

class UsageError extends Error {}

const isDecision = (command: string | undefined): command is Decision => decisions.some((name) => name === command);

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const printRow = ({ id, type, status, error, closedAt, recipients }: FailedNotification): void => {
  const people = recipients === null ? '' : `  ${recipients} recipient${recipients === 1 ? '' : 's'}`;
  console.log(`${id}  ${closedAt}  ${status.padEnd(9)}  ${type}${people}\n    ${error ?? 'no reason is known'}`);
};

const list = async (pool: Pool, options: { status?: string; limit?: string; before?: string; json?: boolean }) => {
  const { json, ...query } = options;
  const parsed = failedQuerySchema.safeParse(query);
  if (!parsed.success)
    throw new UsageError(
      issuesOf(parsed.error)
        .map(({ path, message }) => `${path}: ${message}`)
        .join('\n'),
    );
  const { counts, notifications } = await listFailed(pool, parsed.data);
  if (json) {
    console.log(JSON.stringify({ counts, notifications }, null, 2));
    return;
  }
  for (const row of notifications) printRow(row);
  console.log(`${counts.dead} failed for good, ${counts.uncertain} uncertain.`);
};

/** How long a server may take to answer that is there. */
const QUEUE_TIMEOUT_MS = 5_000;

const untilReady = async ({ isReady, onReady, state, name }: QueueBackend): Promise<void> => {
  const timeout = AbortSignal.timeout(QUEUE_TIMEOUT_MS);
  await new Promise<void>((resolve, reject) => {
    onReady(resolve);
    timeout.addEventListener('abort', () => {
      reject(new Error(`the queue (${name}) can not be reached: ${state().lastError?.message ?? 'no answer'}`));
    });
    if (isReady()) resolve();
  });
};

/** Runs `work` with the queue at hand; fails soon where it can't be reached. */
const withQueue = async <T>(env: WorkerEnv, work: (forgetJobs: ForgetJobs) => Promise<T>): Promise<T> => {
  const logger = createLogger({ ...env, LOG_LEVEL: 'fatal' });
  const backend = createQueueBackend({ env, logger, maxConnections: 2 });
  const { notifications, close } = createQueues(backend);
  try {
    await untilReady(backend);
    return await work(forgetJobsBy((jobId) => notifications.remove(jobId)));
  } finally {
    await close();
    await backend.close();
  }
};

const decide = async (
  { env, pool }: { env: WorkerEnv; pool: Pool },
  { decision, ids, all }: { decision: Decision; ids: string[]; all: boolean },
): Promise<void> => {
  if (all === ids.length > 0) throw new UsageError('Name the notifications, or say --all.');
  const parsed = decideSchema.safeParse({ decision, ids: all ? 'all' : ids });
  if (!parsed.success) throw new UsageError('An id is a UUID, as `failed list` shows it.');
  const by = `${userInfo().username} at the command line`;
  const decided = await withQueue(env, (forgetJobs) => decideOnFailed({ pool, forgetJobs, by, ...parsed.data }));
  for (const id of decided) console.log(id);
  console.log(`${decision}: ${decided.length} of ${all ? decided.length : ids.length}`);
};

const main = async (): Promise<number> => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        all: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        status: { type: 'string' },
        limit: { type: 'string' },
        before: { type: 'string' },
      },
    });
    const [command, ...ids] = positionals;
    if (command !== 'list' && !isDecision(command)) throw new UsageError(usage);
    const env = parseWorkerEnv();
    const pool = new Pool({ connectionString: env.DATABASE_URL, connectionTimeoutMillis: 5_000 });
    try {
      const { all, ...options } = values;
      if (command === 'list') await list(pool, options);
      else await decide({ env, pool }, { decision: command, ids, all });
    } finally {
      await pool.end();
    }
    return exitCodes.done;
  } catch (error) {
    const isUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
    console.error(describe(error));
    return isUsage ? exitCodes.usage : exitCodes.failed;
  }
};

process.exitCode = await main();
