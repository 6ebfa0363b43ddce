import { type Tier, tiers } from '@convene/common/listings';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, composeFeed, sponsoredOfDay } from './composition';

const candidate = (id: number, { ownerId = null, tier = 'standard' }: Partial<Candidate> = {}): Candidate => ({
  id,
  ownerId,
  tier,
});
const compose = (ranked: Candidate[], dayNumber = 0) =>
  composeFeed({
    ranked,
    sponsored: sponsoredOfDay(
      ranked.filter(({ tier }) => tier === 'sponsored'),
      dayNumber,
    ),
    bestNew: ranked.find(({ tier }) => tier === 'new'),
  });

const markets = fc
  .array(
    fc.record({
      ownerId: fc.option(fc.integer({ min: 1, max: 12 })),
      tier: fc.constantFrom<Tier>('standard', 'standard', 'standard', ...tiers),
    }),
    { maxLength: 60, size: 'max' },
  )
  .map((listings) => listings.map((listing, id) => candidate(id, listing)));

const countByOwner = (ids: number[], ranked: Candidate[]): number[] => {
  const counts = new Map<number, number>();
  for (const id of ids) {
    const ownerId = ranked.find((one) => one.id === id)?.ownerId;
    if (typeof ownerId === 'number') counts.set(ownerId, (counts.get(ownerId) ?? 0) + 1);
  }
  return [...counts.values()];
};

describe('composeFeed', () => {
  it('shows every listing once', () => {
    fc.assert(
      fc.property(markets, fc.nat(40_000), (ranked, dayNumber) => {
        expect(compose(ranked, dayNumber).toSorted((a, b) => a - b)).toEqual(ranked.map(({ id }) => id));
      }),
    );
  });

  it('puts up to three sponsored listings on top', () => {
    fc.assert(
      fc.property(markets, fc.nat(40_000), (ranked, dayNumber) => {
        const sponsored = ranked.filter(({ tier }) => tier === 'sponsored');
        const top = compose(ranked, dayNumber).slice(0, sponsoredOfDay(sponsored, dayNumber).length);
        expect(top.every((id) => ranked[id]?.tier === 'sponsored')).toBe(true);
        const places = Math.min(
          3,
          countByOwner(
            sponsored.map(({ id }) => id),
            ranked,
          ).reduce((sum, count) => sum + Math.min(2, count), 0) +
            sponsored.filter(({ ownerId }) => ownerId === null).length,
        );
        expect(top).toHaveLength(places);
      }),
    );
  });

  it('has no more than two of one owner among the first twelve where there are enough others', () => {
    fc.assert(
      fc.property(markets, fc.nat(40_000), (ranked, dayNumber) => {
        const counts = countByOwner(
          ranked.map(({ id }) => id),
          ranked,
        );
        const unclaimed = ranked.filter(({ ownerId }) => ownerId === null).length;
        fc.pre(counts.reduce((sum, count) => sum + Math.min(2, count), unclaimed) >= 12);
        const first = countByOwner(compose(ranked, dayNumber).slice(0, 12), ranked);
        expect(Math.max(0, ...first)).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('has a new listing among the first twenty where there is one', () => {
    fc.assert(
      fc.property(markets, fc.nat(40_000), (ranked, dayNumber) => {
        fc.pre(ranked.some(({ tier }) => tier === 'new'));
        const first = compose(ranked, dayNumber).slice(0, 20);
        expect(first.some((id) => ranked[id]?.tier === 'new')).toBe(true);
      }),
    );
  });

  it('shows everything of an only owner, by rank', () => {
    const ranked = [5, 3, 9, 1].map((id) => candidate(id, { ownerId: 1 }));
    expect(compose(ranked)).toEqual([5, 3, 9, 1]);
  });

  it('keeps the order of rank after the twentieth', () => {
    const ranked = Array.from({ length: 50 }, (_, id) => candidate(id, { ownerId: id < 30 ? 1 : 2 + id }));
    const rest = compose(ranked).slice(20);
    expect(rest).toEqual(rest.toSorted((a, b) => a - b));
  });

  it('brings forward what is ranked behind the end of the list', () => {
    const ranked = Array.from({ length: 30 }, (_, id) => candidate(id));
    const sponsored = [candidate(100, { tier: 'sponsored' })];
    const bestNew = candidate(200, { tier: 'new' });
    const ids = composeFeed({ ranked, sponsored, bestNew });
    expect(ids.indexOf(100)).toBe(0);
    expect(ids.indexOf(200)).toBe(19);
    expect(ids).toHaveLength(32);
  });
});

describe('sponsoredOfDay', () => {
  it('gives each its turn equally often', () => {
    const sponsored = Array.from({ length: 7 }, (_, id) => candidate(id, { tier: 'sponsored' }));
    const turns = new Map<number, number>();
    for (let day = 20_000; day < 20_007; day += 1) {
      for (const { id } of sponsoredOfDay(sponsored, day)) turns.set(id, (turns.get(id) ?? 0) + 1);
    }
    expect([...turns.values()]).toEqual([3, 3, 3, 3, 3, 3, 3]);
  });

  it('shows the same ones all day, whatever their rank', () => {
    const sponsored = Array.from({ length: 7 }, (_, id) => candidate(id, { tier: 'sponsored' }));
    const idsOf = (found: Candidate[]) => found.map(({ id }) => id);
    expect(idsOf(sponsoredOfDay(sponsored.toReversed(), 5))).toEqual(idsOf(sponsoredOfDay(sponsored, 5)));
  });
});
