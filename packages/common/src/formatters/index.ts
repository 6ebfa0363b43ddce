/*
 * Intl's formatters, each made once: making one takes about a hundred times as long as formatting with it, and a page
 * with a calendar formats thousands of moments.
 */

/** There are about 450 time zones, and a site shows a few of them; who names thousands in odd spellings gains no memory. */
const MOST_KEPT = 500;

const madeOnce = <Options, Formatter>(make: (locale: string, options: Options) => Formatter) => {
  const kept = new Map<string, Formatter>();
  return (locale: string, options: Options): Formatter => {
    const key = `${locale} ${JSON.stringify(options)}`;
    const known = kept.get(key);
    if (known) return known;
    const formatter = make(locale, options);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, formatter);
    return formatter;
  };
};

/** @throws RangeError for a locale, a zone or an option that the runtime doesn't know */
export const dateTimeFormat = madeOnce(
  (locale: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);

/** @throws RangeError for a locale, a currency or an option that the runtime doesn't know */
export const numberFormat = madeOnce(
  (locale: string, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
);
