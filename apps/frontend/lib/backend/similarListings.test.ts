import type { ListingCard } from '@convene/common/api';
import { describe, expect, it, vi } from 'vitest';
import { fixtureListings } from '../../tests/fixtureData';

vi.mock('./reads', () => ({ getFeed: () => Promise.reject(new Error('not asked here')) }));
const { similarListings } = await import('./similarListings');

const listings = fixtureListings('https://api.example');
const events = listings.filter(({ kind }) => kind === 'events');
const [first] = events;
if (!first) throw new Error('an empty fixture');

/** What the feed would answer, from the fixture in its order. */
const search = async ({ kind, city, type }: { kind: string; city?: string | undefined; type?: string | undefined }) =>
  listings.filter(
    (listing) =>
      listing.kind === kind && (!city || listing.city?.slug === city) && (!type || listing.type?.slug === type),
  );

describe('similar listings', () => {
  it('are of the same kind, each once and never the listing itself', async () => {
    for (const listing of listings) {
      const similar = await similarListings(listing, search);
      expect(similar).toHaveLength(8);
      expect(new Set(similar.map(({ id }) => id)).size).toBe(8);
      expect(similar.every(({ kind, id }) => kind === listing.kind && id !== listing.id)).toBe(true);
    }
  });

  it('come first of the same type and city, then of the city, then of the type, then of all', async () => {
    const groupOf = (card: ListingCard) => {
      const [isCity, isType] = [card.city?.id === first.city?.id, card.type?.id === first.type?.id];
      return isCity && isType ? 0 : isCity ? 1 : isType ? 2 : 3;
    };
    const groups = (await similarListings(first, search)).map(groupOf);
    expect(groups).toEqual(groups.toSorted());
    expect(groups[0]).toBeLessThan(3);
  });

  it('leave out events that do not take place any more', async () => {
    const off = await similarListings(first, async () =>
      events.slice(0, 5).map((event, index) => ({
        ...event,
        event: event.event && {
          ...event.event,
          status: (['upcoming', 'cancelled', 'finished'] as const)[index % 3] ?? 'upcoming',
        },
      })),
    );
    expect(off.map(({ id }) => id)).toEqual([events[3]?.id]);
  });

  it('are fewer where there are few, and none where nothing is found', async () => {
    expect(await similarListings(first, async () => [first])).toEqual([]);
    expect(await similarListings(first, async () => [])).toEqual([]);
  });
});
