import type { SqlExecutor } from '@convene/coordination';

/** Three beats may be missed before the process counts as gone. */
const ALIVE_SECONDS = 180;

/** Tells everyone who reads Postgres that this process lives: a row of its own, no Redis command. */
export const beat = async (sql: SqlExecutor, processName: string): Promise<void> => {
  await sql.query(
    `INSERT INTO leases (name, holder, expires_at) VALUES ($1, $2, now() + make_interval(secs => $3))
     ON CONFLICT (name) DO UPDATE SET expires_at = excluded.expires_at, updated_at = now()`,
    [`worker:${processName}`, processName, ALIVE_SECONDS],
  );
};

/** The process ends: it is not missed, it has left. */
export const lastBeat = async (sql: SqlExecutor, processName: string): Promise<void> => {
  await sql.query('DELETE FROM leases WHERE name = $1', [`worker:${processName}`]);
};
