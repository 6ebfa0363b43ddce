import type { SqlExecutor } from './sql';

export const jobRunStatuses = ['due', 'running', 'done', 'failed'] as const;
export type JobRunStatus = (typeof jobRunStatuses)[number];

export type JobRun = { id: number; name: string; period: string; status: JobRunStatus };

/**
 * Writes the row of one due run; only the first of all replicas gets it, so a scheduled run happens once.
 *
 * @param period what makes the run unique, for example the ISO time that it was due at
 */
export const createJobRun = async (
  sql: SqlExecutor,
  { name, period }: { name: string; period: string },
): Promise<JobRun | null> => {
  const { rows } = await sql.query<JobRun>(
    `INSERT INTO job_runs (name, period, status, due_at)
     VALUES ($1, $2, 'due', now())
     ON CONFLICT (name, period) DO NOTHING
     RETURNING id, name, period, status`,
    [name, period],
  );
  return rows[0] ?? null;
};

/** Marks the run as begun and tells whether there is still something to do: a finished run is not done again. */
export const startJobRun = async (sql: SqlExecutor, id: number): Promise<JobRun | null> => {
  const { rows } = await sql.query<JobRun>(
    `UPDATE job_runs SET status = 'running', started_at = now(), updated_at = now()
     WHERE id = $1 AND status <> 'done'
     RETURNING id, name, period, status`,
    [id],
  );
  return rows[0] ?? null;
};

export const finishJobRun = async (
  sql: SqlExecutor,
  { id, status, outcome, error }: { id: number; status: 'done' | 'failed'; outcome?: unknown; error?: string },
): Promise<void> => {
  await sql.query(
    `UPDATE job_runs
     SET status = $2, outcome = $3::jsonb, error = $4, finished_at = now(), updated_at = now()
     WHERE id = $1`,
    [id, status, JSON.stringify(outcome ?? null), error ?? null],
  );
};
