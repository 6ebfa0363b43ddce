import { isNotificationType, type NotificationType, notificationTypes } from '@convene/common';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { writeNotification } from '@convene/outbox';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emailRegistry } from '../src/emails/registry';
import type { RunningWorker } from '../src/startWorker';
import { insertUser, startTestWorker, untilClosed } from './support';

const types = Object.keys(notificationTypes).filter(isNotificationType);

let context: TestContext;
let pool: pg.Pool;
let worker: RunningWorker | undefined;

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl });
});

afterAll(async () => {
  await worker?.stop();
  await pool?.end();
  await context?.dispose();
});

/** Every sample is for the accounts 1 and 2; staff has a third. */
const insertReaders = async (): Promise<void> => {
  for (const [id, locale] of [
    [1, 'en'],
    [2, 'ro'],
  ] as const) {
    const inserted = await insertUser(pool, { email: `reader${id}@example.com`, displayName: 'Ana', locale });
    await pool.query('UPDATE users SET id = $2 WHERE id = $1', [inserted, id]);
  }
  await insertUser(pool, { email: 'staff@example.com', roles: ['moderator'] });
};

const announce = <Type extends NotificationType>(type: Type): Promise<string> =>
  writeNotification(pool, { type, payload: emailRegistry[type].sample });

test('a notification of every type becomes a mail to whom it is for', async () => {
  await insertReaders();
  worker = await startTestWorker(context);
  const ids = new Map<string, string>();
  for (const type of types) ids.set(await announce(type), type);
  const statuses = new Map<string, string>();
  for (const [id, type] of ids) statuses.set(type, (await untilClosed(pool, id, 60_000)).status);
  for (const type of types) expect(`${type}: ${statuses.get(type)}`).toBe(`${type}: sent`);

  const mails = context.mailbox.mails().map(({ to, subject, replyTo, tags }) => ({
    to: to[0],
    subject,
    replyTo,
    type: ids.get(tags.find(({ name }) => name === 'outbox_id')?.value ?? ''),
  }));
  const receiversOf = (type: string) =>
    mails
      .filter((mail) => mail.type === type)
      .map(({ to }) => to)
      .sort();
  expect(receiversOf('user.email.changed')).toEqual(['ana@example.com', 'popescu@example.com']);
  expect(receiversOf('account.deleted')).toEqual(['ana@example.com']);
  expect(receiversOf('listing.claim.invitation')).toEqual(['quartet@example.com']);
  expect(receiversOf('event.reminder.24h')).toEqual(['reader1@example.com', 'reader2@example.com']);
  expect(receiversOf('admin.digest.daily')).toEqual(['staff@example.com']);
  expect(receiversOf('message.new')).toEqual(['reader1@example.com']);
  expect(mails.find(({ type }) => type === 'admin.contact')?.replyTo).toEqual(['elena@example.com']);
  expect(mails.filter(({ replyTo }) => replyTo.length > 0)).toHaveLength(1);
  // Nothing that had to be carried along stays behind.
  const { rows } = await pool.query<{ payloads: string }>(
    "SELECT string_agg(payload::text, ' ') AS payloads FROM notification_outbox",
  );
  expect(rows[0]?.payloads).not.toMatch(/example\.com|sample-token/);
});
