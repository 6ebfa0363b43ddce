import { expect, test } from 'vitest';
import { piecesOf, strong } from './emphasis';
import { safeTitle } from './safeText';

test('a sentence is told in pieces, the marked ones set off', () => {
  expect(piecesOf(`${strong('Ana')} wrote about ${strong('Loft')}.`)).toEqual([
    { text: 'Ana', isStrong: true },
    { text: ' wrote about ', isStrong: false },
    { text: 'Loft', isStrong: true },
    { text: '.', isStrong: false },
  ]);
  expect(piecesOf('Nothing here.')).toEqual([{ text: 'Nothing here.', isStrong: false }]);
});

test('a title can set nothing off', () => {
  expect(piecesOf(safeTitle(strong('Loft')))).toEqual([{ text: 'Loft', isStrong: false }]);
});
