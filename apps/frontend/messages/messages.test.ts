import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import en from './en.json';
import ro from './ro.json';

type Catalogue = { [key: string]: string | Catalogue };

const textsOf = (catalogue: Catalogue, prefix = ''): [string, string][] =>
  Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value]] : textsOf(value, `${prefix}${key}.`),
  );

/** Arguments stand in braces, and so do the branches of a choice, but these follow a keyword. */
const argumentsOf = (text: string): string[] =>
  [
    ...new Set(
      [...text.matchAll(/(?<!\b(?:locations|events|other|one|few) )\{(\w+)(?=[,}])/g)].map(([, name]) => name ?? ''),
    ),
  ].sort();

describe('the message catalogues', () => {
  const english = new Map(textsOf(en));
  const romanian = new Map(textsOf(ro));

  it('have the same messages', () => {
    expect([...romanian.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('use the same arguments in both languages', () => {
    for (const [key, text] of english) {
      expect([key, argumentsOf(romanian.get(key) ?? '')]).toEqual([key, argumentsOf(text)]);
    }
  });

  it('write Romanian with the comma-below letters', () => {
    for (const [key, text] of romanian) expect([key, /[şţŞŢ]/.test(text)]).toEqual([key, false]);
  });

  it('count as each language does', () => {
    const inEnglish = createTranslator({ locale: 'en', messages: en, namespace: 'archive' });
    const inRomanian = createTranslator({ locale: 'ro', messages: ro, namespace: 'archive' });
    expect([0, 1, 2, 20].map((count) => inEnglish('count', { count }))).toEqual([
      'No listings',
      '1 listing',
      '2 listings',
      '20 listings',
    ]);
    expect([0, 1, 2, 20].map((count) => inRomanian('count', { count }))).toEqual([
      'Niciun anunț',
      '1 anunț',
      '2 anunțuri',
      '20 de anunțuri',
    ]);
  });
});
