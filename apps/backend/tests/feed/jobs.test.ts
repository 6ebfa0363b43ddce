import { randomUUID } from 'node:crypto';
import { errorAnswerSchema } from '@convene/common/errors';
import { acquireLease, releaseLease } from '@convene/coordination';
import { Redis as TcpRedis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { record } from '../../src/collections/Feed/scripts/record';
import { countedInPostgres, createHarness, emptyFeedTables, type Harness, insertListings, keyOf } from './harness';

const SECRET = 'test-jobs-secret-of-at-least-32-chars';

let harness: Harness;
let route: typeof import('../../src/app/api/jobs/[name]/route');
beforeAll(async () => {
  harness = await createHarness();
  await insertListings(harness.pool, { kind: 'locations', ids: [1] });
  // The route makes its own clients from the environment.
  Object.assign(process.env, harness.context.env.backend, { LOG_LEVEL: 'silent' });
  vi.resetModules();
  route = await import('../../src/app/api/jobs/[name]/route');
});
afterAll(async () => {
  const { getPool } = await import('../../src/utils/postgres');
  const { closeNotificationsQueue } = await import('../../src/utils/notificationsQueue');
  await closeNotificationsQueue();
  await getPool().end();
  await harness.dispose();
});
beforeEach(async () => {
  await harness.raw.flushall();
  await emptyFeedTables(harness.pool);
});

const call = async (
  name: string,
  { method = 'POST', authorization = `Bearer ${SECRET}` }: { method?: 'GET' | 'POST'; authorization?: string } = {},
) => {
  const request = new Request(`http://localhost:3001/api/jobs/${name}`, { method, headers: { authorization } });
  const answer = await route[method](request, { params: Promise.resolve({ name }) });
  const body: unknown = await answer.json();
  return { status: answer.status, body, headers: answer.headers };
};

const runs = async () => {
  const { rows } = await harness.pool.query<{ name: string; period: string; status: string; error: string | null }>(
    'SELECT name, period, status, error FROM job_runs ORDER BY id',
  );
  return rows;
};

describe('POST /api/jobs/{name}', () => {
  test('flushes, aggregates and ranks, each with its summary and a row of the run', async () => {
    await record(harness.redis, [{ requestId: randomUUID(), events: [{ counterKey: keyOf(1), amount: 3 }] }]);
    expect(await call('flush')).toMatchObject({ status: 200, body: { ran: true, counters: 1, events: 3 } });
    expect(await countedInPostgres(harness.pool)).toEqual(new Map([[keyOf(1), 3]]));
    expect(await call('aggregate')).toMatchObject({ status: 200, body: { ran: true, listings: 1 } });
    expect(await call('rank')).toMatchObject({ status: 200, body: { ran: true, rows: 1 } });
    expect(await runs()).toMatchObject(
      ['feed:flush', 'feed:aggregate', 'feed:rank'].map((name) => ({
        name,
        period: expect.stringMatching(/^called \d{4}-/),
        status: 'done',
      })),
    );
  });

  test('does nothing while a scheduled run, or one by hand, is at it', async () => {
    await acquireLease(harness.pool, { name: 'schedule:feed:flush', holder: 'a scheduler', ttlSeconds: 60 });
    expect(await call('flush')).toMatchObject({ status: 200, body: { ran: false } });
    expect(await runs()).toEqual([]);
    await releaseLease(harness.pool, { name: 'schedule:feed:flush', holder: 'a scheduler' });
    await acquireLease(harness.pool, { name: 'feed:flush', holder: 'somebody', ttlSeconds: 60 });
    expect(await call('flush')).toMatchObject({ status: 200, body: { ran: false, counters: 0 } });
  });

  test('tells a failure and keeps it', async () => {
    await harness.pool.query('ALTER TABLE aggregates RENAME TO aggregates_elsewhere');
    const answer = await call('aggregate');
    await harness.pool.query('ALTER TABLE aggregates_elsewhere RENAME TO aggregates');
    expect(answer.status).toBe(500);
    expect(errorAnswerSchema.parse(answer.body).error.code).toBe('internal');
    expect(await runs()).toMatchObject([
      { name: 'feed:aggregate', status: 'failed', error: expect.stringContaining('aggregates') },
    ]);
  });

  test('relays what the outboxes hold', async () => {
    const { writeCounterOutbox } = await import('../../src/collections/Feed/counterOutbox');
    const now = new Date('2025-01-15T12:00:00.000Z');
    await writeCounterOutbox(harness.pool, { kind: 'locations', listingId: 1, metric: 'favorites', userId: 5, now });
    expect(await call('counter-relay')).toMatchObject({
      status: 200,
      body: { ran: true, recorded: 1, gaveUp: 0, retryInMs: null },
    });
    expect(await harness.raw.get(keyOf(1, 'favorites'))).toBe('1');

    const { writeNotification } = await import('@convene/outbox');
    await writeNotification(harness.pool, {
      type: 'admin.user.new',
      payload: { userId: 1, displayName: 'Ada', roles: ['client'] },
    });
    expect(await call('notifications-relay')).toMatchObject({ status: 200, body: { ran: true, relayed: 1 } });
    const queue = new TcpRedis(harness.context.redisUrl, { protocol: 2 });
    expect(await queue.keys('*')).toEqual(expect.arrayContaining([expect.stringContaining('notifications')]));
    await queue.quit();
  });

  test.each([
    ['no secret', ''],
    ['a wrong one', 'Bearer test-jobs-secret-of-at-least-32-charz'],
    ['one of another length', 'Bearer x'],
    ['another scheme', `Basic ${SECRET}`],
  ])('refuses %s, for jobs that there are and jobs that there are not', async (_, authorization) => {
    for (const name of ['flush', 'nothing']) {
      const answer = await call(name, { authorization });
      expect(answer.status).toBe(401);
      expect(errorAnswerSchema.parse(answer.body).error.code).toBe('unauthenticated');
    }
    expect(await runs()).toEqual([]);
  });

  test('knows no other job and no other method', async () => {
    for (const name of ['nothing', 'constructor']) {
      const answer = await call(name);
      expect(answer.status).toBe(404);
      expect(errorAnswerSchema.parse(answer.body).error.code).toBe('not-found');
    }
    const get = await call('flush', { method: 'GET' });
    expect(get.status).toBe(405);
    expect(get.headers.get('allow')).toBe('POST');
    expect(errorAnswerSchema.parse(get.body).error.code).toBe('method-not-allowed');
    expect(await runs()).toEqual([]);
  });
});
