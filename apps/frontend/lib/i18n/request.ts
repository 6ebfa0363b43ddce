import type { Locale } from '@convene/common/listings';
import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { chooseLocale, LOCALE_COOKIE } from './chooseLocale';

const catalogues = {
  en: () => import('@/messages/en.json'),
  ro: () => import('@/messages/ro.json'),
} satisfies Record<Locale, () => Promise<{ default: object }>>;

export default getRequestConfig(async ({ locale: asked }) => {
  // A text may be asked for in a language that is not the visitor's choice.
  const chosen = asked ?? (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale = chooseLocale(chosen, (await headers()).get('accept-language'));
  return {
    locale,
    messages: (await catalogues[locale]()).default,
    // Dates of listings name their own zone; everything else is shown in UTC.
    timeZone: 'UTC',
  };
});
