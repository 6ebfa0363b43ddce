import { createFaultProxy, createTestContext, type FaultProxy, type TestContext } from '@convene/local-stack/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunningWorker } from '../../src/startWorker';
import { insertUser, notify, startTestWorker, until, untilClosed } from '../support';
import './inPostgres';

/* Connections that are lost on the way to a Postgres which also has the queues. */

let context: TestContext;
let pool: pg.Pool;
let proxy: FaultProxy;
let userId: number;
let worker: RunningWorker | undefined;

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl });
  proxy = await createFaultProxy({ targetPort: Number(new URL(context.databaseUrl).port) });
  userId = await insertUser(pool, { email: 'ana@example.com' });
});

afterAll(async () => {
  await proxy?.stop();
  await pool?.end();
  await context?.dispose();
});

beforeEach(async () => {
  await context.mailbox.reset();
});

afterEach(async () => {
  proxy.resume();
  await worker?.stop();
  worker = undefined;
});

const writeOne = () => notify(pool, { type: 'user.welcome.client', payload: { userId } });

const start = async (): Promise<void> => {
  const url = new URL(context.databaseUrl);
  url.port = String(proxy.port);
  worker = await startTestWorker(context, { env: { DATABASE_URL: url.href } });
  await untilClosed(pool, await writeOne());
};

test('connections that are cut are made anew, and the next mails leave', async () => {
  await start();
  for (let index = 0; index < 3; index += 1) {
    proxy.cut();
    expect(await untilClosed(pool, await writeOne())).toMatchObject({ status: 'sent' });
    await until('it is ready again', () => worker?.state().queue.status === 'ready');
  }
  expect(context.mailbox.mails()).toHaveLength(4);
});

test('connections that are swallowed without a word delay a mail by less than a minute', async () => {
  await start();
  proxy.forget();
  const begun = Date.now();
  expect(await untilClosed(pool, await writeOne(), 90_000)).toMatchObject({ status: 'sent' });
  expect(Date.now() - begun).toBeLessThan(60_000);
  expect(context.mailbox.mails()).toHaveLength(2);
}, 150_000);
