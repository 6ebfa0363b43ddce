import { listingKinds } from '@convene/common/listings';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMarket, hoursFromNow, type Market } from './marketFixture';

let market: Market;
let counts: Record<string, number>;

beforeAll(async () => {
  market = await createMarket();
  const { seedMarket } = await import('../src/seed/seedMarket');
  for (const kind of listingKinds) {
    for (let index = 0; index < 12; index += 1) {
      const isPast = kind === 'events' && index % 4 === 0;
      const times = isPast ? { startsAt: hoursFromNow(-72), endsAt: hoursFromNow(-70) } : {};
      await market.publish(kind, kind === 'events' ? { capacity: 6 + index, ...times } : {});
    }
  }
  await market.crowd(12);
  counts = await seedMarket(market.pool, new Date());
});
afterAll(() => market.dispose());

const numberOf = async (sql: string): Promise<number> => Number((await market.pool.query(sql)).rows[0].number);

describe('the demo’s market', () => {
  it('has something of everything to show', async () => {
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0);
    expect(counts['reviews']).toBeGreaterThan(36);
    const { rows } = await market.pool.query('SELECT DISTINCT type::text, status::text FROM bookings ORDER BY 1, 2');
    expect(rows).toEqual(
      expect.arrayContaining([
        { type: 'participation', status: 'completed' },
        { type: 'participation', status: 'confirmed' },
        { type: 'stay', status: 'completed' },
        { type: 'stay', status: 'requested' },
      ]),
    );
    const { rows: waiting } = await market.pool.query('SELECT DISTINCT subject FROM worker_pending_moderation');
    expect(waiting.map(({ subject }) => subject).toSorted()).toEqual(['claim', 'report', 'review', 'verification']);
  });

  it('is nobody’s news and counts for nothing', async () => {
    expect(await market.takeMails()).toEqual([]);
    expect(await numberOf('SELECT count(*) AS number FROM counter_outbox')).toBe(0);
  });

  it('breaks none of the market’s rules', async () => {
    const none = [
      `SELECT count(*) AS number FROM reviews JOIN worker_listings AS listing
         ON listing.kind = reviews.kind AND listing.id = reviews.listing_id WHERE listing.owner_id = reviews.author_id`,
      `SELECT count(*) AS number FROM bookings WHERE client_id = owner_id`,
      `SELECT count(*) AS number FROM bookings WHERE status = 'confirmed' AND ends_at < now()`,
      `SELECT count(*) AS number FROM bookings WHERE created_at > now()`,
      `SELECT count(*) AS number FROM messages WHERE created_at > now() OR sender_id NOT IN (client_id, owner_id)`,
      `SELECT count(*) AS number FROM worker_events WHERE participants > capacity`,
      `SELECT count(*) AS number FROM reviews WHERE verified AND NOT EXISTS (SELECT FROM bookings
         WHERE bookings.kind = reviews.kind AND bookings.listing_id = reviews.listing_id
           AND bookings.client_id = reviews.author_id AND bookings.status = 'completed')`,
    ];
    for (const statement of none) expect([statement, await numberOf(statement)]).toEqual([statement, 0]);
    expect(await numberOf('SELECT count(*) AS number FROM reviews WHERE verified')).toBeGreaterThan(0);
  });
});
