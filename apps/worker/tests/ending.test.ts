import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunningWorker } from '../src/startWorker';
import { outputOf, spawnWorker } from './processes';
import { insertUser, logRows, notify, outboxRow, startTestWorker, until, untilClosed } from './support';

let context: TestContext;
let pool: pg.Pool;
let userId: number;
let worker: RunningWorker | undefined;
let child: ChildProcess | undefined;

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
  await pool.query('DELETE FROM notification_outbox; DELETE FROM notification_log');
  await context.mailbox.reset();
});

afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  child?.kill('SIGKILL');
  child = undefined;
});

const writeOne = () => notify(pool, { type: 'user.welcome.client', payload: { userId } });

const entry = new URL('../src/index.ts', import.meta.url).pathname;
const killable = new URL('./killableWorker.ts', import.meta.url).pathname;

test('ends the mail in hand, leaves the rest to others, and exits with 0', async () => {
  child = spawnWorker(context, entry, { LOG_LEVEL: 'info' });
  const output = outputOf(child);
  await until('it has started', () => output.text().includes('worker started'));
  context.mailbox.setDelay(1_500);
  const first = await writeOne();
  await until('the first mail is under way', () => context.mailbox.sendRequests() === 1);
  const second = await writeOne();
  await until('the second is in the queue', async () => (await outboxRow(pool, second)).status === 'relayed');
  child.kill('SIGTERM');
  const [code, signal] = await once(child, 'exit');
  expect({ code, signal }).toEqual({ code: 0, signal: null });
  expect(output.text()).toContain('worker stopped');
  expect(await outboxRow(pool, first)).toMatchObject({ status: 'sent' });
  expect(await outboxRow(pool, second)).toMatchObject({ closed_at: null });
  context.mailbox.setDelay(0);
  worker = await startTestWorker(context);
  expect(await untilClosed(pool, second)).toMatchObject({ status: 'sent' });
  expect(context.mailbox.mails()).toHaveLength(2);
});

test('a worker that is killed in the middle of a mail: another one takes it up, and the mail is sent once', async () => {
  child = spawnWorker(context, killable);
  const output = outputOf(child);
  await until('it has started', () => output.text().includes('started'));
  context.mailbox.setDelay(1_000);
  const id = await writeOne();
  await until('the mail is under way', () => context.mailbox.sendRequests() === 1);
  const killedAt = Date.now();
  child.kill('SIGKILL');
  await once(child, 'exit');
  context.mailbox.setDelay(0);
  expect(await logRows(pool, id)).toMatchObject([{ status: 'attempting' }]);
  worker = await startTestWorker(context, {
    settings: {
      notifications: { concurrency: 1, lockDurationMs: 3_000 },
      stalledPollMs: 500,
      stalledIntervalMs: 400,
    },
  });
  expect(await untilClosed(pool, id, 20_000)).toMatchObject({ status: 'sent' });
  // lockDuration + 15 s
  expect(Date.now() - killedAt).toBeLessThan(18_000);
  expect(context.mailbox.mails()).toHaveLength(1);
  expect(await logRows(pool, id)).toMatchObject([{ status: 'sent', message_id: context.mailbox.mails()[0]?.id }]);
});
