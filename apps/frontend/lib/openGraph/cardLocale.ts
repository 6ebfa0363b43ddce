import type { Locale } from '@convene/common/listings';
import { headers } from 'next/headers';
import { chooseLocale } from '@/lib/i18n/chooseLocale';

/** A card's language, by the header alone: what is kept for others on the way must not follow one visitor's cookie. */
export const cardLocale = async (): Promise<Locale> =>
  chooseLocale(undefined, (await headers()).get('accept-language'));
