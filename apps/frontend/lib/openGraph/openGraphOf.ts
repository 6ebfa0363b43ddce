import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { currentLocale } from '@/lib/i18n/currentLocale';
import { openGraphSize, openGraphType } from './size';

type Page = {
  title?: string;
  description?: string;
  url?: string;
  /** Is one drawn by a file beside the page? Next takes it only where no images are named here. */
  hasOwnPicture?: boolean;
};

/**
 * What networks show of a page. Next has a page's own take the place of all that the layout says, so the site's name and
 * its picture are said again.
 */
export const openGraphOf = async ({
  hasOwnPicture = false,
  ...page
}: Page): Promise<NonNullable<Metadata['openGraph']>> => ({
  siteName: (await getTranslations('brand'))('name'),
  type: 'website',
  locale: await currentLocale(),
  ...(hasOwnPicture
    ? {}
    : { images: [{ url: '/opengraph-image', type: openGraphType, ...openGraphSize, alt: 'Convene' }] }),
  ...page,
});
