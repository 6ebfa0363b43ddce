import { expect, it } from 'vitest';
import { outcomeText } from './outcomeText';

it.each([
  [{ ran: true, batches: 3, counters: 1200, gone: 0 }, 'batches 3, counters 1200'],
  [{ ran: true, addedAgain: 2 }, 'added again 2'],
  [{ ran: false, rows: 0 }, 'somebody else was at it'],
  [null, ''],
  [{ nested: { a: 1 }, rows: 4 }, 'rows 4'],
])('%j', (outcome, text) => {
  expect(outcomeText(outcome)).toBe(text);
});
