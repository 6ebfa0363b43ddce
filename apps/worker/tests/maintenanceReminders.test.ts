import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { fanOutNotifications, stableId } from '@convene/outbox';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { schedules } from '../src/maintenance/schedules';
import { takeLock } from '../src/postgres';
import type { RunningWorker } from '../src/startWorker';
import { book, contextAt, emptyMarket, favorite, insertEvent, mailsOf, outboxTypes, runAt } from './maintenanceFixture';
import { insertUser, insertUsers, startTestWorker, until } from './support';

const STARTS_AT = '2026-06-10T17:00:00.000Z';
const ENDS_AT = '2026-06-10T20:00:00.000Z';
const DAY_BEFORE = new Date('2026-06-09T17:00:00Z');
const minutesFrom = (moment: Date, minutes: number): Date => new Date(moment.getTime() + minutes * 60_000);

let context: TestContext;
let pool: pg.Pool;
let worker: RunningWorker | undefined;
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
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

const event = (changes: Partial<Parameters<typeof insertEvent>[1]> = {}) =>
  insertEvent(pool, { ownerId: owner, startsAt: STARTS_AT, endsAt: ENDS_AT, ...changes });

const person = (name: string) => insertUser(pool, { email: `${name}@example.com` });

const remindSavers = (at: Date, now = at) => runAt(pool, 'event-reminders', { at, now });

describe('who saved an event', () => {
  test('is reminded 24 hours before, to the minute, once', async () => {
    const id = await event();
    const ana = await person('ana');
    await favorite(pool, { userIds: [ana], listingId: id });
    expect(await remindSavers(minutesFrom(DAY_BEFORE, -1))).toBe('no work');
    expect(await remindSavers(DAY_BEFORE)).toEqual({ 'event.reminder.24h': { rows: 1, recipients: 1 } });
    expect(await remindSavers(DAY_BEFORE)).toBe('no work');
    expect(await remindSavers(minutesFrom(DAY_BEFORE, 15))).toBe('no work');
    // Also where somebody does it again without asking.
    expect(await schedules['event-reminders'].run(contextAt(pool, DAY_BEFORE), { dueAt: DAY_BEFORE })).toEqual({
      'event.reminder.24h': { rows: 0, recipients: 0 },
    });
    expect(await mailsOf(pool, 'event.reminder.24h')).toEqual([
      {
        userIds: [ana],
        event: {
          kind: 'events',
          id,
          title: 'Jazz in the courtyard',
          slug: expect.stringMatching(/^listing-/),
          startsAt: STARTS_AT,
          endsAt: ENDS_AT,
          timeZone: 'Europe/Bucharest',
          place: 'Strada Lungă 7',
        },
      },
    ]);
  });

  test.each([
    // The clocks of Bucharest go forward at 03:00 on 29 March and back at 04:00 on 25 October.
    ['2026-03-29T06:00:00.000Z', '2026-03-28T06:00:00Z', 'Europe/Bucharest'],
    ['2026-10-25T07:00:00.000Z', '2026-10-24T07:00:00Z', 'Europe/Bucharest'],
    ['2026-06-10T17:00:00.000Z', '2026-06-09T17:00:00Z', 'Pacific/Kiritimati'],
  ])('of %s is reminded at %s, whatever the clocks of %s do', async (startsAt, dayBefore, timeZone) => {
    const id = await event({ startsAt, endsAt: new Date(new Date(startsAt).getTime() + 1).toISOString(), timeZone });
    await favorite(pool, { userIds: [await person('ana')], listingId: id });
    expect(await remindSavers(minutesFrom(new Date(dayBefore), -1))).toBe('no work');
    expect(await remindSavers(new Date(dayBefore))).not.toBe('no work');
    expect(await mailsOf(pool, 'event.reminder.24h')).toMatchObject([{ event: { startsAt, timeZone } }]);
  });

  test('is reminded of the new time of an event that was moved after the first reminder', async () => {
    const id = await event();
    await favorite(pool, { userIds: [await person('ana')], listingId: id });
    await remindSavers(DAY_BEFORE);
    await pool.query(
      `UPDATE events SET starts_at = starts_at + interval '7 days', ends_at = ends_at + interval '7 days'`,
    );
    expect(await remindSavers(minutesFrom(DAY_BEFORE, 30))).toBe('no work');
    expect(await remindSavers(minutesFrom(DAY_BEFORE, 7 * 24 * 60))).not.toBe('no work');
    expect(await mailsOf(pool, 'event.reminder.24h')).toHaveLength(2);
  });

  test('within its last day is not reminded of what they have just looked at', async () => {
    const id = await event();
    await favorite(pool, { userIds: [await person('early')], listingId: id, at: DAY_BEFORE.toISOString() });
    await favorite(pool, {
      userIds: [await person('late')],
      listingId: id,
      at: minutesFrom(DAY_BEFORE, 1).toISOString(),
    });
    await remindSavers(minutesFrom(DAY_BEFORE, 15));
    expect((await mailsOf(pool, 'event.reminder.24h')).flatMap(({ userIds }) => userIds)).toHaveLength(1);
    expect(await remindSavers(minutesFrom(DAY_BEFORE, 30))).toBe('no work');
  });

  test('of one that is cancelled, deleted or not public is not reminded', async () => {
    const ana = await person('ana');
    const cancelled = await event({ cancelledAt: '2026-06-01T00:00:00Z' });
    const hidden = await event({ isLive: false });
    const gone = await event();
    await pool.query('UPDATE events SET deleted_at = now() WHERE id = $1', [gone]);
    for (const listingId of [cancelled, hidden, gone]) await favorite(pool, { userIds: [ana], listingId });
    expect(await remindSavers(DAY_BEFORE)).toBe('no work');
  });

  test('and whose account is closed is not reminded', async () => {
    const gone = await insertUser(pool, { email: 'gone@example.com', deleted: true });
    await favorite(pool, { userIds: [gone], listingId: await event() });
    expect(await remindSavers(DAY_BEFORE)).toBe('no work');
  });
});

test('who takes part is reminded of that, and not of having saved it as well', async () => {
  const id = await event();
  const [saver, both, participant, late] = await insertUsers(pool, { count: 4, prefix: 'p' });
  if (!saver || !both || !participant || !late) throw new Error('four people were asked for');
  await favorite(pool, { userIds: [saver, both], listingId: id });
  for (const clientId of [both, participant]) {
    await book(pool, { clientId, listingId: id, startsAt: STARTS_AT, endsAt: ENDS_AT });
  }
  // Was sent the confirmation a minute ago.
  await book(pool, {
    clientId: late,
    listingId: id,
    startsAt: STARTS_AT,
    endsAt: ENDS_AT,
    at: minutesFrom(DAY_BEFORE, 1).toISOString(),
  });
  const at = minutesFrom(DAY_BEFORE, 2);
  expect(await runAt(pool, 'participation-reminders', { at })).toEqual({
    'event.participation.reminder': { rows: 1, recipients: 2 },
  });
  await remindSavers(at);
  expect(await mailsOf(pool, 'event.participation.reminder')).toMatchObject([{ userIds: [both, participant] }]);
  expect(await mailsOf(pool, 'event.reminder.24h')).toMatchObject([{ userIds: [saver] }]);
  expect(await runAt(pool, 'participation-reminders', { at })).toBe('no work');
});

describe('after a stop', () => {
  beforeEach(async () => {
    await favorite(pool, { userIds: [await person('ana')], listingId: await event() });
  });

  test('the reminders are made up for until twelve hours before', async () => {
    expect(await remindSavers(minutesFrom(DAY_BEFORE, 12 * 60))).toBe('no work');
    expect(await remindSavers(minutesFrom(DAY_BEFORE, 12 * 60 - 15))).not.toBe('no work');
  });

  test('a run that comes only when the event has begun reminds nobody', async () => {
    expect(await remindSavers(DAY_BEFORE, new Date(STARTS_AT))).toBe('no work');
  });
});

describe('two at once', () => {
  const savers = 200;
  let id: number;
  let latecomer: number;

  beforeEach(async () => {
    id = await event();
    latecomer = await person('latecomer');
    await favorite(pool, { userIds: await insertUsers(pool, { count: savers, prefix: 'saver' }), listingId: id });
  });

  const reminded = async () => (await mailsOf(pool, 'event.reminder.24h')).flatMap(({ userIds }) => userIds);

  test('remind once', async () => {
    const due = { dueAt: DAY_BEFORE };
    await Promise.all([1, 2, 3].map(() => schedules['event-reminders'].run(contextAt(pool, DAY_BEFORE), due)));
    expect(await outboxTypes(pool)).toEqual({ 'event.reminder.24h': 2 });
    expect(new Set(await reminded()).size).toBe(savers);
    expect(await reminded()).toHaveLength(savers);
  });

  test('remind nobody twice where the list changes between them', async () => {
    const client = await pool.connect();
    const due = { dueAt: DAY_BEFORE };
    try {
      await client.query('BEGIN');
      await takeLock(client, 'event-reminders');
      const first = schedules['event-reminders'].run(
        { ...contextAt(pool, DAY_BEFORE), inTransaction: (_, work) => work(client) },
        due,
      );
      expect(await first).toEqual({ 'event.reminder.24h': { rows: 2, recipients: savers } });
      // Comes first on the list: whoever was the last of a hundred is the first of the next.
      await favorite(pool, { userIds: [latecomer], listingId: id });
      const second = schedules['event-reminders'].run(contextAt(pool, DAY_BEFORE), due);
      await until('the second one waits', async () => {
        const { rowCount } = await pool.query(
          `SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = database
           WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted`,
        );
        return rowCount === 1;
      });
      await client.query('COMMIT');
      expect(await second).toEqual({ 'event.reminder.24h': { rows: 0, recipients: 0 } });
    } finally {
      client.release();
    }
    expect(new Set(await reminded()).size).toBe(savers);
    expect(await reminded()).toHaveLength(savers);
  });
});

describe('a thousand reminders', () => {
  beforeEach(async () => {
    await context.mailbox.reset();
  });
  afterEach(() => context.mailbox.setRateLimit(null));

  const statementsFor = async (count: number): Promise<number> => {
    await emptyMarket(pool);
    owner = await insertUser(pool, { email: 'owner@example.com' });
    const userIds = await insertUsers(pool, { count, prefix: 'saver' });
    await favorite(pool, { userIds, listingId: await event() });
    let statements = 0;
    await runAt(pool, 'event-reminders', { at: DAY_BEFORE, count: () => (statements += 1) });
    return statements;
  };

  test('are written by as many statements as one is, a hundred a row', async () => {
    const statements = await statementsFor(1);
    expect(statements).toBeGreaterThan(0);
    expect(await statementsFor(1_000)).toBe(statements);
    const rows = await mailsOf(pool, 'event.reminder.24h');
    expect(rows.map(({ userIds }) => userIds.length)).toEqual(Array(10).fill(100));
  });

  test('reach everybody once, by as few calls as they need at two requests a second', async () => {
    await statementsFor(1_000);
    context.mailbox.setRateLimit(2);
    worker = await startTestWorker(context, { env: { APP_ENV: 'production', RESEND_REQUESTS_PER_SECOND: '2' } });
    await until(
      'all are sent',
      async () =>
        (await pool.query(`SELECT FROM notification_outbox WHERE type = 'event.reminder.24h' AND closed_at IS NULL`))
          .rowCount === 0,
      60_000,
    );
    const addresses = context.mailbox.mails().flatMap(({ to }) => to);
    expect(addresses).toHaveLength(1_000);
    expect(new Set(addresses).size).toBe(1_000);
    // A minute has 108 calls at nine tenths of two a second; ten are needed.
    expect(context.mailbox.sendRequests()).toBeLessThanOrEqual(15);
  }, 90_000);
});

test('a notification that Postgres writes has the id that it would have from here', async () => {
  const fanOut = (key: string) => ({
    type: 'listing.favorited' as const,
    rows: 'SELECT $1::text AS key, $2::jsonb AS payload',
    params: [key, '{}'],
  });
  const key = '2026-03-02:locations:ț7';
  expect(await fanOutNotifications(pool, fanOut(key))).toEqual({ rows: 1, recipients: 1 });
  expect(await fanOutNotifications(pool, fanOut(key))).toEqual({ rows: 0, recipients: 0 });
  const { rows } = await pool.query('SELECT id, priority::int FROM notification_outbox');
  expect(rows).toEqual([{ id: stableId('listing.favorited', key), priority: 10 }]);
});
