import { type Locale, localeSchema } from '@convene/common/listings';

export const LOCALE_COOKIE = 'convene_locale';

const weightOf = (parameters: string[]): number => {
  const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
  const weight = quality === undefined ? 1 : Number(quality.trim().slice(2));
  return Number.isFinite(weight) ? weight : 0;
};

/** The language to show: the visitor's own choice, else the best of what the browser accepts, else English. */
export const chooseLocale = (chosen: string | undefined, acceptLanguage: string | null): Locale => {
  const own = localeSchema.safeParse(chosen);
  if (own.success) return own.data;
  const accepted = (acceptLanguage ?? '')
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.split(';');
      return { language: tag.trim().toLowerCase().split('-')[0], weight: weightOf(parameters) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of accepted) {
    const known = localeSchema.safeParse(language);
    if (known.success) return known.data;
  }
  return 'en';
};
