import { expect, it } from 'vitest';
import { readMerged, writeMerged } from './mergedNotice';

it('the note after signing in is read as it was written, and nothing else is taken for one', () => {
  expect(readMerged(writeMerged({ added: 12, gone: 0 }))).toEqual({ added: 12, gone: 0 });
  for (const text of [undefined, '', '1', '1.2.3', '-1.0', '100.0', '1.<b>']) expect(readMerged(text)).toBeNull();
});
