import { describe, expect, test } from 'vitest';
import { mailTexts } from './index';
import { plural } from './ro/words';

test.each([
  [0, '0 locuri'],
  [1, 'un loc'],
  [2, '2 locuri'],
  [19, '19 locuri'],
  [20, '20 de locuri'],
  [99, '99 de locuri'],
  [100, '100 de locuri'],
  [101, '101 locuri'],
  [119, '119 locuri'],
  [120, '120 de locuri'],
  [1_240, '1.240 de locuri'],
])('Romanian counts: %i', (value, expected) => {
  expect(plural(value, 'un loc', 'locuri')).toBe(expected);
});

describe('the same catalogue in both languages', () => {
  const { en, ro } = mailTexts;

  const pathsOf = (value: unknown, path = ''): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, `${path}.${key}`))
      : [path];

  test('has the same keys', () => {
    expect(pathsOf(ro).sort()).toEqual(pathsOf(en).sort());
  });

  const sentencesOf = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sentencesOf) : [];
  };

  test('is Romanian with commas below and Romanian quotes', () => {
    for (const sentence of sentencesOf(ro)) expect(sentence).not.toMatch(/[şţŞŢ“"]/);
  });

  test('is not left untranslated', () => {
    const english = new Set(sentencesOf(en).filter((sentence) => sentence.includes(' ')));
    for (const sentence of sentencesOf(ro)) expect(english).not.toContain(sentence);
  });
});

test('numbers decide the words', () => {
  const { en, ro } = mailTexts;
  expect(en.searchStats.subject(1)).toBe('Your listings were shown 1 time last week');
  expect(ro.searchStats.subject(1)).toBe('Anunțurile tale au fost afișate o dată săptămâna trecută');
  expect(ro.searchStats.subject(3)).toBe('Anunțurile tale au fost afișate de 3 ori săptămâna trecută');
  expect(ro.searchStats.subject(1_240)).toBe('Anunțurile tale au fost afișate de 1.240 de ori săptămâna trecută');
  expect(ro.favorited.preheader(1)).toBe('Acum este printre favoritele unei persoane.');
  expect(ro.favorited.preheader(20)).toBe('Acum este printre favoritele a 20 de persoane.');
  expect(ro.favorited.subject('Casa', 21)).toBe('21 de persoane au salvat „Casa”');
  expect(ro.adminDigest.needsYou(1)).toMatch(/^Un e-mail a eșuat/);
  expect(ro.adminDigest.needsYou(21)).toMatch(/^21 de e-mailuri au eșuat/);
  expect(ro.participationConfirmed.intro('X', 20)).toMatch(/^Cele 20 de locuri ale tale/);
});
