import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { currentLocale } from '@/lib/i18n/currentLocale';
import { openGraphSize, openGraphType } from './size';

type Page = { title?: string; description?: string; url?: string };

/**
 * What networks show of a page. Next has a page's own take the place of all that the layout says, so the site's name and
 * its picture are said again; a picture that is drawn beside the page goes before it.
 */
export const openGraphOf = async (page: Page): Promise<NonNullable<Metadata['openGraph']>> => ({
  siteName: (await getTranslations('brand'))('name'),
  type: 'website',
  locale: await currentLocale(),
  images: [{ url: '/opengraph-image', type: openGraphType, ...openGraphSize, alt: 'Convene' }],
  ...page,
});
