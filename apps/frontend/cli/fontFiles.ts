import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';

/*
 * The two typefaces with what the site's own texts need and no more: a phone on a slow network loads 41 kB of them, in two
 * files, instead of 195. What other names hold (Ł, ő, ř) comes from the packages' own files, on the pages that show it.
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

/** `U+2010-2015,U+20AC`, as CSS has it. */
export const rangesOf = (unicodeRange: string): Ranges =>
  unicodeRange.split(',').map((run) => {
    const [from = Number.NaN, to = from] = run
      .replace('U+', '')
      .split('-')
      .map((point) => Number.parseInt(point, 16));
    return [from, to];
  });

export const isIn = (ranges: Ranges, point: number): boolean =>
  ranges.some(([from, to]) => from <= point && point <= to);

const charactersOf = (ranges: Ranges): string =>
  ranges
    .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)))
    .join('');

/** What is in use of the typefaces' OpenType features: kerning, accents in their places, Romanian's commas. */
const features = ['kern', 'mark', 'mkmk', 'ccmp', 'locl'];
/** Digits of one width, for tables. */
const TABULAR = 'tnum';

type Source = {
  /** In a package that has the whole typeface. */
  from: string;
  features: string[];
  variationAxes?: Record<string, number | { min: number; max: number; default: number }>;
};

export const fontSources: Record<string, Source> = {
  'inter.woff2': {
    from: 'inter-ui/variable/InterVariable.woff2',
    features: [...features, TABULAR],
    // Every weight that a style asks for is within these.
    variationAxes: { opsz: 14, wght: { min: 400, max: 720, default: 400 } },
  },
  // Headings have one weight.
  'bricolage.woff2': {
    from: '@expo-google-fonts/bricolage-grotesque/700Bold/BricolageGrotesque_700Bold.ttf',
    features,
  },
};

const { resolve } = createRequire(import.meta.url);

/** The bytes of one file of app/fonts. */
export const makeFont = async ({ from, features: keepFeatures, variationAxes = {} }: Source): Promise<Buffer> => {
  // The package's types don't know `keepFeatures` yet.
  const options = { targetFormat: 'woff2' as const, keepFeatures, variationAxes };
  return subsetFont(await readFile(resolve(from)), charactersOf([...latin, ...romanian]), options);
};
