import { createFaultProxy, createTestContext, type FaultProxy, type TestContext } from '@convene/local-stack/testing';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunningWorker } from '../src/startWorker';
import { createLog, insertUser, notify, startTestWorker, until, untilClosed } from './support';

/* Connections that are lost on the way to Redis, in each of the ways in which that happens. */

let context: TestContext;
let pool: pg.Pool;
let redis: Redis;
let proxy: FaultProxy;
let userId: number;
let worker: RunningWorker | undefined;

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl });
  redis = new Redis(context.redisUrl);
  proxy = await createFaultProxy({ targetPort: Number(new URL(context.redisUrl).port) });
  userId = await insertUser(pool, { email: 'ana@example.com' });
});

afterAll(async () => {
  redis?.disconnect();
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

const untilWaiting = () =>
  until('both workers wait', async () => (await redis.info('clients')).includes('blocked_clients:2'));

const start = async () => {
  const { lines, logger } = createLog();
  worker = await startTestWorker(context, { env: { UPSTASH_REDIS_URL: `redis://127.0.0.1:${proxy.port}` }, logger });
  await untilClosed(pool, await writeOne());
  await untilWaiting();
  return {
    /** Lines that somebody would be alarmed by. */
    alarms: () => lines.filter((line) => JSON.parse(line).level >= 40),
  };
};

test('idle connections that are cut are made anew without a word, and the next mail leaves at once', async () => {
  const { alarms } = await start();
  for (let index = 0; index < 3; index += 1) {
    const before = Number(
      await redis.info('stats').then((stats) => /total_connections_received:(\d+)/.exec(stats)?.[1]),
    );
    proxy.cut();
    await until('new connections wait', async () => {
      const stats = await redis.info('stats');
      return Number(/total_connections_received:(\d+)/.exec(stats)?.[1]) >= before + 3;
    });
    await until('the queue can be added to', () => worker?.state().queue.status === 'ready');
    await untilWaiting();
    const begun = Date.now();
    await untilClosed(pool, await writeOne());
    expect(Date.now() - begun).toBeLessThan(2_000);
  }
  expect(context.mailbox.mails()).toHaveLength(4);
  expect(alarms()).toEqual([]);
});

test('connections that are swallowed without a word delay a mail by less than a minute', async () => {
  const { alarms } = await start();
  proxy.forget();
  const begun = Date.now();
  expect(await untilClosed(pool, await writeOne(), 60_000)).toMatchObject({ status: 'sent' });
  expect(Date.now() - begun).toBeLessThan(60_000);
  // Redis may still wait to tell the connections that are gone: the next mails don't need them.
  expect(await untilClosed(pool, await writeOne(), 60_000)).toMatchObject({ status: 'sent' });
  expect(context.mailbox.mails()).toHaveLength(3);
  expect(alarms()).toEqual([]);
}, 150_000);

test('a network that swallows everything for a while: the mails leave when it is over', async () => {
  await start();
  proxy.pause();
  const id = await writeOne();
  await until('the worker has noticed', () => worker?.state().queue.status !== 'ready', 30_000);
  proxy.resume();
  expect(await untilClosed(pool, id, 60_000)).toMatchObject({ status: 'sent' });
  expect(context.mailbox.mails()).toHaveLength(2);
}, 120_000);
