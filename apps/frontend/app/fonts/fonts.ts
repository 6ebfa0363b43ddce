import localFont from 'next/font/local';

/*
 * Self-hosted, range by range: a browser fetches Romanian's letters (2 kB) where a page has some, and the rest of the
 * extended Latin (86 kB) only where a name asks for it. The files beside this one are made by cli/makeFonts.ts.
 *
 * Nothing is drawn anew (`optional`): where a typeface does not arrive at once, as on a phone on a slow network, the page stays
 * in the system's, and the next page has it from the cache. Only that of headings is preloaded: the other would hold up the
 * first picture on such a phone.
 *
 * `next/font` reads its options without running the code, so the ranges are spelled out; a test holds them to the files.
 */

export const inter = localFont({
  src: './inter.woff2',
  variable: '--font-inter',
  weight: '400 720',
  display: 'optional',
  preload: false,
});

export const interRomanian = localFont({
  src: './interRomanian.woff2',
  variable: '--font-inter-romanian',
  weight: '400 720',
  display: 'optional',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0102-0103,U+015E-015F,U+0162-0163,U+0218-021B' }],
});

export const interRest = localFont({
  src: '../../node_modules/@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2',
  variable: '--font-inter-rest',
  weight: '100 900',
  display: 'optional',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-0101,U+0104-015D,U+0160-0161,U+0164-0217,U+021C-02BA,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0',
    },
  ],
});

/** Of one weight, which is taken for every weight that a heading asks for. */
export const bricolage = localFont({
  src: './bricolage.woff2',
  variable: '--font-bricolage',
  weight: '200 800',
  display: 'optional',
});

export const bricolageRomanian = localFont({
  src: './bricolageRomanian.woff2',
  variable: '--font-bricolage-romanian',
  weight: '200 800',
  display: 'optional',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0102-0103,U+015E-015F,U+0162-0163,U+0218-021B' }],
});

export const bricolageRest = localFont({
  src: '../../node_modules/@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-ext-wght-normal.woff2',
  variable: '--font-bricolage-rest',
  weight: '200 800',
  display: 'optional',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-0101,U+0104-015D,U+0160-0161,U+0164-0217,U+021C-02BA,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0',
    },
  ],
});
