import { NOTIFICATION_JOB_NAME, type NotificationJob, notificationJobId, sendPriorities } from '@convene/common';
import { inPoolTransaction } from '@convene/coordination';
import type { Pool, PoolClient } from 'pg';
import { MAX_BATCH_SIZE, rowWeightSql } from './batches';

/** A job as BullMQ's `queue.addBulk` takes it. */
export type RelayJob = {
  name: string;
  data: NotificationJob;
  opts: { jobId: string; priority?: number };
};

/** Hands jobs to the queue, all or none as far as it can tell; adding an id that the queue knows must be harmless. */
export type AddJobs = (jobs: RelayJob[]) => Promise<unknown>;

export type RelayOptions = {
  pool: Pool;
  addJobs: AddJobs;
  /** Rows per transaction and per call of `addJobs`. */
  limit?: number;
  /** Instead of Postgres' clock. */
  now?: Date;
  /** How long a call of `addJobs` may take before its rows are given back. */
  addTimeoutMs?: number;
};

/** `batches` counts the calls of `addJobs`: none while there is nothing to relay. */
export type RelayCounts = { relayed: number; batches: number };

/** `weight`: how many people the row is written to, as far as it tells. */
export type ClaimedRow = { id: string; type: string; priority: number; weight: number };

const DEFAULT_LIMIT = 200;
const DEFAULT_ADD_TIMEOUT_MS = 15_000;

const due = `(not_before IS NULL OR not_before <= COALESCE($2::timestamptz, now()))`;

/** Where a claim looks; both parts of a pass order by urgency first, then age. */
const claimable = {
  pending: `status = 'pending' AND ${due}`,
  // Relayed but still open after 5 minutes, then 10, 20 ... 6 hours: the queue may have lost it.
  overdue: `status = 'relayed' AND closed_at IS NULL AND ${due}
    AND relayed_at <= COALESCE($2::timestamptz, now())
      - LEAST(interval '6 hours', interval '5 minutes' * power(2, LEAST(GREATEST(relay_count::int, 1) - 1, 10)))`,
} as const;

const claim = async (
  client: PoolClient,
  { which, limit, now }: { which: keyof typeof claimable; limit: number; now: Date | undefined },
): Promise<ClaimedRow[]> => {
  const { rows } = await client.query<ClaimedRow>(
    `WITH chosen AS (
       SELECT id FROM notification_outbox
       WHERE ${claimable[which]}
       ORDER BY priority, created_at, id
       LIMIT $1
       FOR UPDATE SKIP LOCKED
     ), claimed AS (
       UPDATE notification_outbox
       SET status = 'relayed', relayed_at = COALESCE($2::timestamptz, now()), relay_count = relay_count + 1,
           updated_at = now()
       WHERE id IN (SELECT id FROM chosen)
       RETURNING id, type, payload, priority, created_at
     )
     SELECT id, type, COALESCE(priority, ${sendPriorities.ordinary})::int AS priority, ${rowWeightSql('claimed')} AS weight
     FROM claimed ORDER BY claimed.priority, created_at, id`,
    [limit, now ?? null],
  );
  return rows;
};

/**
 * The rows that get a job: each one, but of the many that go out together only the first of every hundred recipients.
 * Its job takes the others of its type along.
 */
export const rowsWithJob = (rows: ClaimedRow[]): ClaimedRow[] => {
  const roomByType = new Map<string, number>();
  return rows.filter(({ type, priority, weight }) => {
    if (priority < sendPriorities.bulk) return true;
    const room = roomByType.get(type) ?? 0;
    const needsJob = weight > room;
    roomByType.set(type, (needsJob ? MAX_BATCH_SIZE : room) - weight);
    return needsJob;
  });
};

const toJob = ({ id, priority }: ClaimedRow): RelayJob => ({
  name: NOTIFICATION_JOB_NAME,
  data: { outboxId: id },
  opts: {
    jobId: notificationJobId(id),
    // BullMQ takes jobs without a priority before all that have one.
    ...(priority > sendPriorities.security ? { priority } : {}),
  },
});

const withinTime = async (work: Promise<unknown>, timeoutMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the queue did not take the jobs within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * One batch: claimed, added, committed, in this order. If the commit is what fails, the jobs are in the queue and the
 * rows are relayed once more later, which is harmless since a row's job has the row's id.
 */
const relayBatch = (
  { pool, addJobs, limit = DEFAULT_LIMIT, now, addTimeoutMs = DEFAULT_ADD_TIMEOUT_MS }: RelayOptions,
  which: keyof typeof claimable,
): Promise<number> =>
  inPoolTransaction(pool, async (client) => {
    const rows = await claim(client, { which, limit, now });
    if (rows.length > 0) await withinTime(addJobs(rowsWithJob(rows).map(toJob)), addTimeoutMs);
    return rows.length;
  });

const relayAll = async (options: RelayOptions, which: keyof typeof claimable): Promise<RelayCounts> => {
  const limit = options.limit ?? DEFAULT_LIMIT;
  const counts: RelayCounts = { relayed: 0, batches: 0 };
  for (;;) {
    const relayed = await relayBatch(options, which);
    if (relayed > 0) counts.batches += 1;
    counts.relayed += relayed;
    if (relayed < limit) return counts;
  }
};

/**
 * Moves every pending row that is due into the queue, most urgent first, then oldest. Several relays at once take each
 * row once. With nothing to move, `addJobs` is not called.
 *
 * @throws what `addJobs` or Postgres threw; the rows of that batch stay pending
 */
export const relayPending = (options: RelayOptions): Promise<RelayCounts> => relayAll(options, 'pending');

/**
 * Adds again what was relayed and is still open after a delay that grows with every time (5 minutes, doubled, at most
 * 6 hours), so that a Redis that lost its memory loses no mail. A job that the queue still has is not added twice.
 */
export const sweep = (options: RelayOptions): Promise<RelayCounts> => relayAll(options, 'overdue');

/** Milliseconds until the next pending row becomes due, by Postgres' clock; null where none waits for a time. */
export const msUntilNextDue = async (pool: Pool): Promise<number | null> => {
  const { rows } = await pool.query<{ ms: number | null }>(
    `SELECT GREATEST(0, ceil(extract(epoch FROM min(not_before) - clock_timestamp()) * 1000))::float8 AS ms
     FROM notification_outbox WHERE status = 'pending' AND not_before IS NOT NULL`,
  );
  return rows[0]?.ms ?? null;
};
