import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { book, emptyMarket, favorite, insertListing, runAt } from './maintenanceFixture';
import { insertUser } from './support';

const NOW = new Date('2026-06-10T03:17:00Z');
const daysAgo = (days: number): string => new Date(NOW.getTime() - days * 86_400_000).toISOString();

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
beforeEach(() => emptyMarket(pool));

const prune = () => runAt(pool, 'prune', { at: NOW });

/** What a statement's first column has, in its order. */
const column = async (statement: string): Promise<unknown[]> =>
  (await pool.query<unknown[]>({ text: statement, rowMode: 'array' })).rows.map(([value]) => value);

test('nothing to remove is no work', async () => {
  expect(await prune()).toBe('no work');
});

test('what is old enough goes, and what is a day younger stays', async () => {
  await pool.query(
    `INSERT INTO notification_batches (id, type, status, leader, entries, settled_at) VALUES
       ('old', 't', 'settled', 'x', '[]', $1), ('young', 't', 'settled', 'x', '[]', $2), ('open', 't', 'waiting', 'x', '[]', NULL)`,
    [daysAgo(31), daysAgo(29)],
  );
  await pool.query(
    `INSERT INTO webhook_events (id, type, outcome, created_at) VALUES ('old', 'sent', 'applied', $1), ('young', 'sent', 'applied', $2)`,
    [daysAgo(31), daysAgo(29)],
  );
  await pool.query(
    `INSERT INTO notification_decisions (outbox_id, type, decision, decided_by, status_before, created_at) VALUES
       ('old', 't', 'retry', 'x', 'dead', $1), ('young', 't', 'retry', 'x', 'dead', $2)`,
    [daysAgo(181), daysAgo(179)],
  );
  await pool.query(
    `INSERT INTO redis_usage (day, app, source, command, count) VALUES ('2025-05-05', 'old', 's', 'get', 1), ('2025-05-07', 'young', 's', 'get', 1)`,
  );
  await pool.query(
    `INSERT INTO job_runs (name, period, status, finished_at) VALUES ('x', 'old', 'done', $1), ('x', 'young', 'done', $2), ('x', 'open', 'running', NULL)`,
    [daysAgo(31), daysAgo(29)],
  );
  await pool.query(
    `INSERT INTO audit_log (at, actor_id, actor_name, action, subject_collection, subject_id) VALUES
       ($1, 1, 'Mo', 'old', 'cities', '1'), ($2, 1, 'Mo', 'young', 'cities', '1')`,
    // Postgres, which has a clock of its own, lets nobody delete what is younger than two years by that.
    [daysAgo(3_000), daysAgo(730)],
  );
  expect(await prune()).toMatchObject({
    notification_batches: 1,
    webhook_events: 1,
    notification_decisions: 1,
    redis_usage: 1,
    job_runs: 1,
    audit_log: 1,
    purged_listings: 0,
  });
  expect(await column('SELECT id FROM notification_batches ORDER BY id')).toEqual(['open', 'young']);
  expect(await column('SELECT id FROM webhook_events')).toEqual(['young']);
  expect(await column('SELECT outbox_id FROM notification_decisions')).toEqual(['young']);
  expect(await column('SELECT action FROM audit_log')).toEqual(['young']);
  expect(await column('SELECT app FROM redis_usage')).toEqual(['young']);
  expect(await column('SELECT period FROM job_runs ORDER BY period')).toEqual(['open', 'young']);
  expect(await prune()).toBe('no work');
});

test('a night removes no more than it can, and the next one the rest', async () => {
  await pool.query(
    `INSERT INTO webhook_events (id, type, outcome, created_at)
     SELECT 'e' || n, 'sent', 'applied', $1 FROM generate_series(1, 100001) AS n`,
    [daysAgo(31)],
  );
  expect(await prune()).toMatchObject({ webhook_events: 100_000 });
  expect(await prune()).toMatchObject({ webhook_events: 1 });
});

test('tokens that ran out are forgotten, those that did not work on', async () => {
  const ana = await insertUser(pool, { email: 'ana@example.com' });
  const bob = await insertUser(pool, { email: 'bob@example.com' });
  const hour = (sign: 1 | -1): Date => new Date(NOW.getTime() + sign * 3_600_000);
  await pool.query(
    `UPDATE users SET pending_email = 'new@example.com', pending_email_token_hash = 'h', pending_email_expires_at = $2,
       reset_password_token = 'r', reset_password_expiration = $3 WHERE id = $1`,
    [ana, hour(-1), hour(1)],
  );
  await pool.query(`UPDATE users SET reset_password_token = 'r', reset_password_expiration = $2 WHERE id = $1`, [
    bob,
    hour(-1),
  ]);
  await pool.query(
    `INSERT INTO users_sessions (_order, _parent_id, id, expires_at) VALUES (1, $1, 'over', $2), (2, $1, 'on', $3)`,
    [ana, hour(-1), hour(1)],
  );
  await pool.query(
    `INSERT INTO claims (kind, listing_id, status, invited_email, token_hash, expires_at) VALUES
       ('locations', 1, 'invited', 'x@example.com', 'h1', $1), ('locations', 2, 'invited', 'y@example.com', 'h2', $2)`,
    [hour(-1), hour(1)],
  );
  expect(await prune()).toMatchObject({ expired_tokens: 4 });
  const users = await pool.query(
    'SELECT pending_email, pending_email_token_hash, reset_password_token FROM users ORDER BY id',
  );
  expect(users.rows).toEqual([
    { pending_email: null, pending_email_token_hash: null, reset_password_token: 'r' },
    { pending_email: null, pending_email_token_hash: null, reset_password_token: null },
  ]);
  expect(await column('SELECT id FROM users_sessions')).toEqual(['on']);
  const claims = await pool.query('SELECT status, invited_email, token_hash FROM claims ORDER BY id');
  expect(claims.rows).toEqual([
    { status: 'expired', invited_email: null, token_hash: null },
    { status: 'invited', invited_email: 'y@example.com', token_hash: 'h2' },
  ]);
  expect(await prune()).toBe('no work');
});

describe('the bin', () => {
  test('gives up a listing after thirty days, with all that is about it', async () => {
    const owner = await insertUser(pool, { email: 'owner@example.com' });
    const ana = await insertUser(pool, { email: 'ana@example.com' });
    const kinds = ['locations', 'events', 'services'] as const;
    for (const kind of kinds) {
      const gone = await insertListing(pool, { kind, ownerId: owner, title: 'Gone', deletedAt: daysAgo(31) });
      const kept = await insertListing(pool, { kind, ownerId: owner, title: 'Kept', deletedAt: daysAgo(29) });
      const live = await insertListing(pool, { kind, ownerId: owner, title: 'Live' });
      for (const listingId of [gone, kept, live]) {
        await favorite(pool, { userIds: [ana], listingId, kind });
        await book(pool, {
          clientId: ana,
          listingId,
          kind,
          type: 'stay',
          startsAt: daysAgo(50),
          endsAt: daysAgo(49),
          status: 'completed',
        });
        await pool.query(`INSERT INTO metrics_daily (kind, listing_id, day, views) VALUES ($1, $2, '2026-05-01', 1)`, [
          kind,
          listingId,
        ]);
        await pool.query('INSERT INTO aggregates (kind, listing_id) VALUES ($1, $2)', [kind, listingId]);
      }
    }
    expect(await prune()).toMatchObject({ purged_listings: 3, purged_users: 0 });
    for (const kind of kinds)
      expect(await column(`SELECT title FROM ${kind} ORDER BY title`)).toEqual(['Kept', 'Live']);
    for (const table of ['favorites', 'bookings', 'metrics_daily', 'aggregates']) {
      expect(await column(`SELECT count(*)::int FROM ${table}`)).toEqual([6]);
    }
    expect(await prune()).toBe('no work');
  });

  test('gives up a review after thirty days, whatever its listing does', async () => {
    const listing = await insertListing(pool, { ownerId: null });
    for (const [name, deletedAt] of [
      ['gone', daysAgo(31)],
      ['kept', daysAgo(29)],
      ['here', null],
    ]) {
      const author = await insertUser(pool, { email: `${name}@example.com` });
      await pool.query(
        `INSERT INTO reviews (kind, listing_id, author_id, rating, text, moderation_status, deleted_at)
         VALUES ('locations', $1, $2, 5, $3, 'approved', $4)`,
        [listing, author, name, deletedAt],
      );
    }
    expect(await prune()).toMatchObject({ purged_reviews: 1 });
    expect(await column('SELECT text FROM reviews ORDER BY text')).toEqual(['here', 'kept']);
    expect(await prune()).toBe('no work');
  });

  test('gives up an account after thirty days, unless others need what it wrote', async () => {
    const account = async (name: string, deletedAt: string | null): Promise<number> => {
      const id = await insertUser(pool, { email: `${name}@example.com`, displayName: name });
      await pool.query('UPDATE users SET deleted_at = $2 WHERE id = $1', [id, deletedAt]);
      return id;
    };
    const gone = await account('gone', daysAgo(31));
    await account('kept', daysAgo(29));
    await account('here', null);
    const author = await account('author', daysAgo(31));
    const listing = await insertListing(pool, { ownerId: null });
    await pool.query(
      `INSERT INTO reviews (kind, listing_id, author_id, rating, text, moderation_status) VALUES ('locations', $1, $2, 5, 'x', 'approved')`,
      [listing, author],
    );
    await book(pool, {
      clientId: gone,
      listingId: listing,
      kind: 'locations',
      type: 'stay',
      startsAt: daysAgo(50),
      endsAt: daysAgo(49),
      status: 'completed',
    });
    expect(await prune()).toMatchObject({ purged_users: 1 });
    expect(await column('SELECT display_name FROM users ORDER BY display_name')).toEqual(['author', 'here', 'kept']);
    expect(await column('SELECT client_id FROM bookings')).toEqual([null]);
    expect(await prune()).toBe('no work');
  });
});
