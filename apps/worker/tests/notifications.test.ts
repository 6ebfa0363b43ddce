import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningWorker } from '../src/startWorker';
import {
  createLog,
  insertUser,
  logRows,
  notify,
  openTestQueues,
  outboxRow,
  queueBackendOfTests,
  startTestWorker,
  type TestQueues,
  until,
  untilClosed,
} from './support';

const token = 'secret-token-of-the-mail';
const listing = { kind: 'services', id: 3, title: 'Quartet', slug: 'quartet' } as const;

let context: TestContext;
let pool: pg.Pool;
let queues: TestQueues;
let worker: RunningWorker | undefined;

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl });
  queues = openTestQueues(context);
});

afterAll(async () => {
  await queues?.close();
  await pool?.end();
  await context?.dispose();
});

beforeEach(async () => {
  await pool.query('DELETE FROM notification_outbox; DELETE FROM notification_log; DELETE FROM users');
  await queues.forget();
  await context.mailbox.reset();
});

afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

const jobOf = (outboxId: string) => queues.notifications.getJob(`n-${outboxId}`);

describe('a row becomes a mail', () => {
  test('in the language of its reader, closed and logged', async () => {
    worker = await startTestWorker(context);
    const userId = await insertUser(pool, { email: 'ana@example.com', displayName: 'Ana Pop', locale: 'ro' });
    const id = await notify(pool, { type: 'user.welcome', payload: { userId, token } });
    const [mail] = await context.mailbox.waitForMails({ to: 'ana@example.com' });
    expect(mail).toMatchObject({
      from: 'Convene <hello@convene.example>',
      to: ['ana@example.com'],
      subject: 'Confirmă-ți adresa',
      idempotencyKey: `${id}/0`,
    });
    expect(mail?.html).toContain(`${context.env.worker.FRONTEND_URL}/verify?token=${token}`);
    expect(mail?.text).toContain('Bună, Ana Pop,');
    expect(await untilClosed(pool, id)).toMatchObject({ status: 'sent', error: null });
    expect(await logRows(pool, id)).toEqual([
      { recipient_no: 0, recipient: 'ana@example.com', status: 'sent', message_id: mail?.id, error: null },
    ]);
    const tags = Object.fromEntries(mail?.tags.map(({ name, value }) => [name, value]) ?? []);
    expect(tags).toMatchObject({ type: 'user-welcome', outbox_id: id, category: 'account' });
    expect(Number(tags.log_id)).toBeGreaterThan(0);
  });

  test('one for each of the staff, and for nobody else', async () => {
    worker = await startTestWorker(context);
    await insertUser(pool, { email: 'moderator@example.com', roles: ['client', 'moderator'] });
    await insertUser(pool, { email: 'admin@example.com', roles: ['admin'] });
    await insertUser(pool, { email: 'unconfirmed@example.com', roles: ['admin'], verified: false });
    await insertUser(pool, { email: 'gone@example.com', roles: ['moderator'], deleted: true });
    const ownerId = await insertUser(pool, { email: 'owner@example.com', roles: ['client', 'provider'] });
    const payload = { ownerId, ownerName: 'Ana', listing };
    const id = await notify(pool, { type: 'admin.listing.pending', payload });
    expect(await untilClosed(pool, id)).toMatchObject({ status: 'sent' });
    expect(context.mailbox.mails().map(({ to }) => to[0])).toEqual(
      expect.arrayContaining(['moderator@example.com', 'admin@example.com']),
    );
    expect(context.mailbox.mails()).toHaveLength(2);
    expect((await logRows(pool, id)).map(({ status }) => status)).toEqual(['sent', 'sent']);
  });

  test('rows that were written while no worker ran are sent when one starts', async () => {
    const userId = await insertUser(pool, { email: 'ana@example.com' });
    const id = await notify(pool, { type: 'user.reset.confirmed', payload: { userId } });
    worker = await startTestWorker(context);
    expect(await untilClosed(pool, id)).toMatchObject({ status: 'sent' });
  });

  test('neither an address nor a token gets into the log or into the queue', async () => {
    const { lines, logger } = createLog();
    const values: string[] = [];
    const redis = new Redis(context.redisUrl);
    const monitor = await redis.monitor();
    monitor.on('monitor', (_time: string, args: string[]) => values.push(args.join(' ')));
    worker = await startTestWorker(context, { logger });
    const userId = await insertUser(pool, { email: 'ana@example.com' });
    context.mailbox.fail({ kind: 'status', status: 422, message: 'Invalid `to` field: ana@example.com' });
    await untilClosed(pool, await notify(pool, { type: 'user.reset.start', payload: { userId, token } }));
    await untilClosed(pool, await notify(pool, { type: 'user.reset.start', payload: { userId, token } }));
    await worker.stop();
    monitor.disconnect();
    redis.disconnect();
    if (queueBackendOfTests() === 'postgres') {
      expect(values).toEqual([]);
      const { rows } = await pool.query<{ text: string }>(
        'SELECT to_jsonb(job)::text AS text FROM bullmq.job UNION ALL SELECT to_jsonb(event)::text FROM bullmq.event',
      );
      values.push(...rows.map(({ text }) => text));
    }
    expect(lines.join('')).toContain('mail sent');
    expect(lines.join('')).toContain('mail not sent');
    expect(values.length).toBeGreaterThan(5);
    for (const text of [...lines, ...values]) {
      expect(text).not.toContain('ana@example.com');
      expect(text).not.toContain(token);
    }
  });
});

describe('nobody to send it to', () => {
  test.each([
    ['there is no such account', null],
    ['the account is deleted', { email: 'gone@example.com', deleted: true }],
    ['its owner wants no such mails', { email: 'quiet@example.com', wantsListings: false }],
  ])('%s', async (_why, user) => {
    worker = await startTestWorker(context);
    const ownerId = user ? await insertUser(pool, user) : 999_999;
    const id = await notify(pool, { type: 'listing.approved', payload: { ownerId, listing } });
    expect(await untilClosed(pool, id)).toMatchObject({ status: 'suppressed' });
    expect(context.mailbox.sendRequests()).toBe(0);
    expect(await logRows(pool, id)).toEqual([]);
  });

  test('a mail about the account itself can not be switched off', async () => {
    worker = await startTestWorker(context);
    const userId = await insertUser(pool, { email: 'quiet@example.com', wantsListings: false });
    const id = await notify(pool, { type: 'user.reset.confirmed', payload: { userId } });
    expect(await untilClosed(pool, id)).toMatchObject({ status: 'sent' });
  });
});

describe('once, whatever happens', () => {
  test('a job that comes again sends nothing', async () => {
    worker = await startTestWorker(context);
    const userId = await insertUser(pool, { email: 'ana@example.com' });
    const id = await notify(pool, { type: 'user.welcome.client', payload: { userId } });
    await untilClosed(pool, id);
    await until('the job is done', async () => (await jobOf(id))?.isCompleted() ?? false);
    await (await jobOf(id))?.remove();
    await queues.notifications.add('send', { outboxId: id }, { jobId: `n-${id}` });
    await until('the job is done again', async () => (await jobOf(id))?.isCompleted() ?? false);
    expect(context.mailbox.sendRequests()).toBe(1);
  });

  test('a row that is opened again after it was sent sends nothing', async () => {
    worker = await startTestWorker(context);
    const userId = await insertUser(pool, { email: 'ana@example.com' });
    const id = await notify(pool, { type: 'user.welcome.client', payload: { userId } });
    await untilClosed(pool, id);
    await until('the job is done', async () => (await jobOf(id))?.isCompleted() ?? false);
    await (await jobOf(id))?.remove();
    // As if the process had died between the log and the row.
    await pool.query(`UPDATE notification_outbox SET status = 'relayed', closed_at = NULL WHERE id = $1`, [id]);
    await queues.notifications.add('send', { outboxId: id }, { jobId: `n-${id}` });
    expect(await untilClosed(pool, id)).toMatchObject({ status: 'sent' });
    expect(context.mailbox.sendRequests()).toBe(1);
  });

  test('a mail that Resend took and did not confirm is not sent again', async () => {
    worker = await startTestWorker(context, { settings: { resendTimeoutMs: 400 } });
    const userId = await insertUser(pool, { email: 'ana@example.com' });
    context.mailbox.fail({ kind: 'timeout', when: 'after' });
    const id = await notify(pool, { type: 'user.welcome.client', payload: { userId } });
    expect(await untilClosed(pool, id, 25_000)).toMatchObject({ status: 'sent' });
    expect(context.mailbox.sendRequests()).toBeGreaterThan(1);
    expect(context.mailbox.mails()).toHaveLength(1);
    expect(await logRows(pool, id)).toMatchObject([{ status: 'sent', message_id: context.mailbox.mails()[0]?.id }]);
  });

  test('what was changed in the account meanwhile does not change the mail', async () => {
    worker = await startTestWorker(context);
    const userId = await insertUser(pool, { email: 'ana@example.com', displayName: 'Ana' });
    context.mailbox.fail({ kind: 'status', status: 500 });
    const id = await notify(pool, { type: 'user.welcome.client', payload: { userId } });
    await until('the first try failed', () => context.mailbox.sendRequests() === 1);
    await pool.query(`UPDATE users SET email = 'new@example.com', display_name = 'Other' WHERE id = $1`, [userId]);
    await untilClosed(pool, id, 25_000);
    expect(context.mailbox.mails()).toMatchObject([{ to: ['ana@example.com'] }]);
    expect(context.mailbox.mails()[0]?.text).toContain('Hello Ana,');
  });

  test('a try of yesterday without an outcome is uncertain, and never repeated', async () => {
    const userId = await insertUser(pool, { email: 'ana@example.com' });
    const id = await notify(pool, { type: 'user.welcome.client', payload: { userId } });
    await pool.query(
      `INSERT INTO notification_log (outbox_id, recipient_no, type, recipient, status, attempted_at)
       VALUES ($1, 0, 'user.welcome.client', 'ana@example.com', 'attempting', now() - interval '23 hours 5 minutes')`,
      [id],
    );
    worker = await startTestWorker(context);
    expect(await untilClosed(pool, id)).toMatchObject({ status: 'uncertain' });
    expect(await logRows(pool, id)).toMatchObject([{ status: 'uncertain' }]);
    expect(context.mailbox.sendRequests()).toBe(0);
  });
});

describe.each(['production', 'development'])('when Resend fails, with the numbers of %s', (APP_ENV) => {
  test('a 500 is tried again, uses up no attempt, and the mail is sent once', async () => {
    worker = await startTestWorker(context, { env: { APP_ENV } });
    const userId = await insertUser(pool, { email: 'ana@example.com' });
    context.mailbox.fail({ kind: 'status', status: 500 });
    const id = await notify(pool, { type: 'user.welcome.client', payload: { userId } });
    await until('sending is paused', () => worker?.state().sending.closed === true);
    await until('the row waits', async () => (await outboxRow(pool, id)).status === 'pending');
    // So that the relay can add it again.
    await until('the job is forgotten', async () => (await jobOf(id)) === undefined);
    expect(await untilClosed(pool, id, 25_000)).toMatchObject({ status: 'sent' });
    expect(context.mailbox.mails()).toHaveLength(1);
    expect(context.mailbox.sendRequests()).toBe(2);
    expect((await jobOf(id))?.attemptsMade).toBeLessThanOrEqual(1);
    expect(worker.state().sending.closed).toBe(false);
  });

  test('a 429 is waited for as long as it asks', async () => {
    worker = await startTestWorker(context, { env: { APP_ENV } });
    const userId = await insertUser(pool, { email: 'ana@example.com' });
    context.mailbox.fail({ kind: 'status', status: 429, retryAfterSeconds: 1 });
    const begun = Date.now();
    const id = await notify(pool, { type: 'user.welcome.client', payload: { userId } });
    expect(await untilClosed(pool, id)).toMatchObject({ status: 'sent' });
    expect(Date.now() - begun).toBeGreaterThanOrEqual(1_000);
    expect(context.mailbox.sendRequests()).toBe(2);
    expect(context.mailbox.mails()).toHaveLength(1);
    expect(worker.state().sending.closed).toBe(false);
  });

  test('a longer 429 waits in the outbox', async () => {
    worker = await startTestWorker(context, { env: { APP_ENV } });
    const userId = await insertUser(pool, { email: 'ana@example.com' });
    context.mailbox.fail({ kind: 'status', status: 429, retryAfterSeconds: 20 });
    const id = await notify(pool, { type: 'user.welcome.client', payload: { userId } });
    await until('the row waits', async () => (await outboxRow(pool, id)).not_before !== null);
    expect(await outboxRow(pool, id)).toMatchObject({ status: 'pending', closed_at: null });
    expect(await logRows(pool, id)).toEqual([]);
    // For the tests that follow: the slots of all processes have been moved.
    await pool.query('DELETE FROM leases');
  });

  test('a mail that it refuses is dead at once, with the reason', async () => {
    worker = await startTestWorker(context, { env: { APP_ENV } });
    const userId = await insertUser(pool, { email: 'ana@example.com' });
    context.mailbox.fail({ kind: 'status', status: 422, message: 'Invalid `to` field: ana@example.com' });
    const id = await notify(pool, { type: 'user.reset.start', payload: { userId, token } });
    const error = 'Resend: validation_error (422): Invalid `to` field: [address]';
    expect(await untilClosed(pool, id)).toMatchObject({ status: 'dead', error });
    expect(await logRows(pool, id)).toMatchObject([{ status: 'failed', error }]);
    await until('the job failed', async () => (await jobOf(id))?.isFailed() ?? false);
    expect(await jobOf(id)).toMatchObject({ failedReason: error, attemptsMade: 1 });
    expect(context.mailbox.sendRequests()).toBe(1);
  });

  test('one refused recipient does not keep the others from their mail', async () => {
    worker = await startTestWorker(context, { env: { APP_ENV } });
    await insertUser(pool, { email: 'one@example.com', roles: ['admin'] });
    await insertUser(pool, { email: 'two@example.com', roles: ['admin'] });
    context.mailbox.fail({ kind: 'status', status: 422, to: 'one@example.com' });
    const payload = { userId: 1, displayName: 'Ana', roles: ['client' as const] };
    const id = await notify(pool, { type: 'admin.user.new', payload });
    const row = await untilClosed(pool, id);
    expect(row.status).toBe('sent');
    expect(row.error).toMatch(/^1 of 2 recipients: Resend: validation_error/);
    expect((await logRows(pool, id)).map(({ status }) => status)).toEqual(['failed', 'sent']);
  });

  test('a bad key stops sending and asks for somebody; the mails wait, and go when the key is right', async () => {
    const { lines, logger } = createLog();
    worker = await startTestWorker(context, { env: { APP_ENV, RESEND_API_KEY: 're_wrong_key' }, logger });
    const userId = await insertUser(pool, { email: 'ana@example.com' });
    const first = await notify(pool, { type: 'user.welcome.client', payload: { userId } });
    await until('sending is paused', () => worker?.state().sending.needsSomebody === true);
    const second = await notify(pool, { type: 'user.welcome.host', payload: { userId } });
    // In the queue; or back in the outbox, where a worker had asked for a job before it stopped to take any.
    await until('the second waits', async () => {
      const { status, not_before } = await outboxRow(pool, second);
      return status === 'relayed' || not_before !== null;
    });
    const logged = lines.map((line): { level: number; msg: string } => JSON.parse(line));
    expect(logged.filter(({ msg }) => msg === 'mail not sent')).toHaveLength(1);
    expect(logged.filter(({ level }) => level >= 50)).toMatchObject([
      { msg: 'sending is paused: check RESEND_API_KEY, EMAIL_FROM and the domain' },
    ]);
    expect(await outboxRow(pool, first)).toMatchObject({ status: 'pending', first_attempt_at: null });
    await worker.stop();

    worker = await startTestWorker(context, { env: { APP_ENV } });
    // A mail that met the bad key waits up to a minute in the outbox: not here.
    await pool.query('UPDATE notification_outbox SET not_before = NULL WHERE closed_at IS NULL');
    const third = await notify(pool, { type: 'user.welcome.provider', payload: { userId } });
    for (const id of [first, second, third]) expect(await untilClosed(pool, id)).toMatchObject({ status: 'sent' });
    expect(context.mailbox.mails()).toHaveLength(3);
  });

  test('after 23 hours of trying the row is given up', async () => {
    const userId = await insertUser(pool, { email: 'ana@example.com' });
    const id = await notify(pool, { type: 'user.welcome.client', payload: { userId } });
    await pool.query(
      `UPDATE notification_outbox SET first_attempt_at = now() - interval '23 hours', recipients = $2 WHERE id = $1`,
      [id, JSON.stringify([{ no: 0, userId, email: 'ana@example.com', displayName: 'Ana', locale: 'en' }])],
    );
    context.mailbox.fail({ kind: 'status', status: 500 });
    worker = await startTestWorker(context, { env: { APP_ENV } });
    const row = await untilClosed(pool, id);
    expect(row.error).toMatch(/^given up after 23 hours: Resend: internal_server_error/);
    // The call may have got through: nobody knows.
    expect(row.status).toBe('uncertain');
  });
});

describe('rows that can not be sent', () => {
  test('of a type that nobody knows', async () => {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO notification_outbox (id, type, payload, status, priority)
       VALUES (gen_random_uuid()::text, 'user.unheard', '{}', 'pending', 5) RETURNING id`,
    );
    worker = await startTestWorker(context);
    const id = rows[0]?.id ?? '';
    expect(await untilClosed(pool, id)).toMatchObject({
      status: 'dead',
      error: 'no mail is known of the type user.unheard',
    });
  });

  test('with a payload that its type does not allow', async () => {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO notification_outbox (id, type, payload, status, priority)
       VALUES (gen_random_uuid()::text, 'user.welcome', '{"userId": 1}', 'pending', 5) RETURNING id`,
    );
    worker = await startTestWorker(context);
    const row = await untilClosed(pool, rows[0]?.id ?? '');
    expect(row.status).toBe('dead');
    expect(row.error).toMatch(/^the payload is not valid: token: /);
  });

  test('a job that names no row fails at once', async () => {
    worker = await startTestWorker(context);
    await queues.notifications.add('send', { outboxId: 'nonsense' }, { jobId: 'n-nonsense' });
    await until('the job failed', async () => (await queues.notifications.getJob('n-nonsense'))?.isFailed() ?? false);
    expect((await queues.notifications.getJob('n-nonsense'))?.failedReason).toBe('the job names no row of the outbox');
  });
});
