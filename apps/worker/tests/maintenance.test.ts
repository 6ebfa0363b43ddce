import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { takeSendSlot } from '../src/mail/sendSlot';
import { beat, lastBeat } from '../src/maintenance/heartbeat';
import { cronOf, latestDue } from '../src/maintenance/periods';
import { addOverdue, catchUp, createMaintenanceJobs, makeDue } from '../src/maintenance/runSchedules';
import { schedules } from '../src/maintenance/schedules';
import { findLostWorkers } from '../src/stalledJobs';
import type { RunningWorker } from '../src/startWorker';
import { insertUser, openTestQueues, startTestWorker, type TestQueues, until, workerEnvOf } from './support';

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
  await pool.query(
    'DELETE FROM job_runs; DELETE FROM leases; DELETE FROM notification_log; DELETE FROM notification_outbox; DELETE FROM flush_batches; DELETE FROM users; DELETE FROM notification_batches; DELETE FROM webhook_events; DELETE FROM notification_decisions',
  );
  await queues.forget();
});

afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

const runner = () => ({
  sql: pool,
  settings: workerEnvOf(context),
  now: () => new Date(),
  logger: pino({ level: 'silent' }),
  jobs: createMaintenanceJobs(queues.maintenance, () => true),
});

/** A closed row of 31 days ago and a mail of then; the same of yesterday. */
const writeHistory = async () => {
  await pool.query(`
    INSERT INTO notification_outbox (id, type, payload, status, priority, closed_at) VALUES
      ('old', 'user.welcome', '{}', 'sent', 5, now() - interval '31 days'),
      ('new', 'user.welcome', '{}', 'sent', 5, now() - interval '1 day'),
      ('open', 'user.welcome', '{}', 'relayed', 5, NULL);
    INSERT INTO notification_log (outbox_id, recipient_no, type, recipient, status, attempted_at, settled_at) VALUES
      ('ancient', 0, 'user.welcome', 'a@example.com', 'sent', now() - interval '181 days', now() - interval '181 days'),
      ('old', 0, 'user.welcome', 'Ana@example.com', 'sent', now() - interval '31 days', now() - interval '31 days'),
      ('new', 0, 'user.welcome', 'ana@example.com', 'sent', now() - interval '1 day', now() - interval '1 day');
    INSERT INTO notification_batches (id, type, status, leader, entries, settled_at) VALUES
      ('old', 'user.welcome', 'settled', 'old', '[]', now() - interval '31 days'),
      ('new', 'user.welcome', 'settled', 'new', '[]', now() - interval '1 day');
    INSERT INTO webhook_events (id, type, outcome, created_at) VALUES
      ('old', 'delivered', 'applied', now() - interval '31 days'), ('new', 'delivered', 'applied', now());
    INSERT INTO notification_decisions (outbox_id, type, decision, decided_by, status_before, created_at) VALUES
      ('ancient', 'user.welcome', 'retry', 'staff', 'dead', now() - interval '181 days'),
      ('new', 'user.welcome', 'retry', 'staff', 'dead', now());
    INSERT INTO flush_batches (id, applied_at, acknowledged_at) VALUES
      ('acknowledged', now() - interval '31 days', now() - interval '31 days'),
      ('waiting', now() - interval '31 days', NULL);
  `);
};

const idsOf = async (table: string): Promise<string[]> => {
  const { rows } = await pool.query<{ id: string }>(`SELECT id::text FROM ${table} ORDER BY id`);
  return rows.map(({ id }) => id);
};

describe('a scheduled run', () => {
  const dueAt = new Date('2026-03-10T03:17:00Z');
  const due = () => makeDue(runner(), { name: 'prune', schedule: schedules.prune, dueAt });

  test('without work makes neither a row nor a job', async () => {
    expect(await due()).toBe(false);
    expect(await idsOf('job_runs')).toEqual([]);
    expect(await queues.maintenance.count()).toBe(0);
  });

  test('waits while the queue can not be reached', async () => {
    await writeHistory();
    const jobs = createMaintenanceJobs(queues.maintenance, () => false);
    expect(await makeDue({ ...runner(), jobs }, { name: 'prune', schedule: schedules.prune, dueAt })).toBe(false);
    expect(await idsOf('job_runs')).toEqual([]);
  });

  test('is due once, whoever asks', async () => {
    await writeHistory();
    const made = await Promise.all([due(), due(), due()]);
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await idsOf('job_runs')).toHaveLength(1);
    expect(await queues.maintenance.count()).toBe(1);
  });

  test('is worked off by the worker, which keeps what it did', async () => {
    await writeHistory();
    worker = await startTestWorker(context);
    // The run of the last night is made up for at the start.
    await until('the run is done', async () => {
      const { rows } = await pool.query(`SELECT 1 FROM job_runs WHERE name = 'prune' AND status = 'done'`);
      return rows.length === 1;
    });
    const { rows } = await pool.query(`SELECT outcome, period FROM job_runs WHERE name = 'prune'`);
    expect(rows[0].outcome).toMatchObject({
      hashed_recipients: 2,
      notification_outbox: 1,
      notification_log: 1,
      flush_batches: 1,
      notification_batches: 1,
      webhook_events: 1,
      notification_decisions: 1,
    });
    expect(rows[0].period).toMatch(/T03:17:00\.000Z$/);
    expect(await idsOf('notification_outbox')).toEqual(['new', 'open']);
    expect(await idsOf('flush_batches')).toEqual(['waiting']);
    for (const table of ['notification_batches', 'webhook_events']) expect(await idsOf(table)).toEqual(['new']);
    const log = await pool.query('SELECT outbox_id, recipient FROM notification_log ORDER BY outbox_id');
    expect(log.rows).toEqual([
      { outbox_id: 'new', recipient: 'ana@example.com' },
      {
        outbox_id: 'old',
        // of ana@example.com
        recipient: 'sha256:8e43ca37701228e74983efdbd0cff5c16b3b1e5d4e29a7c05626d4d25a018e11',
      },
    ]);
  });

  test('that was missed too long ago is not made up for', async () => {
    await writeHistory();
    const schedule = { ...schedules.prune, catchUpHours: 20 };
    const caughtUp = (now: string) => catchUp(runner(), { name: 'prune', schedule, now: new Date(now) });
    expect(await caughtUp('2026-03-11T00:00:00Z')).toBe(false);
    expect(await caughtUp('2026-03-10T20:00:00Z')).toBe(true);
    expect(await caughtUp('2026-03-10T20:05:00Z')).toBe(false);
  });

  test('that was missed several times is made up for once, for the latest', async () => {
    await writeHistory();
    const caughtUp = () =>
      catchUp(runner(), { name: 'prune', schedule: schedules.prune, now: new Date('2026-03-14T09:00:00Z') });
    expect((await Promise.all([caughtUp(), caughtUp()])).filter(Boolean)).toHaveLength(1);
    expect(await caughtUp()).toBe(false);
    const { rows } = await pool.query('SELECT period FROM job_runs');
    expect(rows).toEqual([{ period: '2026-03-14T03:17:00.000Z' }]);
  });

  test('asks its own question no more once it is known to be due', async () => {
    let asked = 0;
    const schedule = {
      ...schedules.prune,
      hasWork: async () => {
        asked += 1;
        return true;
      },
    };
    const again = () => makeDue(runner(), { name: 'prune', schedule, dueAt });
    expect([await again(), await again(), await again()]).toEqual([true, false, false]);
    expect(asked).toBe(1);
  });

  test('is due at the time that the environment names', async () => {
    const digest = schedules['admin-digest'];
    expect(cronOf(digest, workerEnvOf(context))).toBe('0 7 * * *');
    expect(cronOf(digest, workerEnvOf(context, { ADMIN_DIGEST_TIME: '18:05' }))).toBe('5 18 * * *');
    await insertUser(pool, { email: 'staff@example.com', roles: ['admin'] });
    const atFive = { ...runner(), settings: workerEnvOf(context, { ADMIN_DIGEST_TIME: '18:05' }) };
    const caughtUp = (now: string) => catchUp(atFive, { name: 'admin-digest', schedule: digest, now: new Date(now) });
    expect(await caughtUp('2026-03-10T18:04:00Z')).toBe(false);
    expect(await caughtUp('2026-03-10T18:05:00Z')).toBe(true);
    const { rows } = await pool.query('SELECT period FROM job_runs');
    expect(rows).toEqual([{ period: '2026-03-10T18:05:00.000Z' }]);
  });

  test('of two workers is worked off by one, and its mail sent once', async () => {
    await insertUser(pool, { email: 'staff2@example.com', roles: ['admin'] });
    const now = () => new Date(`${new Date().toISOString().slice(0, 10)}T07:00:00Z`);
    const [first, second] = await Promise.all([1, 2].map(() => startTestWorker(context, { now })));
    worker = first;
    try {
      await until('the digest is sent', async () => {
        const { rows } = await pool.query(
          `SELECT FROM notification_outbox WHERE type = 'admin.digest.daily' AND status = 'sent'`,
        );
        return rows.length === 1;
      });
    } finally {
      await second?.stop();
    }
    const digests = context.mailbox.mails().filter(({ to }) => to.includes('staff2@example.com'));
    expect(digests).toHaveLength(1);
    const { rows } = await pool.query(`SELECT status FROM job_runs WHERE name = 'admin-digest'`);
    expect(rows).toEqual([{ status: 'done' }]);
  });

  test('whose period nobody can read fails and says so', async () => {
    await pool.query(
      `INSERT INTO job_runs (name, period, status, due_at) VALUES ('prune', 'soon', 'due', now() - interval '6 minutes')`,
    );
    worker = await startTestWorker(context);
    await until('the run failed', async () => {
      const { rows } = await pool.query(`SELECT FROM job_runs WHERE period = 'soon' AND status = 'failed'`);
      return rows.length === 1;
    });
    const { rows } = await pool.query(`SELECT error FROM job_runs WHERE period = 'soon'`);
    expect(rows).toEqual([{ error: 'the period soon names no time' }]);
  });

  test('whose job got lost is added again', async () => {
    await writeHistory();
    await due();
    await queues.forget();
    expect(await addOverdue(runner())).toBe(0);
    await pool.query(`UPDATE job_runs SET due_at = now() - interval '6 minutes'`);
    expect(await addOverdue(runner())).toBe(1);
    expect(await queues.maintenance.count()).toBe(1);
    await pool.query(`UPDATE job_runs SET name = 'somebody-else'`);
    expect(await addOverdue(runner())).toBe(0);
  });
});

test('the latest run is the one at or before now', () => {
  expect(latestDue('17 3 * * *', new Date('2026-03-10T03:17:00Z'))).toEqual(new Date('2026-03-10T03:17:00Z'));
  expect(latestDue('17 3 * * *', new Date('2026-03-10T03:16:58Z'))).toEqual(new Date('2026-03-09T03:17:00Z'));
});

test('a heartbeat is one row a process, which goes with it', async () => {
  await beat(pool, 'host-1');
  await beat(pool, 'host-1');
  const { rows } = await pool.query(
    `SELECT holder, expires_at > now() AS alive FROM leases WHERE name LIKE 'worker:%'`,
  );
  expect(rows).toEqual([{ holder: 'host-1', alive: true }]);
  await lastBeat(pool, 'host-1');
  expect(await idsOf('leases')).toEqual([]);
});

test('a worker that ended without a word is missed when its heart has stopped, or by one that has just started', async () => {
  const isMissed = (hasJustStarted: boolean) => findLostWorkers(pool, { processName: 'host-2', hasJustStarted });
  await beat(pool, 'host-2');
  expect(await isMissed(true)).toBe(false);
  await beat(pool, 'host-1');
  expect(await isMissed(false)).toBe(false);
  expect(await isMissed(true)).toBe(true);
  await pool.query(`UPDATE leases SET expires_at = now() - interval '1 second' WHERE holder = 'host-1'`);
  expect(await isMissed(false)).toBe(true);
  await lastBeat(pool, 'host-1');
  expect(await isMissed(true)).toBe(false);
});

describe('the rate', () => {
  test('is one for everybody who asks, also at the same time', async () => {
    const take = () => takeSendSlot(pool, { requestsPerSecond: 2, holder: 'test' });
    const waits = (await Promise.all(Array.from({ length: 8 }, take)))
      .map(({ waitMs }) => waitMs)
      .sort((a, b) => a - b);
    // Eight slots of 500 ms: the last one is 3,500 ms off, less the time that asking took.
    expect(waits[0]).toBeLessThan(200);
    expect(waits.at(-1)).toBeGreaterThan(3_000);
    expect(waits.at(-1)).toBeLessThanOrEqual(3_501);
    const gaps = waits.slice(1).map((wait, index) => wait - (waits[index] ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThan(300);
  });

  test('a slot that was not used is not saved up', async () => {
    await takeSendSlot(pool, { requestsPerSecond: 10, holder: 'test' });
    await pool.query(`UPDATE leases SET expires_at = now() - interval '1 minute'`);
    expect((await takeSendSlot(pool, { requestsPerSecond: 10, holder: 'test' })).waitMs).toBeLessThan(5);
    expect((await takeSendSlot(pool, { requestsPerSecond: 10, holder: 'test' })).waitMs).toBeGreaterThan(50);
  });
});
