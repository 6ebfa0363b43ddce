import { describe, expect, it } from 'vitest';
import { slugify } from './slugify';

describe('slugify', () => {
  it.each([
    ['Grădina de Vară', 'gradina-de-vara'],
    ['  Loft & Co.  ', 'loft-co'],
    ['Straße 12', 'strasse-12'],
    ['Iași — Țesătorilor', 'iasi-tesatorilor'],
    ['!!!', ''],
  ])('%s → %s', (title, slug) => {
    expect(slugify(title)).toBe(slug);
  });

  it('never ends in a dash after it was cut', () => {
    expect(slugify(`${'a'.repeat(79)} b`)).toBe('a'.repeat(79));
  });
});
