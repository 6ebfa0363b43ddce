import { parseCounterKey } from '@convene/common/keys';
import type { Metric } from '@convene/common/metrics';
import { inPoolTransaction } from '@convene/coordination';
import type { Pool, PoolClient } from 'pg';
import type { ClaimedBatch } from './scripts/flush';

/** The sums of one row of `metrics_daily`. */
export type DailySums = { kind: string; listingId: number; day: string } & Record<Metric, number>;

/** A counter of a listing that is gone, or a key that no version of Convene writes. */
export type DroppedCounter = { key: string; value: number };

export type AppliedBatch = {
  batchId: string;
  /** False where the batch was in Postgres before. */
  applied: boolean;
  counters: number;
  events: number;
  dropped: DroppedCounter[];
};

const LARGEST_ID = 2_147_483_647;

const idOf = (text: string): number | null => {
  const id = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Number.NaN;
  return id <= LARGEST_ID ? id : null;
};

const rowKeyOf = ({ kind, listingId, day }: { kind: string; listingId: number; day: string }): string =>
  `${kind}:${String(listingId).padStart(10, '0')}:${day}`;

/**
 * A batch's counters as rows of `metrics_daily`, sorted by kind, listing and day: every flush takes its row locks in
 * one order.
 */
export const dailySumsOf = (
  counters: ClaimedBatch['counters'],
): { rows: DailySums[]; unreadable: DroppedCounter[] } => {
  const rows = new Map<string, DailySums>();
  const unreadable: DroppedCounter[] = [];
  for (const counter of counters) {
    const ref = parseCounterKey(counter.key);
    const listingId = ref && idOf(ref.listingId);
    if (!ref || listingId === null) {
      unreadable.push(counter);
      continue;
    }
    const row = { kind: ref.kind, listingId, day: ref.day };
    const key = rowKeyOf(row);
    const sums = rows.get(key) ?? { ...row, views: 0, favorites: 0, bookings: 0, impressions: 0 };
    sums[ref.metric] += counter.value;
    rows.set(key, sums);
  }
  return {
    rows: [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sums]) => sums),
    unreadable,
  };
};

/** Adds the sums of listings that exist, all in one statement, and returns those of listings that don't. */
const UPSERT = `
  WITH input AS (
    SELECT * FROM unnest($1::varchar[], $2::int[], $3::varchar[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
      AS sums (kind, listing_id, day, views, favorites, bookings, impressions)
  ), known AS (
    SELECT input.* FROM input
    WHERE CASE input.kind
      WHEN 'locations' THEN EXISTS (SELECT FROM locations WHERE id = input.listing_id)
      WHEN 'events' THEN EXISTS (SELECT FROM events WHERE id = input.listing_id)
      WHEN 'services' THEN EXISTS (SELECT FROM services WHERE id = input.listing_id)
      ELSE false
    END
  ), added AS (
    INSERT INTO metrics_daily AS daily (kind, listing_id, day, views, favorites, bookings, impressions)
    SELECT kind, listing_id, day, views, favorites, bookings, impressions FROM known ORDER BY kind, listing_id, day
    ON CONFLICT (kind, listing_id, day) DO UPDATE SET
      views = daily.views + excluded.views,
      favorites = daily.favorites + excluded.favorites,
      bookings = daily.bookings + excluded.bookings,
      impressions = daily.impressions + excluded.impressions,
      updated_at = now()
  )
  SELECT kind, listing_id AS "listingId", day FROM input
  EXCEPT SELECT kind, listing_id, day FROM known`;

const addSums = async (client: PoolClient, rows: DailySums[]): Promise<Set<string>> => {
  const { rows: unknown } = await client.query<{ kind: string; listingId: number; day: string }>(UPSERT, [
    rows.map(({ kind }) => kind),
    rows.map(({ listingId }) => listingId),
    rows.map(({ day }) => day),
    rows.map(({ views }) => views),
    rows.map(({ favorites }) => favorites),
    rows.map(({ bookings }) => bookings),
    rows.map(({ impressions }) => impressions),
  ]);
  return new Set(unknown.map(rowKeyOf));
};

const droppedOf = (batch: ClaimedBatch, unknownRows: Set<string>, unreadable: DroppedCounter[]): DroppedCounter[] => {
  const isUnknown = ({ key }: DroppedCounter): boolean => {
    const ref = parseCounterKey(key);
    return ref !== null && unknownRows.has(rowKeyOf({ ...ref, listingId: Number(ref.listingId) }));
  };
  return [...unreadable, ...batch.counters.filter(isUnknown)];
};

const applyInTransaction = async (client: PoolClient, batch: ClaimedBatch): Promise<AppliedBatch> => {
  const counters = batch.counters.length;
  const events = batch.counters.reduce((sum, { value }) => sum + value, 0);
  const { rowCount } = await client.query(
    `INSERT INTO flush_batches (id, counters, events, dropped, applied_at) VALUES ($1, $2, $3, '[]', now())
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [batch.batchId, counters, events],
  );
  if (rowCount === 0) return { batchId: batch.batchId, applied: false, counters, events, dropped: [] };
  const { rows, unreadable } = dailySumsOf(batch.counters);
  const dropped = droppedOf(batch, await addSums(client, rows), unreadable);
  if (dropped.length > 0) {
    await client.query('UPDATE flush_batches SET dropped = $2::jsonb WHERE id = $1', [
      batch.batchId,
      JSON.stringify(dropped),
    ]);
  }
  return { batchId: batch.batchId, applied: true, counters, events, dropped };
};

/**
 * Adds a batch to `metrics_daily`, in one transaction with the row that says so: whoever comes second with the same
 * batch waits for the first and adds nothing.
 */
export const applyBatch = (pool: Pool, batch: ClaimedBatch): Promise<AppliedBatch> =>
  inPoolTransaction(pool, (client) => applyInTransaction(client, batch));

/** Notes that Redis has forgotten these batches; only such rows may be pruned. */
export const markAcknowledged = async (pool: Pool, batchIds: string[]): Promise<void> => {
  if (batchIds.length === 0) return;
  await pool.query(
    `UPDATE flush_batches SET acknowledged_at = now(), updated_at = now()
     WHERE id = ANY($1::varchar[]) AND acknowledged_at IS NULL`,
    [batchIds],
  );
};
