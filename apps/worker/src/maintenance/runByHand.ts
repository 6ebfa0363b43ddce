import { isNotificationType, notificationTypes } from '@convene/common';
import { createJobRun, finishJobRun, inPoolTransaction, type SqlExecutor, startJobRun } from '@convene/coordination';
import type { Pool } from 'pg';
import type { Logger } from '../logger';
import { inLockedTransaction, takeLock } from '../postgres';
import { cronOf, latestDue, periodOf } from './periods';
import { KEEP_DAYS } from './prune';
import { findSchedule } from './schedules';
import type { MaintenanceSettings, QueuedSchedule } from './types';

const DAY_MS = 86_400_000;

/** That it can't be done so; the message is for whoever asked. */
export class ByHandError extends Error {}

type ByHand = {
  pool: Pool;
  settings: MaintenanceSettings;
  logger: Logger;
  name: string;
  /** The moment that it is to be as if it were. */
  at: Date;
};

/** What a dry run would have written for one type of mail. Nothing of whom it goes to but how many they are. */
export type PlannedMails = { type: string; rows: number; recipients: number | 'staff'; listings: string[] };

const plan = ({ name, settings, at }: ByHand): { schedule: QueuedSchedule; dueAt: Date } => {
  const schedule = findSchedule(name);
  if (!schedule) throw new ByHandError(`There is no job by the name ${name}; without a name, all of them are listed.`);
  const dueAt = latestDue(cronOf(schedule, settings), at);
  if (!dueAt) throw new ByHandError(`${name} was never due before ${at.toISOString()}.`);
  return { schedule, dueAt };
};

const writtenInThisTransaction = `
  SELECT type, count(*)::int AS rows,
         sum(CASE WHEN payload ? 'userIds' THEN jsonb_array_length(payload -> 'userIds') ELSE 1 END)::int AS recipients,
         ARRAY (SELECT DISTINCT title #>> '{}' FROM notification_outbox AS same
                CROSS JOIN jsonb_path_query(same.payload, '$.**.title ? (@.type() == "string")') AS title
                WHERE same.type = written.type AND same.xmin = pg_current_xact_id()::xid
                ORDER BY 1) AS listings
  FROM notification_outbox AS written
  WHERE xmin = pg_current_xact_id()::xid
  GROUP BY type ORDER BY type`;

const findPlanned = async (sql: SqlExecutor): Promise<PlannedMails[]> => {
  const { rows } = await sql.query<{ type: string; rows: number; recipients: number; listings: string[] }>(
    writtenInThisTransaction,
  );
  return rows.map((row) => ({
    ...row,
    recipients: isNotificationType(row.type) && notificationTypes[row.type] === 'staff' ? 'staff' : row.recipients,
  }));
};

class RolledBack extends Error {}

/** Runs `work` in a transaction of which nothing stays. */
const rolledBack = async <T>(pool: Pool, work: (sql: SqlExecutor) => Promise<T>): Promise<T> => {
  const results: T[] = [];
  try {
    await inPoolTransaction(pool, async (sql) => {
      results.push(await work(sql));
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  const [result] = results;
  if (result === undefined) throw new Error('the transaction ended without a result');
  return result;
};

/** Does all that the job would do and takes it back. Answers what it would have done, and which mails it would have sent. */
export const dryRun = (
  byHand: ByHand,
): Promise<{ dueAt: Date; outcome: Record<string, unknown>; mails: PlannedMails[] }> => {
  const { schedule, dueAt } = plan(byHand);
  const { pool, logger, settings, at } = byHand;
  return rolledBack(pool, async (sql) => {
    const outcome = await schedule.run(
      {
        sql,
        inTransaction: async (lock, work) => {
          await takeLock(sql, lock);
          return work(sql);
        },
        logger,
        settings,
        now: () => at,
      },
      { dueAt },
    );
    return { dueAt, outcome, mails: await findPlanned(sql) };
  });
};

/** Beyond that, what was sent is forgotten, and would be sent again; what is still to come is not sent before its time. */
const refuseOtherTimes = ({ dueAt, at, now }: { dueAt: Date; at: Date; now: Date }): void => {
  if (at > now) throw new ByHandError('What is still to come can only be looked at, by --dry-run.');
  if (now.getTime() - dueAt.getTime() > (KEEP_DAYS - 1) * DAY_MS) {
    throw new ByHandError(
      `What was due more than ${KEEP_DAYS - 1} days ago can only be looked at, by --dry-run: what was sent then is forgotten.`,
    );
  }
};

/**
 * Runs a job at once, in this process and without the queue, with a row of its own in `job_runs`. What was sent for the
 * period is not sent again, so it may meet the schedule's own run.
 *
 * @throws ByHandError where there is no such job, or the time is none that it can be run for
 */
export const runByHand = async (byHand: ByHand): Promise<{ dueAt: Date; outcome: Record<string, unknown> }> => {
  const { schedule, dueAt } = plan(byHand);
  const { pool, logger, settings, name, at } = byHand;
  const now = new Date();
  refuseOtherTimes({ dueAt, at, now });
  const run = await createJobRun(pool, { name, period: periodOf(dueAt, now) });
  if (!run) throw new ByHandError('It was asked for at this very moment by somebody else.');
  await startJobRun(pool, run.id);
  try {
    const outcome = await schedule.run(
      {
        sql: pool,
        inTransaction: (lock, work) => inLockedTransaction(pool, lock, work),
        logger,
        settings,
        now: () => at,
      },
      { dueAt },
    );
    await finishJobRun(pool, { id: run.id, status: 'done', outcome });
    return { dueAt, outcome };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await finishJobRun(pool, { id: run.id, status: 'failed', error: message });
    throw error;
  }
};

export type LastRun = { period: string; status: string; at: Date; error: string | null };

/** The latest run of each job that ran at all. */
export const findLastRuns = async (sql: SqlExecutor): Promise<Map<string, LastRun>> => {
  const { rows } = await sql.query<LastRun & { name: string }>(
    `SELECT DISTINCT ON (name) name, period, status, error, coalesce(finished_at, started_at, due_at, created_at) AS at
     FROM job_runs ORDER BY name, id DESC`,
  );
  return new Map(rows.map(({ name, ...run }) => [name, run]));
};
