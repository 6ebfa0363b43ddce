import localFont from 'next/font/local';

/*
 * Self-hosted: a file each with the letters of both languages and of Latin-1; a browser fetches the rest of the extended
 * Latin (86 kB) only where a name asks for it. The files beside this one are made by cli/makeFonts.ts.
 *
 * None is preloaded: on a slow network it would hold up the first picture. Text is drawn once (`optional`): where its typeface
 * does not arrive at once, the page stays in the system's, and the next page has it from the cache. Headings are drawn anew
 * (`swap`), which moves nothing: until then they stand in letters as wide as theirs.
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

/** Of one weight, which is taken for every weight that a heading asks for. Its stand-in is in styles/tokens.css. */
export const bricolage = localFont({
  src: './bricolage.woff2',
  variable: '--font-bricolage',
  weight: '200 800',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
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
