import { setTimeout as sleep } from 'node:timers/promises';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type AddJobs,
  beginAttempt,
  closeOutboxRow,
  countOpenOutboxRows,
  freezeRecipients,
  loadOutboxRow,
  msUntilNextDue,
  type OutboxRelay,
  postponeOutboxRow,
  type RelayJob,
  relayPending,
  settleAttempt,
  startOutboxRelay,
  sweep,
  withdrawAttempt,
  writeNotification,
  writeNotifications,
} from '../src/index';

let context: TestContext;
let pool: pg.Pool;

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl });
});

afterAll(async () => {
  await pool?.end();
  await context?.dispose();
});

beforeEach(async () => {
  await pool.query('DELETE FROM notification_outbox; DELETE FROM notification_log');
});

const write = (userId = 1) => writeNotification(pool, { type: 'user.welcome.client', payload: { userId } });

const statusOf = async (id: string): Promise<string | undefined> => {
  const { rows } = await pool.query('SELECT status FROM notification_outbox WHERE id = $1', [id]);
  return rows[0]?.status;
};

/** A queue that remembers what it was given, by id, as BullMQ does. */
const createQueue = () => {
  const jobs = new Map<string, RelayJob>();
  const calls: RelayJob[][] = [];
  const addJobs: AddJobs = async (batch) => {
    calls.push(batch);
    for (const job of batch) jobs.set(job.opts.jobId, job);
  };
  return { jobs, calls, addJobs };
};

const until = async (condition: () => boolean | Promise<boolean>, timeoutMs = 5_000): Promise<void> => {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('the condition was not met in time');
    await sleep(10);
  }
};

describe('writing', () => {
  test('a change that is rolled back leaves no notification', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    const id = await writeNotification(client, { type: 'user.welcome.client', payload: { userId: 1 } });
    await client.query('ROLLBACK');
    client.release();
    expect(await statusOf(id)).toBeUndefined();
  });

  test('the same id twice is one row', async () => {
    const id = '6f1d9a2c-5a5e-4c0a-9b7e-0d6f1b2c3d4e';
    const entry = { type: 'user.welcome.client', payload: { userId: 1 }, id } as const;
    await writeNotification(pool, entry);
    await writeNotification(pool, entry);
    const { rows } = await pool.query('SELECT count(*)::int AS count FROM notification_outbox');
    expect(rows[0].count).toBe(1);
  });
});

describe('relaying', () => {
  test('rows go to the queue most urgent first, by their ids, and nothing of the person goes along', async () => {
    const [bulk, ordinary, security] = await writeNotifications(pool, [
      { type: 'user.welcome.client', payload: { userId: 1 }, priority: 'bulk' },
      { type: 'user.welcome.client', payload: { userId: 1 } },
      { type: 'user.reset.start', payload: { userId: 1, token: 'a-secret-token-of-the-link' } },
    ]);
    const queue = createQueue();
    expect(await relayPending({ pool, addJobs: queue.addJobs })).toEqual({ relayed: 3, batches: 1 });
    expect(queue.calls[0]).toEqual([
      { name: 'send', data: { outboxId: security }, opts: { jobId: `n-${security}` } },
      { name: 'send', data: { outboxId: ordinary }, opts: { jobId: `n-${ordinary}`, priority: 5 } },
      { name: 'send', data: { outboxId: bulk }, opts: { jobId: `n-${bulk}`, priority: 10 } },
    ]);
    expect(await statusOf(security ?? '')).toBe('relayed');
  });

  test('of the many that go out together every hundredth has a job, of its own type', async () => {
    const entry = { type: 'user.welcome.client', payload: { userId: 1 }, priority: 'bulk' } as const;
    await writeNotifications(
      pool,
      Array.from({ length: 250 }, () => entry),
    );
    await writeNotifications(pool, [{ ...entry, type: 'user.welcome.host' }]);
    const queue = createQueue();
    expect(await relayPending({ pool, addJobs: queue.addJobs, limit: 1_000 })).toEqual({ relayed: 251, batches: 1 });
    expect(queue.jobs.size).toBe(4);
    const { rows } = await pool.query<{ status: string; count: number }>(
      'SELECT status, count(*)::int AS count FROM notification_outbox GROUP BY status',
    );
    expect(rows).toEqual([{ status: 'relayed', count: 251 }]);
  });

  test('an empty outbox does not touch the queue', async () => {
    const queue = createQueue();
    expect(await relayPending({ pool, addJobs: queue.addJobs })).toEqual({ relayed: 0, batches: 0 });
    expect(await sweep({ pool, addJobs: queue.addJobs })).toEqual({ relayed: 0, batches: 0 });
    expect(queue.calls).toEqual([]);
  });

  test('goes on until none is left', async () => {
    for (let userId = 1; userId <= 5; userId += 1) await write(userId);
    const queue = createQueue();
    expect(await relayPending({ pool, addJobs: queue.addJobs, limit: 2 })).toEqual({ relayed: 5, batches: 3 });
    expect(queue.jobs.size).toBe(5);
  });

  test('a queue that fails leaves the rows pending', async () => {
    const id = await write();
    const failing: AddJobs = async () => {
      throw new Error('no queue');
    };
    await expect(relayPending({ pool, addJobs: failing })).rejects.toThrow('no queue');
    expect(await statusOf(id)).toBe('pending');
    const { rows } = await pool.query('SELECT relay_count::int AS count FROM notification_outbox');
    expect(rows[0].count).toBe(0);
  });

  test('a queue that does not answer gives the rows back', async () => {
    const id = await write();
    const silent: AddJobs = () => new Promise(() => undefined);
    await expect(relayPending({ pool, addJobs: silent, addTimeoutMs: 50 })).rejects.toThrow('within 50 ms');
    expect(await statusOf(id)).toBe('pending');
  });

  test('two relays at once take each row once', async () => {
    await writeNotifications(
      pool,
      Array.from({ length: 60 }, (_, index) => ({
        type: 'user.welcome.client' as const,
        payload: { userId: index + 1 },
      })),
    );
    const taken: string[] = [];
    let inCall = 0;
    let overlapped = false;
    const addJobs: AddJobs = async (jobs) => {
      inCall += 1;
      overlapped ||= inCall > 1;
      taken.push(...jobs.map((job) => job.opts.jobId));
      // Holds the transaction open until the other relay is in its own.
      await until(() => inCall > 1 || overlapped, 2_000);
      inCall -= 1;
    };
    await Promise.all([relayPending({ pool, addJobs, limit: 7 }), relayPending({ pool, addJobs, limit: 7 })]);
    expect(overlapped).toBe(true);
    expect(taken).toHaveLength(60);
    expect(new Set(taken).size).toBe(60);
  });

  test('a later mail waits for its time', async () => {
    const notBefore = new Date(Date.now() + 60_000);
    await writeNotification(pool, { type: 'user.welcome.client', payload: { userId: 1 }, notBefore });
    const queue = createQueue();
    expect((await relayPending({ pool, addJobs: queue.addJobs })).relayed).toBe(0);
    const ms = await msUntilNextDue(pool);
    expect(ms).toBeGreaterThan(50_000);
    expect(ms).toBeLessThanOrEqual(60_000);
    const now = new Date(notBefore.getTime() + 1);
    expect((await relayPending({ pool, addJobs: queue.addJobs, now })).relayed).toBe(1);
  });
});

describe('sweeping', () => {
  test('adds again what stays open, each time after twice as long', async () => {
    const id = await write();
    const queue = createQueue();
    const start = Date.now();
    const at = (minutes: number) => new Date(start + minutes * 60_000);
    await relayPending({ pool, addJobs: queue.addJobs, now: at(0) });
    const swept = async (minutes: number) => (await sweep({ pool, addJobs: queue.addJobs, now: at(minutes) })).relayed;
    expect(await swept(4)).toBe(0);
    expect(await swept(5)).toBe(1);
    expect(await swept(14)).toBe(0);
    expect(await swept(15)).toBe(1);
    expect(await swept(34)).toBe(0);
    expect(await swept(35)).toBe(1);
    expect([...queue.jobs.keys()]).toEqual([`n-${id}`]);
  });

  test('never waits longer than six hours', async () => {
    const id = await write();
    await pool.query(
      `UPDATE notification_outbox SET status = 'relayed', relay_count = 40, relayed_at = now() - interval '6 hours 1 minute'`,
    );
    const queue = createQueue();
    expect((await sweep({ pool, addJobs: queue.addJobs })).relayed).toBe(1);
    expect([...queue.jobs.keys()]).toEqual([`n-${id}`]);
  });

  test('leaves closed rows alone', async () => {
    const id = await write();
    const queue = createQueue();
    await relayPending({ pool, addJobs: queue.addJobs });
    await closeOutboxRow(pool, { id, status: 'sent' });
    const tomorrow = new Date(Date.now() + 86_400_000);
    expect((await sweep({ pool, addJobs: queue.addJobs, now: tomorrow })).relayed).toBe(0);
  });
});

describe('rows', () => {
  const recipient = { no: 0, userId: 1, email: 'ana@example.com', displayName: 'Ana', locale: 'ro' } as const;

  test('the first to freeze the recipients decides', async () => {
    const id = await write();
    const other = { ...recipient, email: 'new@example.com' };
    expect(await freezeRecipients(pool, { id, recipients: [recipient] })).toEqual([recipient]);
    expect(await freezeRecipients(pool, { id, recipients: [other] })).toEqual([recipient]);
    const row = await loadOutboxRow(pool, id);
    expect(row?.recipients).toEqual([recipient]);
    expect(row?.firstAttemptAt).toBeInstanceOf(Date);
  });

  test('a row is closed once, and its secret goes with it', async () => {
    const id = await writeNotification(pool, {
      type: 'user.welcome',
      payload: { userId: 1, token: 'a-secret-token-of-the-link' },
    });
    expect(await closeOutboxRow(pool, { id, status: 'sent' })).toBe(true);
    expect(await closeOutboxRow(pool, { id, status: 'dead', error: 'too late' })).toBe(false);
    const row = await loadOutboxRow(pool, id);
    expect(row).toMatchObject({ status: 'sent', payload: { userId: 1 } });
    expect(row?.closedAt).toBeInstanceOf(Date);
  });

  test('the addresses that a payload had to carry go as well', async () => {
    const id = await writeNotification(pool, {
      type: 'user.email.changed',
      payload: { userId: 1, oldEmail: 'old@example.com', newEmail: 'new@example.com' },
    });
    await closeOutboxRow(pool, { id, status: 'suppressed' });
    expect((await loadOutboxRow(pool, id))?.payload).toEqual({ userId: 1 });
  });

  test('a dead row keeps its secret: it may be tried again by hand', async () => {
    const payload = { userId: 1, token: 'a-secret-token-of-the-link' };
    const id = await writeNotification(pool, { type: 'user.welcome', payload });
    await closeOutboxRow(pool, { id, status: 'dead', error: 'refused' });
    expect((await loadOutboxRow(pool, id))?.payload).toEqual(payload);
  });

  test('a postponed row is pending and not due', async () => {
    const id = await write();
    await freezeRecipients(pool, { id, recipients: [recipient] });
    await postponeOutboxRow(pool, { id, delaySeconds: 30, reason: 'Resend is away', restartWindow: true });
    expect(await loadOutboxRow(pool, id)).toMatchObject({ status: 'pending', isDue: false, firstAttemptAt: null });
    expect(await countOpenOutboxRows(pool)).toMatchObject({ pending: 1, relayed: 0 });
  });
});

describe('attempts', () => {
  const attempt = (outboxId: string) => ({
    outboxId,
    recipientNo: 0,
    type: 'user.welcome.client',
    recipient: 'ana@example.com',
    userId: 1,
  });

  test('one for each recipient, whoever asks', async () => {
    const outboxId = await write();
    const first = await beginAttempt(pool, attempt(outboxId));
    const second = await beginAttempt(pool, attempt(outboxId));
    expect(first).toMatchObject({ status: 'attempting', isFresh: true, isExpired: false });
    expect(second).toEqual({ ...first, isFresh: false });
  });

  test('one that was settled tells its outcome', async () => {
    const outboxId = await write();
    const { logId } = await beginAttempt(pool, attempt(outboxId));
    await settleAttempt(pool, { logId, status: 'sent', messageId: 'm-1' });
    expect(await beginAttempt(pool, attempt(outboxId))).toMatchObject({ status: 'sent' });
    await settleAttempt(pool, { logId, status: 'failed', error: 'too late' });
    expect(await beginAttempt(pool, attempt(outboxId))).toMatchObject({ status: 'sent' });
  });

  test('one that was taken back begins anew, one that is 23 hours old is over', async () => {
    const outboxId = await write();
    const { logId } = await beginAttempt(pool, attempt(outboxId));
    await withdrawAttempt(pool, logId);
    expect(await beginAttempt(pool, attempt(outboxId))).toMatchObject({ isFresh: true });
    await pool.query(`UPDATE notification_log SET attempted_at = now() - interval '23 hours 1 minute'`);
    expect(await beginAttempt(pool, attempt(outboxId))).toMatchObject({ isFresh: false, isExpired: true });
  });
});

describe('the running relay', () => {
  const lines: string[] = [];
  const note = (_fields: object, message: string) => void lines.push(message);
  const logger = { debug: note, info: note, warn: note };
  let relay: OutboxRelay | undefined;

  afterEach(async () => {
    await relay?.stop();
    relay = undefined;
    lines.length = 0;
  });

  const start = (addJobs: AddJobs) =>
    startOutboxRelay({ pool, connectionString: context.databaseUrl, addJobs, logger, sweepIntervalMs: 600_000 });

  test('is woken by a commit, not before it', async () => {
    const queue = createQueue();
    relay = start(queue.addJobs);
    await until(() => relay?.state().listening === true && relay.state().lastPassAt !== null);
    const client = await pool.connect();
    await client.query('BEGIN');
    const id = await writeNotification(client, { type: 'user.welcome.client', payload: { userId: 1 } });
    // A pass while the transaction is open must not see the row.
    await relay.wake();
    expect(queue.jobs.size).toBe(0);
    await client.query('COMMIT');
    client.release();
    await until(() => relay?.state().relayed === 1);
    expect(queue.jobs.has(`n-${id}`)).toBe(true);
    expect(relay.state().lastError).toBeNull();
  });

  test('takes what was left before it started', async () => {
    const id = await write();
    const queue = createQueue();
    relay = start(queue.addJobs);
    await until(() => queue.jobs.has(`n-${id}`));
  });

  test('wakes by itself when a later mail is due', async () => {
    const queue = createQueue();
    relay = start(queue.addJobs);
    await until(() => relay?.state().listening === true);
    const notBefore = new Date(Date.now() + 300);
    const id = await writeNotification(pool, { type: 'user.welcome.client', payload: { userId: 1 }, notBefore });
    await until(() => queue.jobs.has(`n-${id}`));
    expect(Date.now()).toBeGreaterThanOrEqual(notBefore.getTime());
  });

  test('comes back after Postgres has cut its connection', async () => {
    const queue = createQueue();
    relay = start(queue.addJobs);
    await until(() => relay?.state().listening === true && relay.state().lastPassAt !== null);
    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`,
    );
    await until(() => relay?.state().listening === false);
    const id = await write();
    await until(() => relay?.state().listening === true && queue.jobs.has(`n-${id}`));
    expect(lines).toContain('lost the outbox listener');
  });

  test('tells why it could not relay, and goes on when woken', async () => {
    let isAway = true;
    const queue = createQueue();
    relay = start(async (jobs) => {
      if (isAway) throw new Error('Redis is away');
      return queue.addJobs(jobs);
    });
    const id = await write();
    await until(() => relay?.state().lastError === 'Redis is away');
    isAway = false;
    await relay.wake();
    expect(queue.jobs.has(`n-${id}`)).toBe(true);
    expect(relay.state().lastError).toBeNull();
  });

  test('does nothing any more once it is stopped', async () => {
    const queue = createQueue();
    relay = start(queue.addJobs);
    await until(() => relay?.state().listening === true);
    await relay.stop();
    await write();
    await relay.wake();
    expect(queue.jobs.size).toBe(0);
  });
});
