import { failedListSchema } from '@convene/common/decisions';
import { queueNames } from '@convene/common/queues';
import { closeOutboxRow, writeNotification } from '@convene/outbox';
import { type Job, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, createPayloadHarness, PASSWORD, type PayloadHarness } from './payloadHarness';

let harness: PayloadHarness;
let route: typeof import('../src/app/api/notifications/failed/route');
let staff: string;
let client: string;

const tokenOf = async (email: string): Promise<string> => {
  const { token } = await harness.payload.login({ collection: 'users', data: { email, password: PASSWORD } });
  return token ?? '';
};

beforeAll(async () => {
  harness = await createPayloadHarness();
  route = await import('../src/app/api/notifications/failed/route');
  await harness.createUser({ email: 'staff@example.com', roles: ['moderator'] });
  await harness.createUser({ email: 'client@example.com' });
  staff = await tokenOf('staff@example.com');
  client = await tokenOf('client@example.com');
});
afterAll(async () => {
  const { closeNotificationsQueue } = await import('../src/utils/notificationsQueue');
  closeNotificationsQueue();
  await harness.dispose();
});
beforeEach(() =>
  harness.pool.query('DELETE FROM notification_outbox; DELETE FROM notification_decisions').then(() => undefined),
);

const writeDead = async (): Promise<string> => {
  const id = await writeNotification(harness.pool, { type: 'user.welcome.client', payload: { userId: 1 } });
  await closeOutboxRow(harness.pool, { id, status: 'dead', error: 'because' });
  return id;
};
const statusOf = async (id: string) =>
  (await harness.pool.query('SELECT status FROM notification_outbox WHERE id = $1', [id])).rows[0]?.status;
const retry = (ids: string[] | 'all', token = staff) =>
  call(route, { body: { decision: 'retry', ids }, ...(token ? { token } : {}) });

it('is for staff alone', async () => {
  const id = await writeDead();
  expect(await retry([id], '')).toMatchObject({ status: 401 });
  expect(await retry([id], client)).toMatchObject({ status: 403 });
  expect(await call(route, { method: 'GET' })).toMatchObject({ status: 401 });
  expect(await call(route, { method: 'GET', token: client })).toMatchObject({ status: 403 });
  expect(await statusOf(id)).toBe('dead');
});

it('shows what failed and why', async () => {
  const id = await writeDead();
  const { status, body } = await call(route, { method: 'GET', token: staff });
  expect(status).toBe(200);
  expect(failedListSchema.parse(body)).toMatchObject({
    counts: { dead: 1, uncertain: 0 },
    notifications: [{ id, status: 'dead', error: 'because' }],
  });
});

it('retries in the name of whoever asked, and frees the id of the failed job', async () => {
  const id = await writeDead();
  const redis = new Redis(harness.context.redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue(queueNames.notifications, { connection: redis });
  await queue.add('send', { outboxId: id }, { jobId: `n-${id}` });
  expect(await retry([id])).toEqual(expect.objectContaining({ status: 200, body: { decided: [id] } }));
  expect(await queue.getJob(`n-${id}`)).toBeUndefined();
  await queue.close();
  redis.disconnect();
  expect(await statusOf(id)).toBe('pending');
  const { rows } = await harness.pool.query('SELECT decided_by, decision FROM notification_decisions');
  expect(rows).toEqual([{ decided_by: expect.stringMatching(/^user \d+$/), decision: 'retry' }]);
});

describe('a job that a worker still has in hand when its row is dead already', () => {
  const TOKEN = 'somebody';
  let redis: Redis;
  let queue: Queue;
  let worker: Worker;
  let job: Job;
  let id: string;
  beforeEach(async () => {
    redis = new Redis(harness.context.redisUrl, { maxRetriesPerRequest: null });
    queue = new Queue(queueNames.notifications, { connection: redis });
    worker = new Worker(queueNames.notifications, null, { connection: redis });
    id = await writeDead();
    await queue.add('send', { outboxId: id }, { jobId: `n-${id}` });
    const taken = await worker.getNextJob(TOKEN);
    if (!taken) throw new Error('there was no job to take');
    job = taken;
  });
  afterEach(async () => {
    await worker.close();
    await queue.obliterate({ force: true });
    await queue.close();
    redis.disconnect();
  });

  it('is waited for, so that the row’s next job is not refused for its id', async () => {
    const { getNotificationsQueue } = await import('../src/utils/notificationsQueue');
    const backendQueue = await getNotificationsQueue();
    const remove = backendQueue.remove.bind(backendQueue);
    const spied = vi.spyOn(backendQueue, 'remove').mockImplementationOnce(async (jobId) => {
      const removed = await remove(jobId);
      // It ends in the moment after it could not be removed.
      await job.moveToFailed(new Error('because'), TOKEN, false);
      return removed;
    });
    expect(await retry([id])).toMatchObject({ status: 200, body: { decided: [id] } });
    expect(spied).toHaveBeenCalledTimes(2);
    spied.mockRestore();
    expect(await queue.getJob(`n-${id}`)).toBeUndefined();
    expect(await statusOf(id)).toBe('pending');
  });

  it('leaves everything as it is where it stays in hand', async () => {
    expect(await retry([id])).toMatchObject({ status: 503 });
    expect(await statusOf(id)).toBe('dead');
    expect(await queue.getJob(`n-${id}`)).toBeDefined();
    await job.moveToFailed(new Error('because'), TOKEN, false);
  });
});

it('discards all', async () => {
  const ids = [await writeDead(), await writeDead()];
  const { body } = await call(route, { body: { decision: 'discard', ids: 'all' }, token: staff });
  expect(body).toEqual({ decided: expect.arrayContaining(ids) });
  expect(await statusOf(ids[0] ?? '')).toBe('discarded');
});

it.each([{ decision: 'burn', ids: 'all' }, { decision: 'retry', ids: [] }, { decision: 'retry', ids: ['x'] }, {}])(
  'refuses %j',
  async (body) => {
    expect(await call(route, { body, token: staff })).toMatchObject({ status: 400 });
  },
);

it('changes nothing while the queue is away', async () => {
  const id = await writeDead();
  await harness.context.stopRedis();
  try {
    expect(await retry([id])).toMatchObject({ status: 503 });
    expect(await statusOf(id)).toBe('dead');
  } finally {
    await harness.context.startRedis();
  }
});
