import { queueNames } from '@convene/common';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { closeOutboxRow, suppressAddress, writeNotifications } from '@convene/outbox';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningWorker } from '../src/startWorker';
import { createLog, insertUsers, logRows, outboxRow, startTestWorker, until, untilClosed } from './support';

const listing = { kind: 'services', id: 3, title: 'Quartet', slug: 'quartet' } as const;

let context: TestContext;
let pool: pg.Pool;
let redis: Redis;
let queue: Queue;
const workers: RunningWorker[] = [];

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl });
  redis = new Redis(context.redisUrl, { maxRetriesPerRequest: null });
  queue = new Queue(queueNames.notifications, { connection: redis });
});

afterAll(async () => {
  await queue?.close();
  redis?.disconnect();
  await pool?.end();
  await context?.dispose();
});

beforeEach(async () => {
  await pool.query(
    `DELETE FROM notification_outbox; DELETE FROM notification_log; DELETE FROM notification_batches;
     DELETE FROM suppressions; DELETE FROM users; DELETE FROM leases`,
  );
  await redis.flushall();
  await context.mailbox.reset();
  context.mailbox.setRateLimit(null);
});

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

const start = async (options: Parameters<typeof startTestWorker>[1] = {}): Promise<RunningWorker> => {
  const worker = await startTestWorker(context, options);
  workers.push(worker);
  return worker;
};

/** Announces the same kind of thing to each of them, as one of many. */
const announce = (ownerIds: number[]): Promise<string[]> =>
  writeNotifications(
    pool,
    ownerIds.map((ownerId) => ({ type: 'listing.approved', payload: { ownerId, listing }, priority: 'bulk' })),
  );

const announceToMany = async (count: number, prefix = 'reader') => announce(await insertUsers(pool, { count, prefix }));

const untilAllClosed = (timeoutMs = 30_000) =>
  until(
    'all rows are closed',
    async () => (await pool.query('SELECT 1 FROM notification_outbox WHERE closed_at IS NULL')).rowCount === 0,
    timeoutMs,
  );

/** How many got one mail, how many more than one. */
const mailsByRecipient = () => {
  const counts = new Map<string, number>();
  for (const { to } of context.mailbox.mails()) counts.set(to[0] ?? '', (counts.get(to[0] ?? '') ?? 0) + 1);
  const numbers = [...counts.values()];
  return { once: numbers.filter((count) => count === 1).length, again: numbers.filter((count) => count > 1).length };
};

const countBy = async (table: string): Promise<Record<string, number>> => {
  const { rows } = await pool.query<{ status: string; count: number }>(
    `SELECT status, count(*)::int AS count FROM ${table} GROUP BY status`,
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
};

describe('many mails of one kind', () => {
  test('a thousand leave within a minute at two requests a second, each once and by a hundred a call', async () => {
    context.mailbox.setRateLimit(2);
    await announceToMany(1_000);
    const begun = Date.now();
    await start({ env: { APP_ENV: 'production', RESEND_REQUESTS_PER_SECOND: '2' } });
    await untilAllClosed(60_000);
    expect(Date.now() - begun).toBeLessThan(60_000);
    expect(mailsByRecipient()).toEqual({ once: 1_000, again: 0 });
    // Ten, were the machine never too busy to fill a batch or to keep to its slot.
    expect(context.mailbox.sendRequests()).toBeLessThanOrEqual(15);
    expect(await countBy('notification_outbox')).toEqual({ sent: 1_000 });
    expect(await countBy('notification_log')).toEqual({ sent: 1_000 });
    const jobs = await queue.getJobCounts();
    expect(Object.values(jobs).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(10);
  }, 90_000);

  test('the log has for each of them the id of its own mail, and the mail the tags of its row', async () => {
    const ids = await announceToMany(3);
    await start();
    await untilAllClosed();
    for (const [index, id] of ids.entries()) {
      const [mail] = context.mailbox.mails({ to: `reader${index}@example.com` });
      expect(await logRows(pool, id)).toMatchObject([
        { recipient: `reader${index}@example.com`, status: 'sent', message_id: mail?.id },
      ]);
      expect(mail?.tags).toContainEqual({ name: 'outbox_id', value: id });
    }
    const { rows } = await pool.query<{ id: string }>('SELECT id FROM notification_batches');
    expect(context.mailbox.mails().map(({ idempotencyKey }) => idempotencyKey)).toEqual(Array(3).fill(rows[0]?.id));
  });

  test('several workers share them out', async () => {
    await announceToMany(350);
    await Promise.all([start(), start({ env: { APP_ENV: 'production' } })]);
    await untilAllClosed();
    expect(mailsByRecipient()).toEqual({ once: 350, again: 0 });
  });

  test('a row for many people goes by one call, whatever its urgency', async () => {
    const staff = await insertUsers(pool, { count: 6, prefix: 'staff' });
    for (const id of staff) {
      await pool.query(`INSERT INTO users_roles ("order", parent_id, value) VALUES (1, $1, 'moderator')`, [id]);
    }
    const payload = { userId: 1, displayName: 'Ana', roles: ['client' as const] };
    const [id = ''] = await writeNotifications(pool, [{ type: 'admin.user.new', payload }]);
    await start();
    expect(await untilClosed(pool, id)).toMatchObject({ status: 'sent', error: null });
    expect(context.mailbox.sendRequests()).toBe(1);
    expect(mailsByRecipient()).toEqual({ once: 6, again: 0 });
  });
});

describe('one of them that can not be sent', () => {
  test('an invalid address fails by itself alone', async () => {
    const ids = await announceToMany(100);
    context.mailbox.fail({ kind: 'invalid-address', to: 'reader7@example.com' });
    await start();
    await untilAllClosed();
    expect(await countBy('notification_outbox')).toEqual({ sent: 99, dead: 1 });
    expect(context.mailbox.sendRequests()).toBe(1);
    expect(mailsByRecipient()).toEqual({ once: 99, again: 0 });
    const bad = await outboxRow(pool, ids[7] ?? '');
    expect(bad).toMatchObject({ status: 'dead', error: expect.stringContaining('Invalid `to` field') });
    expect(await logRows(pool, ids[8] ?? '')).toMatchObject([
      { message_id: context.mailbox.mails({ to: 'reader8@example.com' })[0]?.id },
    ]);
  });

  test('a refusal of the whole call is narrowed down to the mail that is its reason', async () => {
    const ids = await announceToMany(40);
    context.mailbox.fail({ kind: 'status', status: 422, to: 'reader7@example.com', times: 100 });
    await start();
    await untilAllClosed();
    expect(await countBy('notification_outbox')).toEqual({ sent: 39, dead: 1 });
    expect(await outboxRow(pool, ids[7] ?? '')).toMatchObject({ status: 'dead' });
    expect(mailsByRecipient()).toEqual({ once: 39, again: 0 });
    expect(context.mailbox.sendRequests()).toBeLessThan(15);
  });

  test('a suppressed address gets none, the others theirs', async () => {
    const ids = await announceToMany(3);
    await suppressAddress(pool, { email: ' READER1@example.com', reason: 'bounce' });
    await start();
    await untilAllClosed();
    expect(await outboxRow(pool, ids[1] ?? '')).toMatchObject({
      status: 'suppressed',
      error: 'the address is suppressed',
    });
    expect(await logRows(pool, ids[1] ?? '')).toMatchObject([{ status: 'suppressed', message_id: null }]);
    expect(mailsByRecipient()).toEqual({ once: 2, again: 0 });
  });

  test('where all are suppressed or gone nothing is sent', async () => {
    const ids = await announceToMany(2);
    const [gone = ''] = await announce([999_999]);
    for (const index of [0, 1]) await suppressAddress(pool, { email: `reader${index}@example.com`, reason: 'manual' });
    await start();
    await untilAllClosed();
    for (const id of [...ids, gone]) expect(await outboxRow(pool, id)).toMatchObject({ status: 'suppressed' });
    expect(context.mailbox.sendRequests()).toBe(0);
  });

  test('a payload that its type does not allow keeps no other back', async () => {
    const ids = await announceToMany(2);
    await pool.query(`UPDATE notification_outbox SET payload = '{}' WHERE id = $1`, [ids[0]]);
    await start();
    await untilAllClosed();
    expect(await outboxRow(pool, ids[0] ?? '')).toMatchObject({ status: 'dead' });
    expect(await outboxRow(pool, ids[1] ?? '')).toMatchObject({ status: 'sent' });
  });
});

describe('when a call fails', () => {
  test.each([
    ['a 429 that says when', { kind: 'status', status: 429, retryAfterSeconds: 1 }],
    ['a 429 that does not', { kind: 'status', status: 429 }],
    ['a 500', { kind: 'status', status: 500 }],
    ['a 503', { kind: 'status', status: 503 }],
    ['a connection that is cut', { kind: 'cut' }],
    ['a connection that is cut after the mails were taken', { kind: 'cut', when: 'after' }],
    ['no answer', { kind: 'timeout' }],
    ['no answer after the mails were taken', { kind: 'timeout', when: 'after' }],
  ] as const)('%s: all are sent, each once', async (_what, fault) => {
    await announceToMany(20);
    context.mailbox.fail(fault);
    await start({ settings: { resendTimeoutMs: 500 } });
    await untilAllClosed();
    expect(await countBy('notification_outbox')).toEqual({ sent: 20 });
    expect(await countBy('notification_log')).toEqual({ sent: 20 });
    expect(mailsByRecipient()).toEqual({ once: 20, again: 0 });
    expect(context.mailbox.sendRequests()).toBe(2);
  });

  test.each([
    ['a bad key', { kind: 'status', status: 401 }, true],
    ['a daily quota', { kind: 'status', status: 429, name: 'daily_quota_exceeded', retryAfterSeconds: 3_600 }, false],
  ] as const)(
    '%s: nothing was sent, all of them wait, and their time begins anew',
    async (_what, fault, needsSomebody) => {
      await announceToMany(20);
      context.mailbox.fail(fault);
      const worker = await start();
      await until('sending is paused', () => worker.state().sending.closed);
      await until('all of them wait', async () => (await countBy('notification_outbox')).pending === 20);
      expect(worker.state().sending).toMatchObject({ closed: true, needsSomebody });
      const { rows } = await pool.query(
        'SELECT count(*)::int AS count FROM notification_outbox WHERE first_attempt_at IS NULL AND not_before IS NOT NULL',
      );
      expect(rows).toEqual([{ count: 20 }]);
      expect(await countBy('notification_log')).toEqual({});
      expect(await countBy('notification_batches')).toEqual({});
      await worker.stop();
      await pool.query('UPDATE notification_outbox SET not_before = NULL');
      await start();
      await untilAllClosed();
      expect(mailsByRecipient()).toEqual({ once: 20, again: 0 });
    },
  );

  test('the same key with another content is uncertain, and never sent again by itself', async () => {
    const ids = await announceToMany(5);
    context.mailbox.fail({ kind: 'status', status: 409 });
    await start();
    await untilAllClosed();
    expect(await countBy('notification_outbox')).toEqual({ uncertain: 5 });
    expect(await logRows(pool, ids[0] ?? '')).toMatchObject([
      { status: 'uncertain', error: expect.stringContaining('invalid_idempotent_request') },
    ]);
    expect(context.mailbox.sendRequests()).toBe(1);
  });

  test('neither an address nor a name gets into the log', async () => {
    const { lines, logger } = createLog();
    await announceToMany(3);
    context.mailbox.fail(
      { kind: 'status', status: 500, message: 'reader0@example.com' },
      { kind: 'invalid-address', to: 'reader1@example.com' },
    );
    await start({ logger });
    await untilAllClosed();
    expect(lines.join('')).toContain('mails sent');
    expect(lines.join('')).toContain('mails not sent');
    for (const line of lines) expect(line).not.toMatch(/@example\.com/);
  });
});

/** A batch as a process leaves it that died: in hand, tried `hoursAgo`, nothing known of its end. */
const leaveBatch = async (ids: string[], { hoursAgo }: { hoursAgo: number }): Promise<void> => {
  const { rows: users } = await pool.query<{ id: number; email: string }>('SELECT id, email FROM users ORDER BY id');
  for (const [index, id] of ids.entries()) {
    const user = users[index];
    const recipient = { no: 0, userId: user?.id, email: user?.email, displayName: 'Ana', locale: 'en' };
    await pool.query(
      `UPDATE notification_outbox SET recipients = $2, status = 'relayed', relayed_at = now(),
         first_attempt_at = now() - make_interval(hours => $3) WHERE id = $1`,
      [id, JSON.stringify([recipient]), hoursAgo],
    );
  }
  await pool.query(
    `WITH begun AS (
       INSERT INTO notification_log (outbox_id, recipient_no, type, recipient, user_id, status, batch_id, attempted_at)
       SELECT id, 0, type, recipients -> 0 ->> 'email', (recipients -> 0 ->> 'userId')::int, 'attempting', 'left', now()
       FROM notification_outbox RETURNING id, outbox_id
     )
     INSERT INTO notification_batches (id, type, status, leader, entries, tries, first_tried_at)
     SELECT 'left', 'listing.approved', 'sending', $1,
            jsonb_agg(jsonb_build_object('outboxId', outbox_id, 'recipientNo', 0, 'logId', id)
                      ORDER BY array_position($2, outbox_id)),
            1, now() - make_interval(hours => $3)
     FROM begun`,
    [ids[0], ids, hoursAgo],
  );
};

describe('what another process left in the middle', () => {
  test('is sent as the same list under the same key', async () => {
    const ids = await announceToMany(4);
    await leaveBatch(ids, { hoursAgo: 1 });
    await queue.add('send', { outboxId: ids[0] }, { jobId: `n-${ids[0]}` });
    await start();
    await untilAllClosed();
    expect(context.mailbox.mails().map(({ idempotencyKey }) => idempotencyKey)).toEqual(Array(4).fill('left'));
    expect(context.mailbox.sendRequests()).toBe(1);
    await until('the batch is settled', async () => (await countBy('notification_batches')).settled === 1);
  });

  test('settles with the others a row that was given up meanwhile', async () => {
    const ids = await announceToMany(4);
    await leaveBatch(ids, { hoursAgo: 1 });
    await pool.query(`UPDATE notification_log SET status = 'uncertain' WHERE outbox_id = $1`, [ids[2]]);
    await closeOutboxRow(pool, { id: ids[2] ?? '', status: 'uncertain', error: 'given up' });
    await queue.add('send', { outboxId: ids[0] }, { jobId: `n-${ids[0]}` });
    await start();
    await until('all are sent', async () => (await countBy('notification_outbox')).sent === 4);
    expect(await countBy('notification_log')).toEqual({ sent: 4 });
    expect(context.mailbox.sendRequests()).toBe(1);
  });

  test('after 23 hours is uncertain, and not sent', async () => {
    const ids = await announceToMany(4);
    await leaveBatch(ids, { hoursAgo: 24 });
    await queue.add('send', { outboxId: ids[0] }, { jobId: `n-${ids[0]}` });
    await start();
    await untilAllClosed();
    expect(await countBy('notification_outbox')).toEqual({ uncertain: 4 });
    expect(context.mailbox.sendRequests()).toBe(0);
  });

  test('is left to the job that has it in hand, until that is silent for too long', async () => {
    const ids = await announceToMany(4);
    await leaveBatch(ids, { hoursAgo: 1 });
    await queue.add('send', { outboxId: ids[1] }, { jobId: `n-${ids[1]}` });
    await start();
    await until('the job is forgotten', async () => (await queue.getJob(`n-${ids[1]}`)) === undefined);
    expect(context.mailbox.sendRequests()).toBe(0);
    await pool.query(`UPDATE notification_batches SET updated_at = now() - interval '3 minutes'`);
    await queue.add('send', { outboxId: ids[1] }, { jobId: `n-${ids[1]}` });
    await untilAllClosed();
    expect(mailsByRecipient()).toEqual({ once: 4, again: 0 });
    expect(context.mailbox.sendRequests()).toBe(1);
  });

  test('is only closed where its mails are known to be sent', async () => {
    const ids = await announceToMany(4);
    await leaveBatch(ids, { hoursAgo: 1 });
    await pool.query(`UPDATE notification_log SET status = 'delivered'`);
    // The process died between the rows.
    await closeOutboxRow(pool, { id: ids[0] ?? '', status: 'sent' });
    await queue.add('send', { outboxId: ids[0] }, { jobId: `n-${ids[0]}` });
    await start();
    await untilAllClosed();
    expect(await countBy('notification_outbox')).toEqual({ sent: 4 });
    expect(context.mailbox.sendRequests()).toBe(0);
    await until('the batch is settled', async () => (await countBy('notification_batches')).settled === 1);
  });
});
