import { randomUUID } from 'node:crypto';
import type { SqlExecutor } from './sql';

export type LeaseOutcome<T> = { held: true; result: T } | { held: false };

/**
 * Takes the lease `name`, or returns false while somebody else holds it. A row and a time, not an advisory lock: it
 * works through a transaction-mode pooler and frees itself when its holder dies. All times are Postgres' own.
 */
export const acquireLease = async (
  sql: SqlExecutor,
  { name, holder, ttlSeconds }: { name: string; holder: string; ttlSeconds: number },
): Promise<boolean> => {
  const { rowCount } = await sql.query(
    `INSERT INTO leases (name, holder, expires_at, updated_at)
     VALUES ($1, $2, now() + make_interval(secs => $3), now())
     ON CONFLICT (name) DO UPDATE
       SET holder = excluded.holder, expires_at = excluded.expires_at, updated_at = now()
       WHERE leases.expires_at < now() OR leases.holder = excluded.holder`,
    [name, holder, ttlSeconds],
  );
  return rowCount === 1;
};

/** Gives the lease back, if it is still ours. */
export const releaseLease = async (
  sql: SqlExecutor,
  { name, holder }: { name: string; holder: string },
): Promise<void> => {
  // In the past, not now: the column keeps milliseconds, and whoever comes within this one must find it free.
  await sql.query(
    `UPDATE leases SET expires_at = now() - interval '1 second', updated_at = now() WHERE name = $1 AND holder = $2`,
    [name, holder],
  );
};

/**
 * Runs `work` while holding a lease that is renewed every third of its time. The signal aborts when the lease was
 * lost (Postgres away for longer than the lease): correctness must not rest on the lease alone.
 */
export const withLease = async <T>(
  sql: SqlExecutor,
  { name, ttlSeconds, holder = randomUUID() }: { name: string; ttlSeconds: number; holder?: string },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<LeaseOutcome<T>> => {
  if (!(await acquireLease(sql, { name, holder, ttlSeconds }))) return { held: false };
  const lost = new AbortController();
  let renewedAt = Date.now();
  const renewal = setInterval(
    () => {
      acquireLease(sql, { name, holder, ttlSeconds }).then(
        (held) => {
          if (held) renewedAt = Date.now();
          else lost.abort(new Error(`lease ${name} was taken over`));
        },
        (cause: unknown) => {
          if (Date.now() - renewedAt > ttlSeconds * 1000) lost.abort(new Error(`lease ${name} ran out`, { cause }));
        },
      );
    },
    (ttlSeconds * 1000) / 3,
  );
  try {
    return { held: true, result: await work(lost.signal) };
  } finally {
    clearInterval(renewal);
    // A failed release only means that the next holder waits until the lease runs out.
    await releaseLease(sql, { name, holder }).catch(() => undefined);
  }
};
