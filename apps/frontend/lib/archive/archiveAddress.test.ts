import { currencies, type ListingKind, listingKinds } from '@convene/common/listings';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archiveSearch, archiveUrl } from '../archiveUrl';
import { activeFilters, countOfFilters, withoutFilters } from './activeFilters';
import { type ArchiveQuery, kindHasParam, sortsOf } from './archiveQuery';
import { feedFiltersOf } from './feedFilters';
import { knownFilters } from './knownFilters';
import { readArchiveQuery } from './readArchiveQuery';

const paramsOf = (search: string) => Object.fromEntries(new URLSearchParams(search));
const read = (kind: ListingKind, search: string) => readArchiveQuery(kind, paramsOf(search));

const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2039-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const degrees = (most: number) => fc.integer({ min: -most * 1e4, max: most * 1e4 }).map((value) => value / 1e4);
const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((text) => text.replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim())
  .filter((text) => text !== '' && text.length <= 100);

const rawQuery: fc.Arbitrary<ArchiveQuery> = fc.record(
  {
    text: words,
    city: slug,
    type: slug,
    from: day,
    to: day,
    priceMin: fc.nat(999_999_999),
    priceMax: fc.nat(999_999_999),
    currency: fc.constantFrom(...currencies),
    capacity: fc.integer({ min: 1, max: 1_000_000 }),
    rating: fc.integer({ min: 10, max: 50 }).map((tenths) => tenths / 10),
    facilities: fc.uniqueArray(slug, { minLength: 1, maxLength: 5 }).map((slugs) => slugs.toSorted()),
    bounds: fc
      .tuple(degrees(180), degrees(90), degrees(180), degrees(90))
      .map(([west, a, east, b]): [number, number, number, number] => [west, Math.min(a, b), east, Math.max(a, b)]),
    view: fc.constant('map' as const),
    page: fc.integer({ min: 2, max: 500 }),
  },
  { requiredKeys: [] },
);

/** What an address can say of an archive, in the one way in which it is said. */
const archive = fc.tuple(fc.constantFrom(...listingKinds), rawQuery, fc.nat(10)).map(([kind, raw, pick]) => {
  const query = Object.fromEntries(
    Object.entries(raw).filter(([name]) => name !== 'page' && kindHasParam(kind, name as keyof ArchiveQuery)),
  ) as ArchiveQuery;
  if (query.from && query.to && query.from > query.to) [query.from, query.to] = [query.to, query.from];
  const { priceMin, priceMax } = query;
  if (priceMin !== undefined && priceMax !== undefined && priceMin > priceMax) {
    [query.priceMin, query.priceMax] = [priceMax, priceMin];
  }
  if (priceMin === undefined && priceMax === undefined) delete query.currency;
  else query.currency ??= 'EUR';
  const sort = sortsOf(kind, query)[pick];
  if (pick > 0 && sort) query.sort = sort;
  if (raw.page) query.page = raw.page;
  return { kind, query };
});

describe('the address of an archive', () => {
  it('says everything, and is read as it was written', () => {
    fc.assert(
      fc.property(archive, ({ kind, query }) => {
        expect(read(kind, archiveSearch(query))).toEqual({ query, ignored: [], isUntidy: false });
      }),
    );
  });

  it('is never refused, whatever somebody writes into it', () => {
    const anything = fc.dictionary(
      fc.constantFrom(
        'text',
        'city',
        'type',
        'priceMin',
        'priceMax',
        'currency',
        'rating',
        'bounds',
        'sort',
        'page',
        'x',
      ),
      fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 3 })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...listingKinds), anything, (kind, params) => {
        const { query } = readArchiveQuery(kind, params);
        expect(readArchiveQuery(kind, paramsOf(archiveSearch(query)))).toMatchObject({ query, ignored: [] });
      }),
    );
  });

  it('is that of a landing page where only city and type narrow it', () => {
    expect(archiveUrl('events')).toBe('/events');
    expect(archiveUrl('events', { city: 'iasi', type: undefined, page: 1 })).toBe('/events/in/iasi');
    expect(archiveUrl('services', { type: 'dj' })).toBe('/services/type/dj');
    expect(archiveUrl('services', { city: 'iasi', type: 'dj', page: 3 })).toBe('/services/type/dj/in/iasi?page=3');
    expect(archiveUrl('services', { city: 'iasi', sort: 'newest' })).toBe('/services?sort=newest&city=iasi');
    expect(archiveUrl('locations', { facilities: ['a', 'b'], priceMin: 1250, currency: 'RON' })).toBe(
      '/locations?priceMin=12.5&currency=RON&facilities=a,b',
    );
  });

  it('names what makes no sense, and leaves it out', () => {
    const bad = 'city=../etc&priceMin=abc&rating=9&from=2026-02-30&bounds=1,2,3&sort=upwards&page=0&utm_source=x';
    expect(read('events', bad)).toEqual({
      query: {},
      ignored: ['sort', 'city', 'from', 'priceMin', 'rating', 'bounds', 'page'],
      isUntidy: false,
    });
    expect(read('services', 'facilities=kitchen&capacity=3&from=2026-01-01&sort=soonest').ignored).toEqual([
      'from',
      'capacity',
      'facilities',
      'sort',
    ]);
    expect(read('locations', 'sort=relevance').ignored).toEqual(['sort']);
  });

  it('understands what a form without script sends, and that it could be said shorter', () => {
    const sent = { text: ' jazz ', city: '', priceMin: '12,50', priceMax: '', currency: 'RON', facilities: ['b', 'a'] };
    expect(readArchiveQuery('locations', sent)).toEqual({
      query: { text: 'jazz', priceMin: 1250, currency: 'RON', facilities: ['a', 'b'] },
      ignored: [],
      isUntidy: true,
    });
    expect(read('events', 'currency=RON&text=&view=list')).toMatchObject({ query: {}, ignored: [] });
  });

  it('puts right what can only be meant one way', () => {
    expect(read('events', 'priceMin=30&priceMax=10&from=2026-03-02&to=2026-03-01').query).toEqual({
      priceMin: 1000,
      priceMax: 3000,
      currency: 'EUR',
      from: '2026-03-01',
      to: '2026-03-02',
    });
    expect(read('events', 'text=jazz&sort=relevance').query).toEqual({ text: 'jazz' });
    expect(read('events', 'sort=rank').query).toEqual({});
    expect(read('events', 'text=jazz&sort=rank').query).toEqual({ text: 'jazz', sort: 'rank' });
  });
});

describe('the filters that are on', () => {
  it('are taken off one by one, until none is left, in any order', () => {
    fc.assert(
      fc.property(archive, fc.infiniteStream(fc.nat()), ({ kind, query }, picks) => {
        let left = query;
        for (let count = countOfFilters(query); count > 0; count -= 1) {
          const filters = activeFilters(left);
          expect(filters).toHaveLength(count);
          left = filters[picks.next().value % count]?.without ?? {};
          expect(read(kind, archiveSearch(left))).toEqual({ query: left, ignored: [], isUntidy: false });
        }
        expect(left).toEqual(withoutFilters(query));
      }),
    );
  });

  it('leave the page behind, and the currency with the last price', () => {
    const query = read('locations', 'priceMin=1&priceMax=2&currency=RON&page=4&view=map').query;
    const [least, most] = activeFilters(query);
    expect(least).toMatchObject({ name: 'priceMin', without: { priceMax: 200, currency: 'RON', view: 'map' } });
    expect(least?.without.page).toBeUndefined();
    expect(activeFilters(most?.without ?? {})[0]?.without).toEqual({ view: 'map' });
  });
});

describe('what the backend is asked', () => {
  it('has its names, and nothing that is only of the page', () => {
    const query = read(
      'locations',
      'text=loft&rating=4.5&capacity=20&facilities=a,b&bounds=1,2,3,4&view=map&page=2&sort=rating',
    ).query;
    expect(feedFiltersOf(query)).toEqual({
      text: 'loft',
      ratingMin: 4.5,
      capacityMin: 20,
      facilities: 'a,b',
      bounds: '1,2,3,4',
      sort: 'rating',
    });
  });

  it('is not asked about what nobody knows', () => {
    const taxonomies = {
      cities: [
        {
          id: 1,
          slug: 'iasi',
          name: 'Iași',
          country: 'Romania',
          point: null,
          listings: { locations: 1, events: 0, services: 0 },
        },
      ],
      types: [{ id: 1, slug: 'loft', name: 'Loft', kind: 'locations' as const, listings: 1 }],
      facilities: [{ slug: 'stage', name: 'Stage', listings: 1 }],
    };
    const known = (kind: ListingKind, search: string) => knownFilters(kind, read(kind, search), taxonomies);
    expect(known('locations', 'city=iasi&type=loft&facilities=stage').ignored).toEqual([]);
    expect(known('locations', 'city=atlantis&type=loft&facilities=stage,moat&text=x')).toEqual({
      query: { type: 'loft', text: 'x' },
      ignored: ['city', 'facilities'],
      isUntidy: false,
    });
    expect(known('events', 'type=loft').ignored).toEqual(['type']);
  });
});
