import { type BookingStatus, bookingStatuses, bookingTypes } from '@convene/common/market';
import { expect, it } from 'vitest';
import { tookPart, wasCancelled, wasConfirmed, wasDeclined, wasRequested } from './decisions';

const decisions = { wasRequested, wasConfirmed, wasDeclined, wasCancelled, tookPart };

const happened = (before: BookingStatus | undefined, after: BookingStatus, type: (typeof bookingTypes)[number]) =>
  Object.entries(decisions)
    .filter(([, did]) => did(before && { status: before }, { status: after, type }))
    .map(([name]) => name);

it('a save that leaves the state alone is no event', () => {
  for (const type of bookingTypes)
    for (const status of bookingStatuses) expect(happened(status, status, type)).toEqual([]);
});

it.each([
  ['stay', undefined, 'requested', ['wasRequested']],
  ['stay', 'requested', 'confirmed', ['wasConfirmed']],
  ['stay', 'requested', 'declined', ['wasDeclined']],
  ['stay', 'confirmed', 'cancelled', ['wasCancelled']],
  ['stay', 'confirmed', 'completed', []],
  ['participation', undefined, 'confirmed', ['tookPart']],
  ['participation', 'confirmed', 'cancelled', ['wasCancelled']],
  ['participation', 'confirmed', 'completed', []],
  ['block', undefined, 'confirmed', []],
  ['block', 'confirmed', 'cancelled', []],
] as const)('a %s from %s to %s', (type, before, after, names) => {
  expect(happened(before, after, type)).toEqual(names);
});
