import { feedQuerySchema } from '@convene/common/api';
import { expect, it } from 'vitest';
import { isSegment } from './query';

it('tells segments, which are few, from what other filters find', () => {
  const of = (query: Record<string, string>) => isSegment(feedQuerySchema.parse({ kind: 'events', ...query }));
  expect(of({})).toBe(true);
  expect(of({ city: 'iasi', type: 'concert', sort: 'soonest', page: '3', pageSize: '12' })).toBe(true);
  const others: Record<string, string>[] = [
    { text: 'jazz' },
    { bounds: '20,43,30,48' },
    { priceMax: '5000', currency: 'RON' },
    { ratingMin: '4' },
    { capacityMin: '7' },
    { from: '2026-12-01' },
  ];
  for (const found of others) expect(of(found)).toBe(false);
});
