import { deliveryStatuses } from '@convene/common';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deliveryEventKinds, statusAfter } from './deliveryEvents';

test.each([
  ['uncertain', 'sent', 'sent'],
  ['attempting', 'delivered', 'delivered'],
  ['sent', 'delayed', 'sent'],
  ['uncertain', 'delayed', 'sent'],
  ['bounced', 'delivered', 'bounced'],
  ['complained', 'bounced', 'complained'],
  ['delivered', 'sent', 'delivered'],
  ['delivered', 'bounced', 'bounced'],
  ['failed', 'sent', 'failed'],
] as const)('%s, then %s, is %s', (status, kind, expected) => {
  expect(statusAfter(status, kind)).toBe(expected);
});

const events = fc.array(fc.constantFrom(...deliveryEventKinds), { maxLength: 8 });
const start = fc.constantFrom(...deliveryStatuses.filter((status) => !['failed', 'suppressed'].includes(status)));

test('the order in which events arrive, and how often, makes no difference', () => {
  // Which of the two came first can't be told afterwards; a provider reports one of them.
  const oneFailure = events.filter((kinds) => !(kinds.includes('failed') && kinds.includes('suppressed')));
  fc.assert(
    fc.property(start, oneFailure, fc.infiniteStream(fc.nat()), (status, kinds, random) => {
      const shuffled = [...kinds, ...kinds]
        .map((kind) => ({ kind, rank: random.next().value }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ kind }) => kind);
      expect(shuffled.reduce(statusAfter, status)).toBe(kinds.reduce(statusAfter, status));
    }),
  );
});
