import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';

/** What can be run by hand: the name in `/api/feed-jobs/{name}`, and in `job_runs`. */
export const runnableJobs = { flush: 'feed:flush', aggregate: 'feed:aggregate', rank: 'feed:rank' } as const;
export type RunnableJob = keyof typeof runnableJobs;
export const runnableNames = ['flush', 'aggregate', 'rank'] as const satisfies RunnableJob[];

const runSchema = z.object({
  id: z.number(),
  name: z.string(),
  period: z.string(),
  status: z.string(),
  dueAt: z.date().nullable(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  durationMs: z.number().nullable(),
  outcome: z.unknown(),
  error: z.string().nullable(),
});
export type Run = z.output<typeof runSchema>;

/** The latest runs of each of the three jobs, the latest first. */
export const readRuns = async (sql: SqlExecutor, { each }: { each: number }): Promise<Run[]> => {
  const { rows } = await sql.query(
    `SELECT run.id, run.name, run.period, run.status, run.due_at AS "dueAt", run.started_at AS "startedAt",
            run.finished_at AS "finishedAt", run.outcome, run.error,
            (extract(epoch FROM run.finished_at - run.started_at) * 1000)::float8 AS "durationMs"
     FROM unnest($1::varchar[]) AS job (name)
     CROSS JOIN LATERAL (SELECT * FROM job_runs WHERE job_runs.name = job.name ORDER BY id DESC LIMIT $2) AS run
     ORDER BY coalesce(run.started_at, run.due_at) DESC NULLS LAST, run.id DESC`,
    [Object.values(runnableJobs), each],
  );
  return z.array(runSchema).parse(rows);
};

const stateSchema = z.object({
  name: z.string(),
  lastDoneAt: z.date().nullable(),
  lastDurationMs: z.number().nullable(),
  isRunning: z.boolean(),
});
export type JobState = z.output<typeof stateSchema>;

/** Of each of the three: when it last came to a good end, and whether somebody is at it now, by its lease. */
export const readJobStates = async (sql: SqlExecutor): Promise<JobState[]> => {
  const { rows } = await sql.query(
    `SELECT job.name, done.finished_at AS "lastDoneAt",
            (extract(epoch FROM done.finished_at - done.started_at) * 1000)::float8 AS "lastDurationMs",
            EXISTS (SELECT FROM leases WHERE leases.name = 'schedule:' || job.name AND expires_at > now()) AS "isRunning"
     FROM unnest($1::varchar[]) WITH ORDINALITY AS job (name, position)
     LEFT JOIN LATERAL (SELECT started_at, finished_at FROM job_runs
                        WHERE job_runs.name = job.name AND status = 'done' ORDER BY id DESC LIMIT 1) AS done ON true
     ORDER BY job.position`,
    [Object.values(runnableJobs)],
  );
  return z.array(stateSchema).parse(rows);
};
