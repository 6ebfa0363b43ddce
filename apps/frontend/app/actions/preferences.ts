'use server';

import { localeSchema } from '@convene/common/listings';
import { cookies } from 'next/headers';
import { env } from '@/env';
import { LOCALE_COOKIE } from '@/lib/i18n/chooseLocale';
import { THEME_COOKIE, themeSchema } from '@/lib/theme';

const ONE_YEAR_SECONDS = 365 * 86_400;

/** Keeps the language or the theme that the visitor chose in the footer. */
export const setPreferences = async (form: FormData): Promise<void> => {
  const store = await cookies();
  const attributes = {
    httpOnly: true,
    sameSite: 'lax',
    secure: env.cookiesAreSecure,
    path: '/',
    maxAge: ONE_YEAR_SECONDS,
  } as const;
  const locale = localeSchema.safeParse(form.get('locale'));
  if (locale.success) store.set(LOCALE_COOKIE, locale.data, attributes);
  const theme = themeSchema.safeParse(form.get('theme'));
  if (theme.success) store.set(THEME_COOKIE, theme.data, attributes);
};
