import type { CommandMonitor } from '@convene/local-stack/command-monitor';
import { startCommandMonitor } from '@convene/local-stack/command-monitor';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { createRedisBackend, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { withMarkerIfNeeded } from '../src/queues/sparingFetches';
import type { RunningWorker } from '../src/startWorker';
import { insertUser, notify, startTestWorker, until, untilClosed } from './support';

/* What a worker costs: a change that sends more commands fails here. */

let context: TestContext;
let pool: pg.Pool;
let userId: number;
let monitor: CommandMonitor;
let queue: Queue;
let worker: RunningWorker | undefined;
/** For how many seconds workers have asked to wait for jobs, the latest last. */
let waits: number[] = [];

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
  waits = [];
  monitor = await startCommandMonitor({
    redisUrl: context.redisUrl,
    onCommand: ({ command, args }) => {
      if (command === 'bzpopmin') waits.push(Number(args.at(-1)));
    },
  });
  await monitor.uncounted.flushall();
  const options = { connection: monitor.uncounted, skipVersionCheck: true, skipMetasUpdate: true };
  queue = new Queue('notifications', options);
});

afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  await queue.close();
  await monitor.stop();
});

const entry = () => ({ type: 'user.welcome.client', payload: { userId } }) as const;

const isDone = async (id: string): Promise<boolean> => (await queue.getJob(`n-${id}`))?.isCompleted() ?? false;

const sendOne = async (): Promise<void> => {
  const id = await notify(pool, entry());
  await untilClosed(pool, id);
  await until('the job is done', () => isDone(id));
};

/** Started as in that environment, with every script known to the server, and idle. */
const startIdle = async (APP_ENV: string): Promise<RunningWorker> => {
  worker = await startTestWorker(context, { env: { APP_ENV } });
  await sendOne();
  await sendOne();
  await untilWaiting();
  return worker;
};

/** Blocked clients are the workers that wait for a job. */
const untilWaiting = () =>
  until('both workers wait', async () => {
    const clients = await monitor.uncounted.info('clients');
    return clients.includes('blocked_clients:2');
  });

const sent = async (): Promise<Record<string, number>> => {
  const commands: Record<string, number> = {};
  for (const { command, client } of await monitor.tally()) commands[command] = (commands[command] ?? 0) + client;
  return commands;
};

const during = async (work: () => Promise<void>): Promise<Record<string, number>> => {
  const before = await sent();
  await work();
  await untilWaiting();
  const after = await sent();
  return Object.fromEntries(
    Object.entries(after)
      .map(([command, count]) => [command, count - (before[command] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
};

const totalOf = (commands: Record<string, number>): number =>
  Object.values(commands).reduce((sum, count) => sum + count, 0);

test.each(['production', 'staging', 'development'])(
  'a notification by itself: four commands in %s',
  async (APP_ENV) => {
    await startIdle(APP_ENV);
    const commands = await during(async () => {
      for (let index = 0; index < 5; index += 1) {
        await sendOne();
        await untilWaiting();
      }
    });
    // Added, fetched, finished; and waited for.
    expect(commands).toEqual({ evalsha: 15, bzpopmin: 5 });
  },
);

test('a hundred at once: two and a half commands each at most', async () => {
  await startIdle('production');
  const commands = await during(async () => {
    const ids = await Promise.all(Array.from({ length: 100 }, () => notify(pool, entry())));
    for (const id of ids) await untilClosed(pool, id);
    for (const id of ids) await until('the job is done', () => isDone(id));
  });
  expect(totalOf(commands)).toBeLessThanOrEqual(250);
  expect(context.mailbox.mails().length).toBeGreaterThanOrEqual(100);
});

test('an idle worker waits for half an hour, starts what is added at once, and what is delayed on time', async () => {
  await startIdle('production');
  // Two queues, each by a wait and a fetch every half hour: 192 commands a day.
  expect(waits.slice(-2)).toEqual([1_800, 1_800]);
  const at = async (delay: number) => {
    const job = await queue.add('send', { outboxId: crypto.randomUUID() }, { delay });
    await until('the job is done', async () => (await queue.getJob(job.id ?? ''))?.isCompleted() ?? false);
    const { processedOn = Number.NaN, timestamp } = (await queue.getJob(job.id ?? '')) ?? {};
    return processedOn - (timestamp ?? Number.NaN) - delay;
  };
  const startedAfterMs: number[] = [];
  for (let index = 0; index < 5; index += 1) {
    startedAfterMs.push(await at(0));
    await untilWaiting();
  }
  // The quickest: this machine may be busy with something else.
  expect(Math.min(...startedAfterMs)).toBeLessThanOrEqual(50);
  const lateMs = await at(1_500);
  expect(lateMs).toBeGreaterThanOrEqual(0);
  expect(lateMs).toBeLessThanOrEqual(1_000);
});

test('a job that is delayed starts on time although others come and go meanwhile', async () => {
  await startIdle('production');
  const delay = 2_000;
  const job = await queue.add('send', { outboxId: crypto.randomUUID() }, { delay });
  for (let index = 0; index < 4; index += 1) await sendOne();
  await until('the job is done', async () => (await queue.getJob(job.id ?? ''))?.isCompleted() ?? false);
  const { processedOn = Number.NaN } = (await queue.getJob(job.id ?? '')) ?? {};
  expect(processedOn - job.timestamp - delay).toBeGreaterThanOrEqual(0);
  expect(processedOn - job.timestamp - delay).toBeLessThanOrEqual(1_000);
});

test('two workers share what was added at once', async () => {
  context.mailbox.setDelay(300);
  const [first, second] = await Promise.all([
    startTestWorker(context, { env: { APP_ENV: 'development' } }),
    startTestWorker(context, { env: { APP_ENV: 'development' } }),
  ]);
  try {
    await until('both processes wait', async () => {
      const clients = await monitor.uncounted.info('clients');
      return clients.includes('blocked_clients:4');
    });
    const ids = await Promise.all([notify(pool, entry()), notify(pool, entry())]);
    await until('both mails are under way', async () => (await queue.getActiveCount()) === 2);
    for (const id of ids) expect(await untilClosed(pool, id)).toMatchObject({ status: 'sent' });
  } finally {
    context.mailbox.setDelay(0);
    await Promise.all([first.stop(), second.stop()]);
  }
});

test("BullMQ's scripts are still the ones that are known", async () => {
  const connection = new Redis(context.redisUrl, { maxRetriesPerRequest: null });
  const scripts = new Map<string, string>();
  const defineCommand = connection.defineCommand.bind(connection);
  connection.defineCommand = (name, definition) => {
    scripts.set(name.split(':')[0] ?? '', definition.lua);
    defineCommand(name, definition);
  };
  await createRedisBackend('notifications', { connection }).waitUntilReady();
  connection.disconnect();
  for (const name of ['moveToActive', 'moveToFinished']) {
    const lua = scripts.get(name) ?? '';
    expect(lua).toContain('prepareJobForProcessing');
    expect(withMarkerIfNeeded(lua)).toContain('rcall("EXISTS", KEYS[1], KEYS[3], KEYS[7])');
    // The keys that it looks at.
    expect(lua).toMatch(/KEYS\[1\] wait key[\s\S]*KEYS\[3\] prioritized key[\s\S]*KEYS\[7\] delayed key/);
  }
});
