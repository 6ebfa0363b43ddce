import { type Locale, localeSchema } from '@convene/common/listings';
import { getLocale } from 'next-intl/server';

/** The language of this request. */
export const currentLocale = async (): Promise<Locale> => localeSchema.parse(await getLocale());
