import 'server-only';
import type { Suggestions } from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import { getTranslations } from 'next-intl/server';
import { archiveUrl } from '@/lib/archiveUrl';
import type { Offer, Offers } from './offer';

type Suggestion = Suggestions['items'][number];
type Texts = Awaited<ReturnType<typeof getTranslations<never>>>;

const offerOf = (item: Suggestion, kind: ListingKind, t: Texts): Offer => {
  switch (item.type) {
    case 'city':
      return {
        href: archiveUrl(kind, { city: item.slug }),
        label: item.name,
        note: t('find.offers.city', { kind, country: item.country }),
      };
    case 'type':
      return {
        href: archiveUrl(item.kind, { type: item.slug }),
        label: item.name,
        note: t('find.offers.type', { kind: t(`kinds.${item.kind}.plural`), count: item.listings }),
      };
    case 'listing':
      return {
        href: `/${item.kind}/${item.slug}`,
        label: item.title,
        note: t('find.offers.listing', {
          kind: t(`kinds.${item.kind}.singular`),
          where: item.city === null ? 'none' : 'city',
          city: item.city ?? '',
        }),
      };
  }
};

/** Words the suggestions for the visitor. A city leads to what it has of the chosen kind. */
export const offersOf = async ({ items }: Suggestions, kind: ListingKind = 'locations'): Promise<Offers> => {
  const t = await getTranslations();
  return {
    items: items.map((item) => offerOf(item, kind, t)),
    said: t('find.box.some', { count: items.length }),
  };
};
