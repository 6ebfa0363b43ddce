import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Beacons } from '@/components/Beacons';
import { ErrorTexts } from '@/components/ErrorTexts';
import { SiteFooter } from '@/components/SiteFooter';
import { SiteHeader } from '@/components/SiteHeader';
import { SiteNavigation } from '@/components/SiteNavigation';
import { Toasts } from '@/components/Toasts';
import { env } from '@/env';
import { MERGED_COOKIE, readMerged } from '@/lib/favorites/mergedNotice';
import { currentLocale } from '@/lib/i18n/currentLocale';
import { openGraphOf } from '@/lib/openGraph/openGraphOf';
import { getSession } from '@/lib/session/cookie';
import { parseTheme, THEME_COOKIE } from '@/lib/theme';
import '@/styles/tokens.css';
import '@/styles/base.css';
import * as fonts from './fonts/fonts';

/** Every page knows its visitor's language, theme and session, and carries a nonce: none can be built ahead. */
export const dynamic = 'force-dynamic';

export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations('brand');
  return {
    metadataBase: new URL(env.FRONTEND_URL),
    title: { default: `${t('name')} · ${t('tagline')}`, template: `%s · ${t('name')}` },
    description: t('description'),
    openGraph: await openGraphOf({}),
    twitter: { card: 'summary_large_image' },
    formatDetection: { telephone: false, email: false, address: false },
  };
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbf6ee' },
    { media: '(prefers-color-scheme: dark)', color: '#17110e' },
  ],
};

const RootLayout = async ({ children }: { children: ReactNode }) => {
  const locale = await currentLocale();
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  const t = await getTranslations();
  const fontVariables = Object.values(fonts)
    .map(({ variable }) => variable)
    .join(' ');
  return (
    <html lang={locale} className={fontVariables} {...(theme === 'auto' ? {} : { 'data-theme': theme })}>
      <body>
        <a href="#content" className="skipLink">
          {t('nav.skip')}
        </a>
        <SiteHeader />
        <ErrorTexts
          texts={{ title: t('errors.title'), text: t('errors.text'), retry: t('errors.retry'), home: t('errors.home') }}
        >
          <main id="content" tabIndex={-1}>
            {children}
          </main>
        </ErrorTexts>
        <SiteFooter theme={theme} />
        <News />
        <Beacons />
        <SiteNavigation />
      </body>
    </html>
  );
};

const News = async () => {
  const t = await getTranslations('favorites');
  const merged = readMerged((await cookies()).get(MERGED_COOKIE)?.value);
  return (
    <Toasts
      viewer={(await getSession())?.userId ?? ''}
      news={merged && merged.added + merged.gone > 0 ? t('merged', merged) : null}
      newsCookie={MERGED_COOKIE}
      texts={{ failed: (await getTranslations('act'))('saveFailed'), close: t('close') }}
    />
  );
};

export default RootLayout;
