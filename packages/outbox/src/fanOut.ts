import { type NotificationType, sendPriorities } from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';
import { stableIdSql } from './stableId';
import { priorityOf } from './write';

/** Many notifications of one type, which Postgres makes of what it has. */
export type FanOut = {
  type: NotificationType;
  /**
   * A SELECT of `key text` and `payload jsonb`, one row for each notification. The key names what it tells of (a
   * period, a listing, an owner): a notification is written once for each, however often and by whomever it is tried.
   * The payload must be what the type's schema demands: it is not looked at before the mail is sent.
   */
  rows: string;
  params: unknown[];
};

export type FanOutResult = {
  /** Rows of the outbox that were written. */
  rows: number;
  /** Whom they go to, before those who want no such mails are left out. */
  recipients: number;
};

const isUnwritten = 'NOT EXISTS (SELECT FROM notification_outbox AS written WHERE written.id = planned.id)';

const plannedOf = ({ type, rows }: FanOut): string =>
  `SELECT ${stableIdSql(`'${type}:' || fan_out.key`)} AS id, fan_out.payload FROM (${rows}) AS fan_out`;

/** Is there one that was not written yet? */
export const isFanOutDue = async (sql: SqlExecutor, fanOut: FanOut): Promise<boolean> => {
  const { rows } = await sql.query<{ due: boolean }>(
    `SELECT EXISTS (SELECT FROM (${plannedOf(fanOut)}) AS planned WHERE ${isUnwritten}) AS due`,
    fanOut.params,
  );
  return rows[0]?.due ?? false;
};

/** Writes those that were not written yet, all of them by one statement. */
export const fanOutNotifications = async (sql: SqlExecutor, fanOut: FanOut): Promise<FanOutResult> => {
  const { type, params } = fanOut;
  const { rows } = await sql.query<FanOutResult>(
    `WITH planned AS (${plannedOf(fanOut)}), inserted AS (
       INSERT INTO notification_outbox (id, type, payload, status, priority, relay_count)
       SELECT id, '${type}', payload, 'pending', ${sendPriorities[priorityOf(type)]}, 0 FROM planned
       WHERE ${isUnwritten}
       -- In one order, so that two processes never wait for each other's rows.
       ORDER BY id
       ON CONFLICT (id) DO NOTHING
       RETURNING payload
     )
     SELECT count(*)::int AS rows,
            coalesce(sum(CASE WHEN payload ? 'userIds' THEN jsonb_array_length(payload -> 'userIds') ELSE 1 END), 0)::int
              AS recipients
     FROM inserted`,
    params,
  );
  return rows[0] ?? { rows: 0, recipients: 0 };
};
