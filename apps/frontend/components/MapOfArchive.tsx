import type { MapAnswer, Price, Taxonomies } from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import { getTranslations } from 'next-intl/server';
import type { ArchiveQuery } from '@/lib/archive/archiveQuery';
import { archiveUrl } from '@/lib/archiveUrl';
import { formatMoney } from '@/lib/format/price';
import { currentLocale } from '@/lib/i18n/currentLocale';
import type { MapName } from '@/lib/map/places';
import { mapTiles } from '@/lib/map/tiles';
import { MapCanvas } from './MapCanvas';

type Props = { kind: ListingKind; query: ArchiveQuery; answer: MapAnswer; cities: Taxonomies['cities'] };

const namesOf = (cities: Taxonomies['cities'], kind: ListingKind): MapName[] =>
  cities.flatMap(({ name, point, listings }) => (point ? [{ name, point, listings: listings[kind] ?? 0 }] : []));

/** The listings of an archive on a map, with their prices. */
export const MapOfArchive = async ({ kind, query, answer, cities }: Props) => {
  const t = await getTranslations();
  const locale = await currentLocale();
  const priceTexts = (price: Price | null): { label: string; price: string } => {
    if (!price) return { label: t('find.map.ask'), price: t('price.onRequest') };
    if (price.amountMinor === 0) return { label: t('price.free'), price: t('price.free') };
    const amount = formatMoney(price.amountMinor, price.currency, locale);
    return { label: amount, price: t(`price.${price.unit}`, { amount }) };
  };
  return (
    <MapCanvas
      places={answer.points.map(({ id, slug, title, point, price }) => ({
        id,
        href: `/${kind}/${slug}`,
        title,
        point,
        ...priceTexts(price),
      }))}
      names={namesOf(cities, kind)}
      bounds={query.bounds ?? null}
      tiles={mapTiles()}
      searchHere={archiveUrl(kind, { ...query, bounds: undefined, page: undefined })}
      texts={{
        region: t('find.map.region'),
        loading: t('find.map.loading'),
        failed: t('find.map.failed'),
        searchHere: t('find.map.searchHere'),
        close: t('find.close'),
        zoomIn: t('find.map.zoomIn'),
        zoomOut: t('find.map.zoomOut'),
        cluster: t('find.map.cluster'),
        outlines: t('find.map.outlines'),
      }}
    />
  );
};
