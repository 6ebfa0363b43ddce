/** Letters, figures and signs that the fonts of the cards have: Latin with all its accents, and what stands around it. */
const undrawable = /[^\u0020-\u007e\u00a0-\u024f\u1e00-\u1eff\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac]/gu;

/**
 * The text without what the fonts have not, or `instead` where nothing is left of it. What draws the cards would fetch a
 * font from another company for each sign that it misses, and wait for it.
 */
export const drawable = (text: string, instead = ''): string => {
  const kept = text
    .normalize('NFC')
    .replaceAll(/[\u2000-\u200a\u202f]/g, ' ')
    .replaceAll(undrawable, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return /[\p{L}\p{N}]/u.test(kept) ? kept : instead;
};
