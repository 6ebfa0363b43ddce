import {
  addUtcDays,
  MAX_PENDING_IN_DIGEST,
  type NotificationPayload,
  startOfUtcDay,
  type UtcDay,
} from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';
import { stableId, writeNotification } from '@convene/outbox';
import { findStaff } from '../recipients';
import { lastWholeDay } from './periods';
import { isoSql } from './sqlFragments';
import type { Due, QueuedSchedule } from './types';

type Digest = NotificationPayload<'admin.digest.daily'>;

const idOf = (day: UtcDay): string => stableId('admin.digest.daily', day);

/** The day's first moment and that of the next. */
const spanOf = (day: UtcDay): [Date, Date] => [startOfUtcDay(day), startOfUtcDay(addUtcDays(day, 1))];

const one = async <Row extends Record<string, unknown>>(
  sql: SqlExecutor,
  text: string,
  params: unknown[] = [],
): Promise<Row> => {
  const { rows } = await sql.query<Row>(text, params);
  if (!rows[0]) throw new Error('a statement that counts gave no row');
  return rows[0];
};

const findPending = (sql: SqlExecutor): Promise<Digest['pending']> =>
  one(
    sql,
    `SELECT count(*) FILTER (WHERE subject = 'listing')::int AS listings,
            count(*) FILTER (WHERE subject = 'review')::int AS reviews,
            count(*) FILTER (WHERE subject = 'claim')::int AS claims,
            count(*) FILTER (WHERE subject = 'report')::int AS reports,
            count(*) FILTER (WHERE subject = 'verification')::int AS verifications
     FROM worker_pending_moderation`,
  );

const findOldestPending = async (sql: SqlExecutor): Promise<Digest['oldestPending']> => {
  const { rows } = await sql.query<Digest['oldestPending'][number]>(
    `SELECT pending.subject, nullif(coalesce(pending.title, listing.title), '') AS title,
            ${isoSql('pending.waiting_since')} AS "waitingSince"
     FROM worker_pending_moderation AS pending
     LEFT JOIN worker_listings AS listing ON listing.kind = pending.kind AND listing.id = pending.listing_id
     ORDER BY pending.waiting_since, pending.subject, pending.id
     LIMIT ${MAX_PENDING_IN_DIGEST}`,
  );
  return rows;
};

const findHappened = (sql: SqlExecutor, day: UtcDay): Promise<Digest['happened']> =>
  one(sql, 'SELECT accounts, listings, bookings, reviews, messages FROM worker_happened_on($1::text::date)', [day]);

const findQueueHealth = (sql: SqlExecutor, { day, now }: { day: UtcDay; now: Date }): Promise<Digest['queue']> =>
  one(
    sql,
    `SELECT (SELECT count(*)::int FROM notification_log
             WHERE settled_at >= $1 AND settled_at < $2
               AND status IN ('sent', 'delivered', 'bounced', 'complained')) AS sent,
            (SELECT count(*)::int FROM notification_log
             WHERE settled_at >= $1 AND settled_at < $2 AND status = 'suppressed') AS suppressed,
            (SELECT count(*)::int FROM notification_outbox
             WHERE closed_at >= $1 AND closed_at < $2 AND status = 'dead') AS dead,
            (SELECT count(*)::int FROM notification_outbox
             WHERE closed_at >= $1 AND closed_at < $2 AND status = 'uncertain') AS uncertain,
            (SELECT count(*)::int FROM job_runs
             WHERE finished_at >= $1 AND finished_at < $2 AND status = 'failed') AS "failedJobs",
            count(*)::int AS waiting,
            greatest(coalesce(extract(epoch FROM $3::timestamptz - min(greatest(created_at, not_before))), 0), 0)::float8
              AS "oldestWaitingSeconds"
     FROM notification_outbox
     WHERE status IN ('pending', 'relayed') AND (not_before IS NULL OR not_before <= $3)`,
    [...spanOf(day), now],
  );

const findCommands = async (sql: SqlExecutor, day: UtcDay): Promise<number> => {
  const { commands } = await one<{ commands: number }>(
    sql,
    'SELECT coalesce(sum(count), 0)::int AS commands FROM redis_usage WHERE day = $1',
    [day],
  );
  return commands;
};

/** Tells staff of the last day, and of what waits for them. */
export const adminDigestSchedule: QueuedSchedule = {
  does: 'tells staff what waits, what happened the day before, how the mails fare and what Redis costs',
  cron: '0 7 * * *',
  cronBy: ({ ADMIN_DIGEST_TIME }) => {
    const [hour, minute] = ADMIN_DIGEST_TIME.split(':');
    return `${Number(minute)} ${Number(hour)} * * *`;
  },
  catchUpHours: 12,
  hasWork: async ({ sql }, { dueAt }) => {
    const { rowCount } = await sql.query('SELECT FROM notification_outbox WHERE id = $1', [idOf(lastWholeDay(dueAt))]);
    return rowCount === 0 && (await findStaff(sql)).length > 0;
  },
  run: ({ inTransaction, settings, now }, { dueAt }: Due) =>
    inTransaction('admin-digest', async (sql) => {
      const day = lastWholeDay(dueAt);
      const payload: Digest = {
        day,
        pending: await findPending(sql),
        oldestPending: await findOldestPending(sql),
        happened: await findHappened(sql, day),
        queue: await findQueueHealth(sql, { day, now: now() }),
        redis: { commands: await findCommands(sql, day), limit: settings.REDIS_DAILY_COMMAND_LIMIT },
      };
      await writeNotification(sql, { type: 'admin.digest.daily', payload, id: idOf(day) });
      return payload;
    }),
};
