import type { Taxonomies } from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import { getTranslations } from 'next-intl/server';
import { formatDay } from '@/lib/format/eventDates';
import { formatMoney } from '@/lib/format/price';
import { currentLocale } from '@/lib/i18n/currentLocale';
import type { ActiveFilter } from './activeFilters';
import type { ArchiveQuery } from './archiveQuery';

/** How a filter that is on is called in the visitor's language: "from €20", "Iași". */
export const filterTexts = async ({
  kind,
  query,
  taxonomies,
}: {
  kind: ListingKind;
  query: ArchiveQuery;
  taxonomies: Taxonomies;
}): Promise<(filter: Pick<ActiveFilter, 'name' | 'value'>) => string> => {
  const t = await getTranslations('find.chips');
  const locale = await currentLocale();
  const nameOf = (all: { slug: string; name: string }[], slug: string): string =>
    all.find((one) => one.slug === slug)?.name ?? slug;
  const amount = (value: string): string => formatMoney(Number(value), query.currency ?? 'EUR', locale);
  return ({ name, value }) => {
    switch (name) {
      case 'text':
        return t('text', { text: value });
      case 'city':
        return nameOf(taxonomies.cities, value);
      case 'type':
        return nameOf(
          taxonomies.types.filter((type) => type.kind === kind),
          value,
        );
      case 'facilities':
        return nameOf(taxonomies.facilities, value);
      case 'priceMin':
      case 'priceMax':
        return t(name, { amount: amount(value) });
      case 'from':
      case 'to':
        return t(name, { day: formatDay(value, locale) });
      case 'capacity':
        return t('capacity', { count: Number(value) });
      case 'rating':
        return t('rating', { rating: Number(value) });
      case 'bounds':
        return t('bounds');
    }
  };
};
