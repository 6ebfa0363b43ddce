import { describe, expect, it } from 'vitest';
import { fixtureListings } from '@/tests/fixtureData';
import { landingFacts, nearestCities } from './landingFacts';

const locations = fixtureListings('https://api.example').filter(({ kind }) => kind === 'locations');
const feedOf = (items: typeof locations) => ({ items, page: 1, pageSize: 48, total: items.length, totalIsExact: true });

describe('what is said of a landing page', () => {
  it('is counted from its listings', () => {
    const facts = landingFacts(feedOf(locations));
    expect(facts).toMatchObject({ total: 40, mostGuests: 215, nextEvent: null });
    expect(facts.types.map(({ count }) => count)).toEqual([10, 10, 10, 10]);
    const reviews = locations.reduce((sum, { rating }) => sum + (rating?.count ?? 0), 0);
    expect(facts.rating?.reviews).toBe(reviews);
    expect(facts.rating?.average).toBeGreaterThan(4);
  });

  it('compares only prices that can be compared, and calls nothing that is free the cheapest', () => {
    const [first, second, third] = locations;
    if (!first || !second || !third) throw new Error('too few fixtures');
    const price = (amountMinor: number, currency: 'EUR' | 'RON') => ({ amountMinor, currency, unit: 'hour' as const });
    const facts = landingFacts(
      feedOf([
        { ...first, price: price(5_000, 'EUR') },
        { ...second, price: price(4_000, 'EUR') },
        { ...third, price: price(100, 'RON') },
        { ...third, id: 99, price: price(0, 'EUR') },
      ]),
    );
    expect(facts.cheapest).toEqual(price(4_000, 'EUR'));
  });

  it('says nothing of what nobody has', () => {
    expect(landingFacts(feedOf([]))).toEqual({
      total: 0,
      totalIsExact: true,
      rating: null,
      cheapest: null,
      types: [],
      cities: [],
      mostGuests: null,
      nextEvent: null,
    });
  });

  it('names the nearest cities first, and those without a place last', () => {
    const city = (slug: string, point: [number, number] | null) => ({ slug, point });
    const cities = [city('far', [-9, 38]), city('here', [26, 44]), city('unknown', null), city('near', [25.6, 45.6])];
    expect(nearestCities(cities, 'here', 3).map(({ slug }) => slug)).toEqual(['near', 'far', 'unknown']);
    expect(nearestCities(cities, 'unknown', 2).map(({ slug }) => slug)).toEqual(['far', 'here']);
  });
});
