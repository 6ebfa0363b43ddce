import { randomUUID } from 'node:crypto';
import { type ListingKind, listingKindSchema } from '@convene/common/listings';
import { utcDayOf, utcDaySchema } from '@convene/common/time';
import { type SqlExecutor, withLease } from '@convene/coordination';
import { stableId } from '@convene/outbox';
import type { Pool } from 'pg';
import { z } from 'zod';
import { logger } from '../../utils/logger';
import { bumpBooking, bumpFavorite, getFeedCommit } from './counters';
import type { CommitOutcome, GroupCommit } from './groupCommit';

const outboxMetrics = ['favorites', 'bookings'] as const;
export type OutboxMetric = (typeof outboxMetrics)[number];

const bumps = { favorites: bumpFavorite, bookings: bumpBooking } satisfies Record<OutboxMetric, unknown>;

const LEASE = { name: 'feed:counter-outbox', ttlSeconds: 60 };
/** A pass hands over this many rows at once; one write of the group commit takes more. */
const ROWS_PER_PASS = 200;
/** Verdicts are kept for an hour: well within it, a row that is tried again still counts once. */
const GIVE_UP_AFTER_MINUTES = 30;
const BUSY_RETRY_MS = 5_000;

const rowSchema = z.object({
  id: z.string(),
  kind: listingKindSchema,
  listingId: z.number().int().positive(),
  metric: z.enum(outboxMetrics),
  day: utcDaySchema,
});
type OutboxRow = z.infer<typeof rowSchema>;
type ClaimedRow = Record<keyof OutboxRow, unknown> & { id: string; isFirstTry: boolean };

/**
 * Notes that a favourite or a booking was added, inside the transaction that adds it: rolled back, nothing is
 * counted; committed, it is counted once. One per user, listing and UTC day, however often it is taken back and done
 * again.
 *
 * @param sql the transaction of the change
 * @returns false where that user's addition of that day is noted already
 */
export const writeCounterOutbox = async (
  sql: SqlExecutor,
  {
    kind,
    listingId,
    metric,
    userId,
    now = new Date(),
  }: { kind: ListingKind; listingId: number; metric: OutboxMetric; userId: number; now?: Date },
): Promise<boolean> => {
  const day = utcDayOf(now);
  const { rowCount } = await sql.query(
    `INSERT INTO counter_outbox (id, kind, listing_id, metric, day) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO NOTHING`,
    [stableId(metric, kind, listingId, userId, day), kind, listingId, metric, day],
  );
  return rowCount === 1;
};

export type CounterRelaySummary = {
  recorded: number;
  /** Rows that can't be counted any more without the risk of counting them twice. */
  gaveUp: number;
  /** When to come again, where rows are left. */
  retryInMs: number | undefined;
};

const OPEN = 'recorded_at IS NULL AND gave_up_at IS NULL';

const hasOpenRows = async (sql: SqlExecutor): Promise<boolean> => {
  const { rows } = await sql.query<{ open: boolean }>(
    `SELECT EXISTS (SELECT FROM counter_outbox WHERE ${OPEN}) AS open`,
  );
  return rows[0]?.open === true;
};

const giveUpOld = async (sql: SqlExecutor): Promise<number> => {
  const { rows } = await sql.query<{ id: string }>(
    `UPDATE counter_outbox SET gave_up_at = now(), updated_at = now()
     WHERE ${OPEN} AND first_tried_at < now() - make_interval(mins => $1)
     RETURNING id`,
    [GIVE_UP_AFTER_MINUTES],
  );
  if (rows.length > 0) logger.error({ ids: rows.map(({ id }) => id) }, 'favourites or bookings could not be counted');
  return rows.length;
};

/** Notes the first try before it is made: should this process die during it, the 30 minutes run from then. */
const claimRows = async (sql: SqlExecutor): Promise<ClaimedRow[]> => {
  const { rows } = await sql.query<ClaimedRow>(
    `WITH due AS (
       SELECT id, first_tried_at IS NULL AS is_first_try FROM counter_outbox
       WHERE ${OPEN} ORDER BY created_at LIMIT $1 FOR UPDATE SKIP LOCKED
     )
     UPDATE counter_outbox AS outbox
     SET first_tried_at = coalesce(outbox.first_tried_at, now()), updated_at = now()
     FROM due WHERE outbox.id = due.id
     RETURNING outbox.id, outbox.kind, outbox.listing_id::int AS "listingId", outbox.metric, outbox.day,
               due.is_first_try AS "isFirstTry"`,
    [ROWS_PER_PASS],
  );
  return rows;
};

type Settlement = 'recorded' | 'impossible' | 'untried' | 'unknown';

const settlementOf = (outcome: CommitOutcome): Settlement => {
  if (outcome.type !== 'recorded') return outcome.executed === 'no' ? 'untried' : 'unknown';
  return outcome.verdicts[0] === 'failed' ? 'impossible' : 'recorded';
};

const handOver = async (row: ClaimedRow, commit: GroupCommit): Promise<CommitOutcome | 'unreadable'> => {
  const parsed = rowSchema.safeParse(row);
  if (!parsed.success) return 'unreadable';
  const { id, kind, listingId, metric, day } = parsed.data;
  return bumps[metric]({ requestId: id, listings: [{ kind, listingId, day }] }, commit);
};

const settle = async (
  sql: SqlExecutor,
  { ids, holder }: { ids: Record<Settlement, string[]>; holder: string },
): Promise<void> => {
  await sql.query(
    `UPDATE counter_outbox
     SET recorded_at = CASE WHEN id = ANY($1::varchar[]) THEN now() END,
         gave_up_at = CASE WHEN id = ANY($2::varchar[]) THEN now() END,
         updated_at = now()
     WHERE id = ANY($1::varchar[] || $2::varchar[])`,
    [ids.recorded, ids.impossible],
  );
  if (ids.untried.length === 0) return;
  // Only while the lease is ours: somebody else may have tried these rows since.
  await sql.query(
    `UPDATE counter_outbox SET first_tried_at = NULL, updated_at = now()
     WHERE id = ANY($1::varchar[]) AND ${OPEN}
       AND EXISTS (SELECT FROM leases WHERE name = $2 AND holder = $3 AND expires_at > now())`,
    [ids.untried, LEASE.name, holder],
  );
};

const relayRows = async (
  pool: Pool,
  { rows, commit, holder }: { rows: ClaimedRow[]; commit: GroupCommit; holder: string },
): Promise<CounterRelaySummary> => {
  const ids: Record<Settlement, string[]> = { recorded: [], impossible: [], untried: [], unknown: [] };
  let retryInMs: number | undefined;
  const outcomes = await Promise.all(rows.map((row) => handOver(row, commit)));
  for (const [index, row] of rows.entries()) {
    const outcome = outcomes[index];
    if (outcome === undefined) continue;
    const settlement = outcome === 'unreadable' ? 'impossible' : settlementOf(outcome);
    // A row that was tried before may have been counted then, whatever this try says.
    ids[settlement === 'untried' && !row.isFirstTry ? 'unknown' : settlement].push(row.id);
    if (outcome === 'unreadable' || outcome.type === 'recorded') continue;
    retryInMs = Math.max(BUSY_RETRY_MS, outcome.type === 'unavailable' ? outcome.retryAfterSeconds * 1_000 : 0);
    if (outcome.type === 'fault') logger.error({ err: outcome.error }, 'a favourite or booking could not be counted');
  }
  if (ids.impossible.length > 0) logger.error({ ids: ids.impossible }, 'favourites or bookings can never be counted');
  await settle(pool, { ids, holder });
  return { recorded: ids.recorded.length, gaveUp: ids.impossible.length, retryInMs };
};

/**
 * Hands what committed transactions have noted to the counters, each row once, under its own id. Rows whose try had
 * an uncertain end are tried again for 30 minutes and then given up, so that none is counted twice.
 *
 * @throws Postgres' errors; the rows are tried again then
 */
export const relayCounterOutbox = async ({
  pool,
  commit = getFeedCommit(),
}: {
  pool: Pool;
  commit?: GroupCommit;
}): Promise<CounterRelaySummary> => {
  const total: CounterRelaySummary = { recorded: 0, gaveUp: 0, retryInMs: undefined };
  if (!(await hasOpenRows(pool))) return total;
  const holder = randomUUID();
  const outcome = await withLease(pool, { ...LEASE, holder }, async (signal) => {
    total.gaveUp += await giveUpOld(pool);
    for (;;) {
      signal.throwIfAborted();
      const rows = await claimRows(pool);
      const pass = await relayRows(pool, { rows, commit, holder });
      total.recorded += pass.recorded;
      total.gaveUp += pass.gaveUp;
      total.retryInMs = pass.retryInMs;
      if (rows.length < ROWS_PER_PASS || pass.retryInMs !== undefined) return;
    }
  });
  return outcome.held ? total : { ...total, retryInMs: BUSY_RETRY_MS };
};
