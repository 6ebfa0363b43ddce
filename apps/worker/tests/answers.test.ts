import { createTestContext, type FaultInput, type TestContext } from '@convene/local-stack/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunningWorker } from '../src/startWorker';
import { createLog, insertUser, logRows, notify, outboxRow, startTestWorker, until, untilClosed } from './support';

/* Each answer of Resend to a single mail: what becomes of it, and what the log tells of it. Batches: batches.test.ts. */

let context: TestContext;
let pool: pg.Pool;
let worker: RunningWorker | undefined;
let userId: number;
let log: ReturnType<typeof createLog>;

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl });
  userId = await insertUser(pool, { email: 'ana@example.com' });
});
afterAll(async () => {
  await pool?.end();
  await context?.dispose();
});
beforeEach(async () => {
  await pool.query('DELETE FROM notification_outbox; DELETE FROM notification_log; DELETE FROM leases');
  await context.mailbox.reset();
  log = createLog();
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

const sendOne = async (fault: FaultInput): Promise<string> => {
  context.mailbox.fail(fault);
  worker = await startTestWorker(context, { logger: log.logger, settings: { resendTimeoutMs: 500 } });
  return notify(pool, { type: 'user.welcome.client', payload: { userId } });
};

/** What the log says of the failed call, and that no line says the address. */
const expectLogged = (failure: string, reason: RegExp): void => {
  const lines = log.lines.map((line): { msg: string; failure?: string; reason?: string } => JSON.parse(line));
  expect(lines.find(({ msg }) => msg === 'mail not sent')).toMatchObject({
    failure,
    reason: expect.stringMatching(reason),
  });
  for (const line of log.lines) expect(line).not.toContain('ana@example.com');
};

test.each<[string, FaultInput, string, RegExp]>([
  ['a 429 with Retry-After', { kind: 'status', status: 429, retryAfterSeconds: 1 }, 'rate-limited', /429/],
  ['a 429 without', { kind: 'status', status: 429 }, 'rate-limited', /rate_limit_exceeded \(429\)/],
  ['a 500', { kind: 'status', status: 500 }, 'unavailable', /internal_server_error \(500\)/],
  ['a 503', { kind: 'status', status: 503 }, 'unavailable', /\(503\)/],
  ['no answer', { kind: 'timeout' }, 'unavailable', /application_error/],
  ['no answer to a mail that was taken', { kind: 'timeout', when: 'after' }, 'unavailable', /application_error/],
  ['a cut connection', { kind: 'cut' }, 'unavailable', /application_error/],
  ['a cut connection after the mail was taken', { kind: 'cut', when: 'after' }, 'unavailable', /application_error/],
])('%s is waited out: the mail is sent once, and no attempt is used up', async (_what, fault, failure, reason) => {
  const id = await sendOne(fault);
  expect(await untilClosed(pool, id, 25_000)).toMatchObject({ status: 'sent', error: null });
  expect(context.mailbox.mails()).toHaveLength(1);
  expect(context.mailbox.sendRequests()).toBe(2);
  expect(await logRows(pool, id)).toMatchObject([{ status: 'sent', message_id: context.mailbox.mails()[0]?.id }]);
  expectLogged(failure, reason);
});

test.each<[string, FaultInput, boolean, RegExp]>([
  ['a 401', { kind: 'status', status: 401 }, true, /missing_api_key \(401\)/],
  ['a 403', { kind: 'status', status: 403 }, true, /invalid_api_key \(403\)/],
  [
    'a daily quota',
    { kind: 'status', status: 429, name: 'daily_quota_exceeded', retryAfterSeconds: 7_200 },
    false,
    /daily_quota_exceeded/,
  ],
  ['a monthly quota', { kind: 'status', status: 429, name: 'monthly_quota_exceeded' }, false, /monthly_quota_exceeded/],
])('%s stops sending; the mail waits with all of its time', async (_what, fault, needsSomebody, reason) => {
  const id = await sendOne(fault);
  await until('sending is paused', () => worker?.state().sending.closed === true);
  await until('the mail waits', async () => (await outboxRow(pool, id)).not_before !== null);
  expect(worker?.state().sending).toMatchObject({ closed: true, needsSomebody });
  expect(await outboxRow(pool, id)).toMatchObject({ status: 'pending', first_attempt_at: null });
  expect(await logRows(pool, id)).toEqual([]);
  expect(context.mailbox.sendRequests()).toBe(1);
  expectLogged('blocked', reason);
});

test('a quota of a whole day gives up none of the mails in hand', async () => {
  const release = context.mailbox.hold();
  context.mailbox.fail({
    kind: 'status',
    status: 429,
    name: 'daily_quota_exceeded',
    retryAfterSeconds: 86_000,
    times: 4,
  });
  const ids: string[] = [];
  for (let index = 0; index < 4; index += 1) {
    ids.push(await notify(pool, { type: 'user.welcome.client', payload: { userId } }));
  }
  worker = await startTestWorker(context, {
    logger: log.logger,
    // Some are on their way when the answer comes, the others still wait for their turn.
    env: { RESEND_REQUESTS_PER_SECOND: '2' },
    settings: { resendTimeoutMs: 20_000, notifications: { concurrency: 4, lockDurationMs: 60_000 } },
  });
  const isBegun = async (id: string) => (await logRows(pool, id)).length > 0;
  await until('all of them are in hand', async () => (await Promise.all(ids.map(isBegun))).every(Boolean));
  release();
  const waits = async (id: string) => (await outboxRow(pool, id)).not_before !== null;
  await until('all of them wait', async () => (await Promise.all(ids.map(waits))).every(Boolean));
  for (const id of ids) expect(await outboxRow(pool, id)).toMatchObject({ status: 'pending', first_attempt_at: null });
});

test.each<[string, FaultInput, string, string, RegExp]>([
  ['an invalid address', { kind: 'invalid-address', to: 'ana@example.com' }, 'dead', 'refused', /Invalid `to` field/],
  [
    'an error object without a name that is known',
    { kind: 'status', status: 400, name: 'something_new', message: 'No mail to ana@example.com.' },
    'dead',
    'refused',
    /something_new \(400\): No mail to \[address\]/,
  ],
  [
    'the same key with another content',
    { kind: 'status', status: 409 },
    'uncertain',
    'conflict',
    /invalid_idempotent_request \(409\)/,
  ],
])('%s ends the mail at once', async (_what, fault, status, failure, reason) => {
  const id = await sendOne(fault);
  expect(await untilClosed(pool, id)).toMatchObject({ status, error: expect.stringMatching(reason) });
  expect(context.mailbox.sendRequests()).toBe(1);
  expect(context.mailbox.mails()).toEqual([]);
  expectLogged(failure, reason);
});
