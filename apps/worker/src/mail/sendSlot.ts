import { setTimeout as sleep } from 'node:timers/promises';
import type { SqlExecutor } from '@convene/coordination';

/** The row of `leases` that holds when the next mail of any process may leave. */
export const SEND_SLOT_NAME = 'resend-slot';

/**
 * Takes the next slot of the one rate that all processes share, and tells how long it is until then. One statement,
 * by Postgres' clock: Resend's limit is one per account, and a limiter in each process or queue would overrun it.
 */
export const takeSendSlot = async (
  sql: SqlExecutor,
  { requestsPerSecond, holder }: { requestsPerSecond: number; holder: string },
): Promise<{ waitMs: number }> => {
  const { rows } = await sql.query<{ waitMs: number }>(
    `INSERT INTO leases AS slot (name, holder, expires_at)
     VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3))
     ON CONFLICT (name) DO UPDATE
       SET expires_at = GREATEST(slot.expires_at, clock_timestamp()) + make_interval(secs => $3),
           holder = excluded.holder, updated_at = now()
     RETURNING GREATEST(0, extract(epoch FROM expires_at - make_interval(secs => $3) - clock_timestamp()) * 1000)::float8
       AS "waitMs"`,
    [SEND_SLOT_NAME, holder, 1 / requestsPerSecond],
  );
  const slot = rows[0];
  if (!slot) throw new Error('no slot for sending was given out');
  return slot;
};

/** Nobody sends for that long: the account is over its limit. Slots given out later begin after it. */
export const delaySendSlots = async (
  sql: SqlExecutor,
  { seconds, holder }: { seconds: number; holder: string },
): Promise<void> => {
  await sql.query(
    `INSERT INTO leases AS slot (name, holder, expires_at)
     VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3))
     ON CONFLICT (name) DO UPDATE
       SET expires_at = GREATEST(slot.expires_at, excluded.expires_at), holder = excluded.holder, updated_at = now()`,
    [SEND_SLOT_NAME, holder, seconds],
  );
};

/** Later than this, a process that was busy lets its slot go: the call would come close to that of the next slot. */
const MAX_LATE_MS = 50;

/** Waits for the next slot; throws the signal's AbortError when the process stops first. */
export const waitForSendSlot = async (
  sql: SqlExecutor,
  { requestsPerSecond, holder, signal }: { requestsPerSecond: number; holder: string; signal: AbortSignal },
): Promise<void> => {
  for (;;) {
    const askedAt = performance.now();
    const { waitMs } = await takeSendSlot(sql, { requestsPerSecond, holder });
    const slotAt = performance.now() + waitMs;
    if (waitMs > 0) await sleep(waitMs, undefined, { signal });
    // A slot that was free at once was so when it was asked for.
    const dueAt = waitMs > 0 ? slotAt : askedAt;
    if (performance.now() - dueAt <= MAX_LATE_MS) return;
    signal.throwIfAborted();
  }
};
