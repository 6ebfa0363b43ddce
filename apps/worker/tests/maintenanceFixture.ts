import {
  isNotificationType,
  type ListingKind,
  type NotificationPayload,
  type NotificationType,
  notificationSchemas,
} from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';
import type pg from 'pg';
import { pino } from 'pino';
import { parsePayload } from '../src/emails/registry';
import { schedules } from '../src/maintenance/schedules';
import type { MaintenanceContext, MaintenanceSettings } from '../src/maintenance/types';
import { inLockedTransaction } from '../src/postgres';

export const settings: MaintenanceSettings = { ADMIN_DIGEST_TIME: '07:00', REDIS_DAILY_COMMAND_LIMIT: 10_000 };

/** A job's surroundings at that moment. `count` is called before each statement. */
export const contextAt = (pool: pg.Pool, now: Date, count: () => void = () => undefined): MaintenanceContext => {
  const counted = (sql: SqlExecutor): SqlExecutor => ({
    query: (text, params) => {
      count();
      return sql.query(text, params);
    },
  });
  return {
    sql: counted(pool),
    inTransaction: (lock, work) => inLockedTransaction(pool, lock, (sql) => work(counted(sql))),
    logger: pino({ level: 'silent' }),
    settings,
    now: () => now,
  };
};

export type ScheduleName = keyof typeof schedules;

/** Does a job as if it were that moment, for a run that was due then, if it finds work. */
export const runAt = async (
  pool: pg.Pool,
  name: ScheduleName,
  { at, now = at, count }: { at: Date; now?: Date; count?: () => void },
): Promise<Record<string, unknown> | 'no work'> => {
  const context = contextAt(pool, now, count);
  const due = { dueAt: at };
  return (await schedules[name].hasWork(context, due)) ? schedules[name].run(context, due) : 'no work';
};

const MARKET_TABLES = `notification_outbox, notification_log, notification_batches, notification_decisions, webhook_events,
  job_runs, leases, favorites, bookings, reviews, messages, claims, reports, verifications, metrics_daily, aggregates,
  listing_rank, redis_usage, flush_batches, locations, events, services, cities, users`;

/** Empties all that these tests fill. */
export const emptyMarket = async (pool: pg.Pool): Promise<void> => {
  await pool.query(`TRUNCATE ${MARKET_TABLES} CASCADE`);
};

type NewListing = {
  kind?: ListingKind;
  ownerId: number | null;
  title?: string;
  isLive?: boolean;
  deletedAt?: string;
};

const idOf = (rows: { id: number }[]): number => {
  if (!rows[0]) throw new Error('nothing was inserted');
  return rows[0].id;
};

let slugs = 0;

export const insertListing = async (
  pool: pg.Pool,
  { kind = 'locations', ownerId, title = 'Old mill', isLive = true, deletedAt }: NewListing,
): Promise<number> => {
  slugs += 1;
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO ${kind} (title, slug, owner_id, _status, moderation_status, deleted_at)
     VALUES ($1, $2, $3, 'published', $4, $5) RETURNING id`,
    [title, `listing-${slugs}`, ownerId, isLive ? 'approved' : 'pending', deletedAt ?? null],
  );
  return idOf(rows);
};

type NewEvent = {
  ownerId: number;
  startsAt: string;
  endsAt?: string;
  title?: string;
  timeZone?: string;
  cancelledAt?: string;
  isLive?: boolean;
};

const HOUR_MS = 3_600_000;

export const insertEvent = async (
  pool: pg.Pool,
  { ownerId, startsAt, endsAt, title = 'Jazz in the courtyard', timeZone, cancelledAt, isLive }: NewEvent,
): Promise<number> => {
  const id = await insertListing(pool, { kind: 'events', ownerId, title, ...(isLive === undefined ? {} : { isLive }) });
  const end = endsAt ?? new Date(new Date(startsAt).getTime() + 2 * HOUR_MS).toISOString();
  await pool.query(
    `UPDATE events SET starts_at = $2, ends_at = $3, time_zone = $4, cancelled_at = $5, address = 'Strada Lungă 7'
     WHERE id = $1`,
    [id, startsAt, end, timeZone ?? 'Europe/Bucharest', cancelledAt ?? null],
  );
  return id;
};

/** Long before everything that these tests are about. */
const LONG_AGO = '2026-01-01T00:00:00Z';

export const favorite = async (
  pool: pg.Pool,
  {
    userIds,
    listingId,
    kind = 'events',
    at = LONG_AGO,
  }: { userIds: number[]; listingId: number; kind?: ListingKind; at?: string },
): Promise<void> => {
  await pool.query(
    `INSERT INTO favorites (kind, listing_id, user_id, created_at) SELECT $1, $2, unnest($3::int[]), $4`,
    [kind, listingId, userIds, at],
  );
};

type NewBooking = {
  clientId: number | null;
  listingId: number;
  kind?: ListingKind;
  type?: 'stay' | 'participation' | 'block';
  status?: string;
  startsAt: string;
  endsAt: string;
  at?: string;
  seats?: number;
};

export const book = async (
  pool: pg.Pool,
  {
    clientId,
    listingId,
    kind = 'events',
    type = 'participation',
    status = 'confirmed',
    startsAt,
    endsAt,
    at = LONG_AGO,
    seats = 1,
  }: NewBooking,
): Promise<number> => {
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO bookings (kind, listing_id, type, status, client_id, starts_at, ends_at, time_zone, created_at, seats)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'Europe/Bucharest', $8, $9) RETURNING id`,
    [kind, listingId, type, status, clientId, startsAt, endsAt, at, seats],
  );
  return idOf(rows);
};

/** What is in the outbox of that type, its payloads as its schema takes them. */
export const mailsOf = async <Type extends NotificationType>(
  pool: pg.Pool,
  type: Type,
): Promise<NotificationPayload<Type>[]> => {
  const { rows } = await pool.query<{ payload: unknown }>(
    'SELECT payload FROM notification_outbox WHERE type = $1 ORDER BY payload::text',
    [type],
  );
  return rows.map((row) => {
    const parsed = parsePayload(type, row.payload);
    if (!parsed.success) throw new Error(parsed.problem);
    return parsed.payload;
  });
};

/** Everything in the outbox, by type; each payload is checked. */
export const outboxTypes = async (pool: pg.Pool): Promise<Record<string, number>> => {
  const { rows } = await pool.query<{ type: string; payload: unknown }>(
    'SELECT type, payload FROM notification_outbox',
  );
  const counts: Record<string, number> = {};
  for (const { type, payload } of rows) {
    if (!isNotificationType(type)) throw new Error(`no notification is called ${type}`);
    notificationSchemas[type].parse(payload);
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
};
