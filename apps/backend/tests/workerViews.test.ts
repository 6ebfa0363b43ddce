import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '../src/payload-types';
import { as, createMarket, hoursFromNow, type Market } from './marketFixture';

let market: Market;
let silentContext: typeof import('../src/notifications/silence').silentContext;

beforeAll(async () => {
  market = await createMarket();
  ({ silentContext } = await import('../src/notifications/silence'));
});
afterAll(() => market.dispose());

const rowsOf = async (sql: string, values: unknown[] = []) => (await market.pool.query(sql, values)).rows;

const save = (user: User, kind: 'events' | 'locations', listingId: number) =>
  market.payload.create({ collection: 'favorites', data: { kind, listingId, user: user.id }, context: silentContext });

const takePart = (user: User, listingId: number, status: 'confirmed' | 'cancelled' = 'confirmed') =>
  market.payload.create({
    collection: 'bookings',
    data: {
      kind: 'events',
      listingId,
      type: 'participation',
      status,
      client: user.id,
      owner: market.owner.id,
      seats: 2,
      startsAt: hoursFromNow(48),
      endsAt: hoursFromNow(50),
      timeZone: 'Europe/Bucharest',
    },
    context: silentContext,
  });

describe('what the worker reads', () => {
  it('of an event: who takes part and who has saved it, none of them gone, none of a cancelled event', async () => {
    const event = await market.publish('events', { title: 'Harvest Day', slug: 'harvest-day' });
    const off = await market.publish('events', { cancelledAt: hoursFromNow(-1) });
    const [both, saver, gone, quit] = await Promise.all([1, 2, 3, 4].map(() => market.person()));
    for (const user of [both, gone] as User[]) await takePart(user, event.id);
    await takePart(quit as User, event.id, 'cancelled');
    for (const user of [both, saver, gone] as User[]) await save(user, 'events', event.id);
    await save(saver as User, 'events', off.id);
    await market.payload.update({
      collection: 'users',
      id: gone?.id ?? 0,
      data: { deletedAt: new Date().toISOString() },
      context: silentContext,
    });
    expect(await rowsOf('SELECT * FROM worker_event_participants')).toEqual([
      {
        event_id: event.id,
        title: 'Harvest Day',
        slug: 'harvest-day',
        owner_id: market.owner.id,
        starts_at: expect.any(Date),
        ends_at: expect.any(Date),
        time_zone: 'Europe/Bucharest',
        place: 'Strada Lungă 5, Iași',
        booking_id: expect.any(Number),
        user_id: both?.id,
        seats: 2,
      },
    ]);
    expect(
      await rowsOf('SELECT event_id, user_id, takes_part FROM worker_event_savers ORDER BY takes_part DESC'),
    ).toEqual([
      { event_id: event.id, user_id: both?.id, takes_part: true },
      { event_id: event.id, user_id: saver?.id, takes_part: false },
    ]);
    expect(await rowsOf('SELECT participants, capacity FROM worker_events WHERE id = $1', [event.id])).toEqual([
      { participants: 2, capacity: 20 },
    ]);
  });

  it('of a week: the sums of each listing with those of the week before, by UTC days', async () => {
    const busy = await market.publish('services');
    const quiet = await market.publish('services');
    const draft = await market.publish('services', { moderationStatus: 'draft', _status: 'draft' });
    const days = [
      [busy.id, '2026-03-01', 1],
      [busy.id, '2026-03-02', 10],
      [busy.id, '2026-03-08', 100],
      [busy.id, '2026-03-09', 1_000],
      [busy.id, '2026-02-23', 2],
      [busy.id, '2026-02-22', 10_000],
      [draft.id, '2026-03-02', 7],
    ] as const;
    for (const [id, day, views] of days) {
      await market.pool.query(
        `INSERT INTO metrics_daily (kind, listing_id, day, views, impressions) VALUES ('services', $1, $2, $3::int, $3::int * 2)`,
        [id, day, views],
      );
    }
    expect(quiet.id).not.toBe(busy.id);
    expect(await rowsOf(`SELECT * FROM worker_listing_week_stats('2026-03-02')`)).toEqual([
      {
        kind: 'services',
        listing_id: busy.id,
        title: busy.title,
        slug: busy.slug,
        owner_id: market.owner.id,
        impressions: 220,
        impressions_before: 6,
        views: 110,
        views_before: 3,
        favorites: 0,
        favorites_before: 0,
        bookings: 0,
        bookings_before: 0,
      },
    ]);
  });

  it('of a day: what was saved and is still, the owner’s own apart', async () => {
    const hall = await market.publish('locations');
    for (const user of [market.client, market.moderator, market.owner]) await save(user, 'locations', hall.id);
    await market.pool.query(
      `UPDATE favorites SET created_at = '2026-03-01T23:59:59.999Z' WHERE listing_id = $1 AND user_id = $2`,
      [hall.id, market.moderator.id],
    );
    await market.pool.query(
      `UPDATE favorites SET created_at = '2026-03-02T00:00:00.000Z' WHERE listing_id = $1 AND user_id = $2`,
      [hall.id, market.client.id],
    );
    const of = (day: string) =>
      rowsOf('SELECT listing_id, favorites, total FROM worker_listing_favorites_of_day($1)', [day]);
    expect(await of('2026-03-02')).toEqual([{ listing_id: hall.id, favorites: 1, total: 2 }]);
    expect(await of('2026-03-01')).toEqual([{ listing_id: hall.id, favorites: 1, total: 2 }]);
    expect(await of('2026-03-03')).toEqual([]);
  });

  it('of what waits: the newest version of a listing, also beside a live one', async () => {
    await market.pool.query('DELETE FROM reviews');
    const live = await market.publish('locations', { title: 'As it is' });
    await market.payload.update({
      collection: 'locations',
      id: live.id,
      data: { title: 'As it shall be', moderationStatus: 'pending' },
      ...as(market.owner),
    });
    expect(await rowsOf('SELECT subject, kind, id, title FROM worker_pending_moderation')).toEqual([
      { subject: 'listing', kind: 'locations', id: live.id, title: 'As it shall be' },
    ]);
  });
});

describe('a listing that is deleted for good', () => {
  it('takes with it what names it, and its versions; others stay', async () => {
    const old = await market.publish('locations');
    const young = await market.publish('locations');
    const kept = await market.publish('locations');
    for (const listing of [old, young, kept]) await save(market.client, 'locations', listing.id);
    await market.pool.query(`UPDATE locations SET deleted_at = now() - interval '31 days' WHERE id = $1`, [old.id]);
    await market.pool.query('UPDATE locations SET deleted_at = now() WHERE id = $1', [young.id]);
    const purged = await rowsOf(`SELECT worker_purge_listings(now() - interval '30 days', 100) AS purged`);
    expect(purged).toEqual([{ purged: 1 }]);
    const ids = [old.id, young.id, kept.id];
    const left = `SELECT listing_id::int AS id FROM favorites WHERE kind = 'locations' AND listing_id = ANY($1) ORDER BY 1`;
    expect(await rowsOf(left, [ids])).toEqual([{ id: young.id }, { id: kept.id }]);
    expect(await rowsOf('SELECT id FROM _locations_v WHERE parent_id = $1 OR parent_id IS NULL', [old.id])).toEqual([]);
  });
});
