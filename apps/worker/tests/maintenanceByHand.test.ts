import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dueAtOf } from '../src/maintenance/periods';
import { type ByHandError, dryRun, runByHand } from '../src/maintenance/runByHand';
import { schedules } from '../src/maintenance/schedules';
import { emptyMarket, favorite, insertEvent, insertListing, outboxTypes, settings } from './maintenanceFixture';
import { insertUser, insertUsers } from './support';

const appDirectory = new URL('..', import.meta.url).pathname;

let context: TestContext;
let pool: pg.Pool;
let owner: number;

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl });
});
afterAll(async () => {
  await pool?.end();
  await context?.dispose();
});
beforeEach(async () => {
  await emptyMarket(pool);
  owner = await insertUser(pool, { email: 'owner@example.com' });
});

/** The command as staff type it. */
const job = async (...args: string[]): Promise<{ code: unknown; output: string }> => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/job.ts', ...args], {
    cwd: appDirectory,
    env: { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_URL: context.databaseUrl },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = await once(child, 'close');
  return { code, output };
};

const byHand = (name: string, at: Date) => ({ pool, settings, logger: pino({ level: 'silent' }), name, at });

const hoursFrom = (moment: Date, hours: number): string => new Date(moment.getTime() + hours * 3_600_000).toISOString();

/** 120 people have saved an event that starts in just under a day. */
const eventOfTomorrow = async (now: Date): Promise<void> => {
  const id = await insertEvent(pool, {
    ownerId: owner,
    startsAt: hoursFrom(now, 23.5),
    endsAt: hoursFrom(now, 25),
    title: 'Chamber music',
  });
  await favorite(pool, { userIds: await insertUsers(pool, { count: 120, prefix: 'saver' }), listingId: id });
};

const jobRuns = async () => (await pool.query('SELECT name, period, status, outcome FROM job_runs ORDER BY id')).rows;

describe('a dry run', () => {
  test('tells what would be sent and to how many, no address, and changes nothing', async () => {
    await eventOfTomorrow(new Date());
    const { code, output } = await job('event-reminders', '--dry-run');
    expect(output).toContain('event-reminders, due ');
    expect(output).toContain('event.reminder.24h: 2 rows to 120 recipients\n    Chamber music\n');
    expect(output).not.toContain('@');
    expect(code).toBe(0);
    expect(await outboxTypes(pool)).toEqual({});
    expect(await jobRuns()).toEqual([]);
  });

  test.each(Object.keys(schedules))('of %s leaves everything as it is', async (name) => {
    const now = new Date();
    await eventOfTomorrow(now);
    const mill = await insertListing(pool, { ownerId: owner, deletedAt: hoursFrom(now, -40 * 24) });
    await pool.query(
      `INSERT INTO bookings (kind, listing_id, type, status, starts_at, ends_at, time_zone)
       VALUES ('locations', $1, 'stay', 'confirmed', $2, $3, 'UTC')`,
      [mill, hoursFrom(now, -10), hoursFrom(now, -9)],
    );
    const image = async () =>
      (
        await pool.query(
          `SELECT (SELECT jsonb_agg(to_jsonb(l)) FROM locations AS l) AS locations,
                  (SELECT jsonb_agg(to_jsonb(b)) FROM bookings AS b) AS bookings,
                  (SELECT count(*)::int FROM notification_outbox) AS outbox, (SELECT count(*)::int FROM job_runs) AS runs`,
        )
      ).rows;
    const before = await image();
    await dryRun(byHand(name, now));
    expect(await image()).toEqual(before);
  });

  test('looks at any time', async () => {
    await eventOfTomorrow(new Date('2031-05-05T12:00:00Z'));
    const { mails, dueAt } = await dryRun(byHand('event-reminders', new Date('2031-05-05T12:07:00Z')));
    expect(dueAt).toEqual(new Date('2031-05-05T12:00:00Z'));
    expect(mails).toEqual([{ type: 'event.reminder.24h', rows: 2, recipients: 120, listings: ['Chamber music'] }]);
    await pool.query(`INSERT INTO verifications (user_id, legal_name) VALUES ($1, 'Ana Pop')`, [owner]);
    const digest = await dryRun(byHand('admin-digest', new Date('2031-05-05T12:07:00Z')));
    expect(digest.mails).toEqual([{ type: 'admin.digest.daily', rows: 1, recipients: 'staff', listings: [] }]);
  });
});

describe('a run by hand', () => {
  test('does the job, keeps that it did, and sends nothing again when it is repeated', async () => {
    await eventOfTomorrow(new Date());
    const first = await job('event-reminders');
    expect(first).toMatchObject({ code: 0, output: expect.stringContaining(': done.') });
    expect(await outboxTypes(pool)).toEqual({ 'event.reminder.24h': 2 });
    expect(await job('event-reminders')).toMatchObject({ code: 0 });
    expect(await outboxTypes(pool)).toEqual({ 'event.reminder.24h': 2 });
    const runs = await jobRuns();
    expect(runs).toMatchObject([
      { name: 'event-reminders', status: 'done', outcome: { 'event.reminder.24h': { rows: 2, recipients: 120 } } },
      { name: 'event-reminders', status: 'done', outcome: { 'event.reminder.24h': { rows: 0, recipients: 0 } } },
    ]);
    // A worker that takes up one that was left unfinished knows what it is for.
    expect(dueAtOf(runs[0].period).getUTCMinutes() % 15).toBe(0);
  });

  const refusal = (name: string, at: Date) =>
    runByHand(byHand(name, at)).then(
      () => 'was done',
      (error: ByHandError) => error.message,
    );

  test('is refused for what is to come, and for what is so long ago that it could be sent twice', async () => {
    expect(await refusal('weekly-stats', new Date(Date.now() + 86_400_000))).toMatch(/still to come/);
    expect(await refusal('weekly-stats', new Date(Date.now() - 40 * 86_400_000))).toMatch(/is forgotten/);
    expect(await refusal('tea', new Date())).toMatch(/no job by the name tea/);
    expect(await jobRuns()).toEqual([]);
  });

  test('that fails says why, and keeps it', async () => {
    await pool.query('ALTER FUNCTION worker_happened_on(date) RENAME TO hidden');
    try {
      const { code, output } = await job('admin-digest');
      expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('worker_happened_on') });
    } finally {
      await pool.query('ALTER FUNCTION hidden(date) RENAME TO worker_happened_on');
    }
    expect(await jobRuns()).toMatchObject([{ name: 'admin-digest', status: 'failed' }]);
    expect(await outboxTypes(pool)).toEqual({});
  });
});

test('without a name all jobs are listed, with when they are due and how they last went', async () => {
  await pool.query(
    `INSERT INTO job_runs (name, period, status, finished_at, error) VALUES
       ('prune', 'a', 'done', '2026-03-01T03:17:01Z', NULL), ('prune', 'b', 'failed', '2026-03-02T03:17:01Z', 'no room')`,
  );
  const { code, output } = await job();
  expect(code).toBe(0);
  for (const [name, { does }] of Object.entries(schedules)) {
    expect(output).toContain(name);
    expect(output).toContain(does);
  }
  expect(output).toMatch(/prune +17 3 \* \* \* +last: failed 2026-03-02T03:17:01\.000Z \(no room\)/);
  expect(output).toMatch(/weekly-stats +30 6 \* \* 1 +never ran/);
});

test.each([
  [['tea']],
  [['prune', '--at', 'tomorrow']],
  [['prune', '--at', '2026-02-30T25:00Z']],
  [['prune', 'admin-digest']],
  [['prune', '--dry']],
])('a wrong call ends with 2: %j', async (args) => {
  expect(await job(...args)).toMatchObject({ code: 2 });
});
