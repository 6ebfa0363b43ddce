import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lastWholeDay, lastWholeWeek } from '../src/maintenance/periods';
import { schedules } from '../src/maintenance/schedules';
import {
  book,
  contextAt,
  emptyMarket,
  favorite,
  insertEvent,
  insertListing,
  mailsOf,
  outboxTypes,
  runAt,
} from './maintenanceFixture';
import { insertUser, insertUsers } from './support';

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

const person = (name: string) => insertUser(pool, { email: `${name}@example.com` });

/** Twice for the period, then by two at once: what was written by the first is all that there is. */
const expectOnce = async (name: keyof typeof schedules, at: Date): Promise<void> => {
  const before = await outboxTypes(pool);
  const run = () => schedules[name].run(contextAt(pool, at), { dueAt: at });
  await run();
  await Promise.all([run(), run()]);
  expect(await outboxTypes(pool)).toEqual(before);
};

describe('what is over', () => {
  const ENDS_AT = new Date('2026-06-10T20:05:00Z');
  const event = { startsAt: '2026-06-10T17:00:00Z', endsAt: ENDS_AT.toISOString() };
  const finish = (at: Date) => runAt(pool, 'finish-events', { at });

  test('is told to the owner of an event, once, with how many were there', async () => {
    const id = await insertEvent(pool, { ownerId: owner, ...event });
    await book(pool, { clientId: await person('ana'), listingId: id, ...event, seats: 3 });
    await book(pool, { clientId: await person('bob'), listingId: id, ...event, status: 'cancelled' });
    expect(await finish(new Date(ENDS_AT.getTime() - 1))).toBe('no work');
    expect(await finish(ENDS_AT)).toEqual({
      completed_bookings: 1,
      expired_requests: 0,
      'listing.finished': { rows: 1, recipients: 1 },
    });
    expect(await mailsOf(pool, 'listing.finished')).toMatchObject([
      {
        ownerId: owner,
        participants: 3,
        event: { id, title: 'Jazz in the courtyard', endsAt: '2026-06-10T20:05:00.000Z' },
      },
    ]);
    expect(await finish(ENDS_AT)).toBe('no work');
    await expectOnce('finish-events', new Date(ENDS_AT.getTime() + 3_600_000));
  });

  test('is not told of what was cancelled, is nobody’s, or ended more than a week ago', async () => {
    await insertEvent(pool, { ownerId: owner, ...event, cancelledAt: '2026-06-01T00:00:00Z' });
    const orphan = await insertEvent(pool, { ownerId: owner, ...event });
    await pool.query('UPDATE events SET owner_id = NULL WHERE id = $1', [orphan]);
    await insertEvent(pool, { ownerId: owner, startsAt: '2026-06-03T17:00:00Z', endsAt: '2026-06-03T20:05:00Z' });
    expect(await finish(ENDS_AT)).toBe('no work');
  });

  test('completes bookings, takes back what nobody decided, marks the reviews of those who were there, and leaves the rest alone', async () => {
    const hall = await insertListing(pool, { ownerId: owner });
    const ana = await person('ana');
    const past = {
      kind: 'locations',
      type: 'stay',
      startsAt: '2026-06-01T10:00:00Z',
      endsAt: '2026-06-01T12:00:00Z',
    } as const;
    const later = { ...past, startsAt: '2026-06-20T10:00:00Z', endsAt: '2026-06-20T12:00:00Z' };
    const done = await book(pool, { clientId: ana, listingId: hall, ...past });
    const requested = await book(pool, { clientId: ana, listingId: hall, ...past, status: 'requested' });
    const asked = await book(pool, { clientId: ana, listingId: hall, ...later, status: 'requested' });
    const toCome = await book(pool, { clientId: ana, listingId: hall, ...later });
    const kept = await book(pool, {
      clientId: null,
      listingId: await insertListing(pool, { ownerId: owner }),
      ...past,
      type: 'block',
    });
    await pool.query(
      `INSERT INTO reviews (kind, listing_id, author_id, rating, text, moderation_status, verified)
       VALUES ('locations', $1, $2, 5, 'Lovely', 'approved', false)`,
      [hall, ana],
    );
    expect(await finish(ENDS_AT)).toEqual({
      completed_bookings: 1,
      expired_requests: 1,
      'listing.finished': { rows: 0, recipients: 0 },
    });
    const { rows } = await pool.query('SELECT id, status FROM bookings ORDER BY id');
    expect(rows).toEqual([
      { id: done, status: 'completed' },
      { id: requested, status: 'cancelled' },
      { id: asked, status: 'requested' },
      { id: toCome, status: 'confirmed' },
      { id: kept, status: 'confirmed' },
    ]);
    expect((await pool.query('SELECT verified FROM reviews')).rows).toEqual([{ verified: true }]);
    expect(await finish(ENDS_AT)).toBe('no work');
  });
});

describe('the week', () => {
  test.each([
    ['2026-03-02T00:00:00Z', '2026-02-23', '2026-03-01'],
    ['2026-03-01T23:59:59Z', '2026-02-16', '2026-02-22'],
    ['2026-03-08T12:00:00Z', '2026-02-23', '2026-03-01'],
    // Over the year's end, and over a night in which the clocks of Europe change.
    ['2026-01-01T06:30:00Z', '2025-12-22', '2025-12-28'],
    ['2026-03-30T06:30:00Z', '2026-03-23', '2026-03-29'],
  ])('that is over at %s is from %s to %s', (at, firstDay, lastDay) => {
    expect(lastWholeWeek(new Date(at))).toEqual({ firstDay, lastDay });
  });

  const MONDAY = new Date('2026-03-09T06:30:00Z');

  const count = (
    listingId: number,
    day: string,
    counts: { impressions?: number; views?: number; favorites?: number; bookings?: number },
    kind = 'locations',
  ) =>
    pool.query(
      `INSERT INTO metrics_daily (kind, listing_id, day, impressions, views, favorites, bookings) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [kind, listingId, day, counts.impressions ?? 0, counts.views ?? 0, counts.favorites ?? 0, counts.bookings ?? 0],
    );

  test('is told with the change on the week before, its first and last day included, the others not', async () => {
    const id = await insertListing(pool, { ownerId: owner });
    await count(id, '2026-02-22', { impressions: 1_000, views: 1_000 });
    await count(id, '2026-02-23', { impressions: 3, views: 1 });
    await count(id, '2026-03-01', { impressions: 4 });
    await count(id, '2026-03-02', { impressions: 10, views: 5, favorites: 2 });
    await count(id, '2026-03-08', { impressions: 20, views: 6, bookings: 1 });
    await count(id, '2026-03-09', { impressions: 1_000, views: 1_000 });
    expect(await runAt(pool, 'weekly-stats', { at: MONDAY })).toEqual({
      'listing.search-stats': { rows: 1, recipients: 1 },
      'listing.view-stats': { rows: 1, recipients: 1 },
    });
    const listing = { kind: 'locations', id, title: 'Old mill', slug: expect.any(String) };
    const week = { firstDay: '2026-03-02', lastDay: '2026-03-08' };
    const impressions = { week: 30, weekBefore: 7 };
    expect(await mailsOf(pool, 'listing.search-stats')).toEqual([
      { ownerId: owner, week, totals: { impressions }, listings: [{ listing, impressions }], otherListings: 0 },
    ]);
    const told = {
      views: { week: 11, weekBefore: 1 },
      favorites: { week: 2, weekBefore: 0 },
      bookings: { week: 1, weekBefore: 0 },
    };
    expect(await mailsOf(pool, 'listing.view-stats')).toEqual([
      { ownerId: owner, week, totals: told, listings: [{ listing, ...told }], otherListings: 0 },
    ]);
    expect(await runAt(pool, 'weekly-stats', { at: MONDAY })).toBe('no work');
    await expectOnce('weekly-stats', MONDAY);
    // A week on, the same is the week before.
    await runAt(pool, 'weekly-stats', { at: new Date('2026-03-16T06:30:00Z') });
    expect(await outboxTypes(pool)).toEqual({ 'listing.search-stats': 2, 'listing.view-stats': 2 });
  });

  test('is told only where there is something to tell', async () => {
    const seen = await insertListing(pool, { ownerId: owner });
    const quiet = await insertListing(pool, { ownerId: await person('quiet') });
    const hidden = await insertListing(pool, { ownerId: await person('hidden'), isLive: false });
    const unowned = await insertListing(pool, { ownerId: null });
    await count(seen, '2026-03-03', { impressions: 5 });
    await count(quiet, '2026-03-03', {});
    await count(hidden, '2026-03-03', { impressions: 5, views: 5 });
    await count(unowned, '2026-03-03', { impressions: 5, views: 5 });
    await runAt(pool, 'weekly-stats', { at: MONDAY });
    expect(await outboxTypes(pool)).toEqual({ 'listing.search-stats': 1 });
  });

  test('names the twenty busiest listings, and counts all of them', async () => {
    for (let index = 1; index <= 23; index++) {
      const id = await insertListing(pool, { ownerId: owner, title: `Room ${index}` });
      await count(id, '2026-03-03', { impressions: index });
    }
    await runAt(pool, 'weekly-stats', { at: MONDAY });
    const [mail] = await mailsOf(pool, 'listing.search-stats');
    expect(mail?.listings.map(({ listing }) => listing.title)).toEqual(
      Array.from({ length: 20 }, (_, index) => `Room ${23 - index}`),
    );
    expect(mail).toMatchObject({ otherListings: 3, totals: { impressions: { week: 276, weekBefore: 0 } } });
  });
});

describe('favourites', () => {
  const MORNING = new Date('2026-03-03T07:30:00Z');

  test('of a day are told by one mail a listing, without those that were taken back', async () => {
    const mill = await insertListing(pool, { ownerId: owner });
    const barn = await insertListing(pool, { ownerId: owner, title: 'Barn' });
    const [first, second, third, fourth] = await insertUsers(pool, { count: 4, prefix: 'p' });
    if (!first || !second || !third || !fourth) throw new Error('four people were asked for');
    const saved = (userIds: number[], listingId: number, at: string) =>
      favorite(pool, { userIds, listingId, kind: 'locations', at });
    await saved([first], mill, '2026-03-01T23:59:59.999Z');
    await saved([second, owner], mill, '2026-03-02T00:00:00Z');
    await saved([third], mill, '2026-03-02T23:59:59.999Z');
    await saved([fourth], mill, '2026-03-03T00:00:00Z');
    await saved([first], barn, '2026-03-02T12:00:00Z');
    expect(await runAt(pool, 'favorites-digest', { at: MORNING })).toEqual({
      'listing.favorited': { rows: 2, recipients: 2 },
    });
    const mails = await mailsOf(pool, 'listing.favorited');
    expect(mails.find(({ listing }) => listing.id === mill)).toMatchObject({ ownerId: owner, count: 2, total: 4 });
    expect(mails.find(({ listing }) => listing.id === barn)).toMatchObject({ ownerId: owner, count: 1, total: 1 });
    expect(await runAt(pool, 'favorites-digest', { at: MORNING })).toBe('no work');
    await expectOnce('favorites-digest', MORNING);
  });

  test('of which there were none are not told', async () => {
    await insertListing(pool, { ownerId: owner });
    expect(await runAt(pool, 'favorites-digest', { at: MORNING })).toBe('no work');
  });
});

describe("the staff's digest", () => {
  const MORNING = new Date('2026-03-03T07:00:00Z');
  const YESTERDAY = '2026-03-02T12:00:00Z';
  const TODAY = '2026-03-03T03:00:00Z';

  test('tells what waits, what happened, how the mails fare and what Redis costs', async () => {
    const ana = await person('ana');
    expect(await runAt(pool, 'admin-digest', { at: MORNING }), 'there is nobody to tell').toBe('no work');
    await insertUser(pool, { email: 'staff@example.com', roles: ['moderator'] });
    await pool.query('UPDATE users SET created_at = $1 WHERE id = $2', [YESTERDAY, ana]);
    await pool.query('UPDATE users SET created_at = $1 WHERE id <> $2', [TODAY, ana]);
    const mill = await insertListing(pool, { ownerId: owner });
    await pool.query('UPDATE locations SET created_at = $1', [YESTERDAY]);
    const stay = {
      kind: 'locations',
      type: 'stay',
      startsAt: '2026-03-20T10:00:00Z',
      endsAt: '2026-03-20T12:00:00Z',
    } as const;
    await book(pool, { clientId: ana, listingId: mill, ...stay, at: YESTERDAY });
    await book(pool, { clientId: ana, listingId: mill, ...stay, status: 'requested', at: TODAY });
    await pool.query(
      `INSERT INTO reviews (kind, listing_id, author_id, rating, text, moderation_status, created_at)
       VALUES ('locations', $1, $2, 4, 'Fine', 'pending', $3)`,
      [mill, ana, YESTERDAY],
    );
    await pool.query(
      `INSERT INTO reports (subject, subject_kind, subject_id, reason, created_at) VALUES ('listing', 'locations', $1, 'spam', $2)`,
      [mill, '2026-02-20T08:00:00Z'],
    );
    await pool.query(`INSERT INTO verifications (user_id, legal_name, created_at) VALUES ($1, 'Ana Pop', $2)`, [
      ana,
      TODAY,
    ]);
    await pool.query('UPDATE reviews SET updated_at = $1', [YESTERDAY]);
    await pool.query(
      `INSERT INTO notification_log (outbox_id, recipient_no, type, recipient, status, settled_at) VALUES
         ('a', 0, 'user.welcome', 'x', 'sent', $1), ('b', 0, 'user.welcome', 'x', 'delivered', $1),
         ('c', 0, 'user.welcome', 'x', 'suppressed', $1), ('d', 0, 'user.welcome', 'x', 'sent', $2)`,
      [YESTERDAY, TODAY],
    );
    await pool.query(
      `INSERT INTO notification_outbox (id, type, payload, status, priority, closed_at, created_at, not_before) VALUES
         ('dead', 'user.welcome', '{}', 'dead', 5, $1, $1, NULL),
         ('unsure', 'user.welcome', '{}', 'uncertain', 5, $1, $1, NULL),
         ('new', 'user.welcome', '{}', 'dead', 5, $2, $2, NULL),
         ('open', 'user.welcome', '{}', 'pending', 5, NULL, $2, $3::timestamptz - interval '90 seconds'),
         ('later', 'user.welcome', '{}', 'pending', 5, NULL, $1, $3::timestamptz + interval '1 hour')`,
      [YESTERDAY, TODAY, MORNING],
    );
    await pool.query(
      `INSERT INTO job_runs (name, period, status, finished_at) VALUES ('prune', 'x', 'failed', $1), ('prune', 'y', 'done', $1)`,
      [YESTERDAY],
    );
    await pool.query(
      `INSERT INTO redis_usage (day, app, source, command, count) VALUES
         ('2026-03-01', 'backend', 'feed', 'get', 9000), ('2026-03-02', 'backend', 'feed', 'get', 40),
         ('2026-03-02', 'worker', 'queue', 'evalsha', 2), ('2026-03-03', 'worker', 'queue', 'evalsha', 500)`,
    );
    const digest = {
      day: '2026-03-02',
      pending: { listings: 0, reviews: 1, claims: 0, reports: 1, verifications: 1 },
      oldestPending: [
        { subject: 'report', title: 'Old mill', waitingSince: '2026-02-20T08:00:00.000Z' },
        { subject: 'review', title: 'Old mill', waitingSince: '2026-03-02T12:00:00.000Z' },
        { subject: 'verification', title: null, waitingSince: '2026-03-03T03:00:00.000Z' },
      ],
      happened: { accounts: 1, listings: 1, bookings: 1, reviews: 1, messages: 0 },
      queue: { sent: 2, suppressed: 1, dead: 1, uncertain: 1, failedJobs: 1, waiting: 1, oldestWaitingSeconds: 90 },
      redis: { commands: 42, limit: 10_000 },
    };
    expect(await runAt(pool, 'admin-digest', { at: MORNING })).toMatchObject(digest);
    await pool.query(`DELETE FROM notification_outbox WHERE type <> 'admin.digest.daily'`);
    expect(await mailsOf(pool, 'admin.digest.daily')).toMatchObject([digest]);
    expect(await runAt(pool, 'admin-digest', { at: MORNING })).toBe('no work');
    await expectOnce('admin-digest', MORNING);
  });

  test('tells of the last day that is over, whenever it comes', () => {
    expect(lastWholeDay(new Date('2026-03-01T00:00:00Z'))).toBe('2026-02-28');
    expect(lastWholeDay(new Date('2026-03-01T23:59:59Z'))).toBe('2026-02-28');
  });
});
