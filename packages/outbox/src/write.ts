import { randomUUID } from 'node:crypto';
import {
  ConveneError,
  issuesOf,
  type NotificationCategory,
  type NotificationPayload,
  type NotificationType,
  notificationSchemas,
  notificationTypes,
  type SendPriority,
  sendPriorities,
} from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';
import { currentTraceParent, inSpan, SpanKind } from '@convene/tracing';
import { z } from 'zod';

export type Entry<Type extends NotificationType> = {
  type: Type;
  payload: NotificationPayload<Type>;
  /** Not to be sent before this moment: collected and later mails wait here, never as a delayed job. */
  notBefore?: Date;
  /** Follows from the type where it is not given. */
  priority?: SendPriority;
  /** A UUID of the caller's own makes writing it twice harmless. */
  id?: string;
};

/** One notification to be written, its payload that of its type. */
export type OutboxEntry = { [Type in NotificationType]: Entry<Type> }[NotificationType];

/** Somebody waits before their screen for these, or must act at once if it was not them. */
const securityTypes: ReadonlySet<NotificationType> = new Set<NotificationType>([
  'user.welcome',
  'user.signup.existing',
  'user.reset.start',
  'user.reset.confirmed',
  'user.email.confirm',
  'user.email.changed',
  'user.two-factor.on',
  'user.two-factor.off',
  'account.deleted',
  'admin.password.changed',
]);

const bulkCategories: ReadonlySet<NotificationCategory> = new Set<NotificationCategory>(['statistics', 'reminders']);

/** How urgent a type is by itself: security goes before the rest; digests, statistics and reminders after it. */
export const priorityOf = (type: NotificationType): SendPriority => {
  if (securityTypes.has(type)) return 'security';
  return type === 'admin.digest.daily' || bulkCategories.has(notificationTypes[type]) ? 'bulk' : 'ordinary';
};

const idSchema = z.uuid();

const toRow = ({ type, payload, notBefore, priority, id }: Entry<NotificationType>) => {
  const schema: z.ZodType = notificationSchemas[type];
  const parsed = schema.safeParse(payload);
  if (!parsed.success) {
    // Not the fault of whoever made the request: the code that announces the event has a mistake.
    throw new ConveneError('internal', `The payload of a ${type} notification is not valid.`, {
      issues: issuesOf(parsed.error),
    });
  }
  return {
    id: id === undefined ? randomUUID() : idSchema.parse(id),
    type,
    payload: parsed.data,
    priority: sendPriorities[priority ?? priorityOf(type)],
    not_before: notBefore?.toISOString() ?? null,
  };
};

/**
 * Writes notifications into the outbox by one statement, in the transaction that `sql` runs in: a change that is
 * rolled back leaves none, a committed one can't lose them. The queue is not touched; the relay is woken by the
 * table's trigger when the transaction commits.
 *
 * @returns the rows' ids, in the order of the entries
 * @throws ConveneError `internal` when a payload is not what its type demands; nothing is written then
 */
export const writeNotifications = (sql: SqlExecutor, entries: OutboxEntry[]): Promise<string[]> =>
  insertEntries(sql, entries);

const insertEntries = async (sql: SqlExecutor, entries: Entry<NotificationType>[]): Promise<string[]> => {
  if (entries.length === 0) return [];
  const rows = entries.map(toRow);
  const attributes = { 'convene.notification.type': [...new Set(rows.map(({ type }) => type))] };
  await inSpan('write notifications', { kind: SpanKind.PRODUCER, attributes }, () =>
    sql.query(
      `INSERT INTO notification_outbox (id, type, payload, status, priority, not_before, relay_count, trace_parent)
       SELECT id, type, payload, 'pending', priority, not_before, 0, $2
       FROM jsonb_to_recordset($1::jsonb)
         AS entry (id varchar, type varchar, payload jsonb, priority numeric, not_before timestamptz)
       ON CONFLICT (id) DO NOTHING`,
      [JSON.stringify(rows), currentTraceParent()],
    ),
  );
  return rows.map((row) => row.id);
};

/** Writes one notification; see {@link writeNotifications}. */
export const writeNotification = async <Type extends NotificationType>(
  sql: SqlExecutor,
  entry: Entry<Type>,
): Promise<string> => {
  const [id] = await insertEntries(sql, [entry]);
  if (id === undefined) throw new Error('writing one notification gave no id');
  return id;
};
