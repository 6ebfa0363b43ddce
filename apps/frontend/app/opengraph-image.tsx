import { getTranslations } from 'next-intl/server';
import { cardResponse } from '@/lib/openGraph/cachedCard';
import { cardLocale } from '@/lib/openGraph/cardLocale';
import { SiteShareCard } from '@/lib/openGraph/cards';
import { renderCard } from '@/lib/openGraph/render';
import { openGraphSize, openGraphType } from '@/lib/openGraph/size';

export const alt = 'Convene';
export const size = openGraphSize;
export const contentType = openGraphType;

/** The picture of every page that has none of its own, where it is shared. */
const SiteImage = async (): Promise<Response> => {
  const locale = await cardLocale();
  const t = await getTranslations({ locale, namespace: 'brand' });
  return cardResponse(`site ${locale}`, () => renderCard(<SiteShareCard brand={t('name')} tagline={t('tagline')} />));
};

export default SiteImage;
