import { MAINTENANCE_JOB_NAME, type MaintenanceJob, maintenanceJobId } from '@convene/common';
import { createJobRun, type SqlExecutor } from '@convene/coordination';
import { Cron } from 'croner';
import type { Logger } from '../logger';
import type { JobQueue } from '../queues/backend';
import { beat } from './heartbeat';
import { cronOf, latestDue, periodOf } from './periods';
import { HEARTBEAT_CRON, schedules } from './schedules';
import type { Asking, QueuedSchedule } from './types';

/** For how long a run may be due or under way before its job is added once more. */
const OVERDUE = '5 minutes';
const HOUR_MS = 3_600_000;

/** The queue as the schedules see it. */
export type MaintenanceJobs = {
  /** Asked before a row is written whose job could not be added. */
  canAdd: () => boolean;
  /** Adding a job again that the queue has is harmless. */
  add: (jobRunIds: number[]) => Promise<unknown>;
};

export const createMaintenanceJobs = (
  queue: Pick<JobQueue<MaintenanceJob>, 'addBulk'>,
  canAdd: () => boolean,
): MaintenanceJobs => ({
  canAdd,
  add: (jobRunIds) =>
    queue.addBulk(
      jobRunIds.map((jobRunId) => ({
        name: MAINTENANCE_JOB_NAME,
        data: { jobRunId },
        opts: { jobId: maintenanceJobId(jobRunId) },
      })),
    ),
});

type Runner = Asking & { jobs: MaintenanceJobs; logger: Logger };

/** Asked before the schedule's own question, which may be a long one: the hour's look back asks it again and again. */
const isKnown = async (sql: SqlExecutor, { name, period }: { name: string; period: string }): Promise<boolean> => {
  const { rowCount } = await sql.query('SELECT FROM job_runs WHERE name = $1 AND period = $2', [name, period]);
  return rowCount !== 0;
};

/**
 * Makes the run of one period due: a row first, which only one of all processes gets to write, then its job.
 *
 * @returns whether it was this call that did
 */
export const makeDue = async (
  { jobs, ...asking }: Runner,
  { name, schedule, dueAt }: { name: string; schedule: QueuedSchedule; dueAt: Date },
): Promise<boolean> => {
  const { sql } = asking;
  const period = periodOf(dueAt);
  if (!jobs.canAdd() || (await isKnown(sql, { name, period }))) return false;
  if (!(await schedule.hasWork(asking, { dueAt }))) return false;
  const run = await createJobRun(sql, { name, period });
  if (!run) return false;
  await jobs.add([run.id]);
  return true;
};

/** Makes up for the latest run that was missed, unless that is too long ago to be of use. */
export const catchUp = async (
  runner: Runner,
  { name, schedule, now }: { name: string; schedule: QueuedSchedule; now: Date },
): Promise<boolean> => {
  const dueAt = latestDue(cronOf(schedule, runner.settings), now);
  if (!dueAt || now.getTime() - dueAt.getTime() > schedule.catchUpHours * HOUR_MS) return false;
  return makeDue(runner, { name, schedule, dueAt });
};

/** Adds again what is due but did not get on: its job may have been lost with Redis, or never been added. */
export const addOverdue = async ({ sql, jobs }: Pick<Runner, 'sql' | 'jobs'>): Promise<number> => {
  if (!jobs.canAdd()) return 0;
  const { rows } = await sql.query<{ id: number }>(
    `SELECT id FROM job_runs
     WHERE name = ANY ($1) AND status IN ('due', 'running')
       AND COALESCE(started_at, due_at) < now() - interval '${OVERDUE}'
     ORDER BY due_at`,
    [Object.keys(schedules)],
  );
  if (rows.length > 0) await jobs.add(rows.map((row) => row.id));
  return rows.length;
};

/**
 * Cron in the process: a schedule in Redis would keep its idle workers from sleeping. `lookBack` makes up for what was
 * missed, for when Redis is there (again).
 */
export const runSchedules = (
  runner: Runner,
  processName: string,
): { lookBack: () => Promise<void>; stop: () => void } => {
  const { sql, logger } = runner;
  const guarded = (what: string, work: () => Promise<unknown>) => async () => {
    try {
      await work();
    } catch (error) {
      // What was not made due now is found by the next pass over what was missed or is overdue.
      logger.warn({ err: error, what }, 'a schedule could not be followed');
    }
  };
  const options = { timezone: 'UTC', protect: true, unref: true } as const;
  const lookBack = guarded('catching up', async () => {
    for (const [name, schedule] of Object.entries(schedules))
      await catchUp(runner, { name, schedule, now: runner.now() });
    await addOverdue(runner);
  });
  const readd = guarded('adding overdue runs', () => addOverdue(runner));
  const heartbeat = guarded('heartbeat', () => beat(sql, processName));
  const crons = [
    new Cron(HEARTBEAT_CRON, options, heartbeat),
    new Cron('*/5 * * * *', options, readd),
    // For a run whose time passed while Postgres or Redis was away.
    new Cron('7 * * * *', options, lookBack),
    ...Object.entries(schedules).map(
      ([name, schedule]) =>
        new Cron(
          cronOf(schedule, runner.settings),
          options,
          guarded(name, () => catchUp(runner, { name, schedule, now: runner.now() })),
        ),
    ),
  ];
  void heartbeat();
  return {
    lookBack,
    stop: () => {
      for (const cron of crons) cron.stop();
    },
  };
};
