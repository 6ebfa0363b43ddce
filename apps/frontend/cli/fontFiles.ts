import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';

/*
 * The two typefaces with what the site's own texts need and no more: a phone on a slow network loads 50 kB of them
 * instead of 195. What other names hold (Ł, ő, ř) comes from the packages' own files, on the pages that show it.
 */

/** First and last code point of each run. */
type Ranges = readonly (readonly [number, number])[];

/** ASCII, Latin-1, and the punctuation of both languages. */
export const latin: Ranges = [
  [0x20, 0x7e],
  [0xa0, 0xff],
  [0x2010, 0x2015],
  [0x2018, 0x201e],
  [0x2022, 0x2022],
  [0x2026, 0x2026],
  [0x2039, 0x203a],
  [0x20ac, 0x20ac],
  [0x2190, 0x2193],
  [0x2212, 0x2212],
];

/** Ă ă Ș ș Ț ț, and Ş ş Ţ ţ as older texts write them. Â and Î are Latin-1's. */
export const romanian: Ranges = [
  [0x102, 0x103],
  [0x15e, 0x15f],
  [0x162, 0x163],
  [0x218, 0x21b],
];

/** As CSS has it. */
export const unicodeRange = (ranges: Ranges): string => {
  const hex = (point: number) => point.toString(16).toUpperCase().padStart(4, '0');
  return ranges.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(',');
};

export const isIn = (ranges: Ranges, point: number): boolean =>
  ranges.some(([from, to]) => from <= point && point <= to);

const charactersOf = (ranges: Ranges): string =>
  ranges
    .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)))
    .join('');

type Source = { package: string; from: string; ranges: Ranges; weight: number | { min: number; max: number } };

/** Every weight that a style asks for is within these; headings have one. */
const interWeights = { min: 400, max: 720 };
const BRICOLAGE_WEIGHT = 700;
const bricolagePackage = '@fontsource-variable/bricolage-grotesque';
const interPackage = '@fontsource-variable/inter';

export const fontSources: Record<string, Source> = {
  'inter.woff2': { package: interPackage, from: 'inter-latin-wght-normal', ranges: latin, weight: interWeights },
  'interRomanian.woff2': {
    package: interPackage,
    from: 'inter-latin-ext-wght-normal',
    ranges: romanian,
    weight: interWeights,
  },
  'bricolage.woff2': {
    package: bricolagePackage,
    from: 'bricolage-grotesque-latin-wght-normal',
    ranges: latin,
    weight: BRICOLAGE_WEIGHT,
  },
  'bricolageRomanian.woff2': {
    package: bricolagePackage,
    from: 'bricolage-grotesque-latin-ext-wght-normal',
    ranges: romanian,
    weight: BRICOLAGE_WEIGHT,
  },
};

const { resolve } = createRequire(import.meta.url);

/** The bytes of one file of app/fonts. */
export const makeFont = async ({ package: name, from, ranges, weight }: Source): Promise<Buffer> =>
  subsetFont(await readFile(resolve(`${name}/files/${from}.woff2`)), charactersOf(ranges), {
    targetFormat: 'woff2',
    variationAxes: { wght: typeof weight === 'number' ? weight : { ...weight, default: weight.min } },
  });
