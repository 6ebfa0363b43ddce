import { getTranslations } from 'next-intl/server';
import { priceText } from '@/components/PriceText';
import { type ListingParams, listingOfPage } from '@/lib/backend/listingOfPage';
import { formatEventDay } from '@/lib/format/eventDates';
import { cardResponse } from '@/lib/openGraph/cachedCard';
import { cardLocale } from '@/lib/openGraph/cardLocale';
import { ListingShareCard, photoSize } from '@/lib/openGraph/cards';
import { drawable } from '@/lib/openGraph/drawable';
import { photoFor } from '@/lib/openGraph/photo';
import { renderCard } from '@/lib/openGraph/render';
import { openGraphSize, openGraphType } from '@/lib/openGraph/size';
import { errorResponse } from '@/lib/request/answers';

export const size = openGraphSize;
export const contentType = openGraphType;

/** The picture of a listing where its page is shared: title, place, date, price and its first picture. */
const ListingImage = async ({ params }: { params: ListingParams }): Promise<Response> => {
  const found = await listingOfPage(params, '/opengraph-image');
  if (!found.isAvailable) return errorResponse('unavailable', 'The listing can not be read now.');
  const listing = found.value;
  const { kind, id, title, city, type, price, event, rating, image, gallery, updatedAt } = listing;
  const locale = await cardLocale();
  const t = await getTranslations({ locale });
  const kindName = t(`kinds.${kind}.singular`);
  const texts = {
    brand: t('brand.name'),
    kind,
    label: drawable(type?.name ?? '', kindName),
    title: drawable(title, kindName),
    lines: [
      ...(event
        ? [event.status === 'upcoming' ? formatEventDay(event, locale) : t(`eventStatus.${event.status}`)]
        : []),
      ...(city ? [`${city.name}, ${city.country}`] : []),
      await priceText(price, locale),
    ].map((line) => drawable(line)),
    rating: rating ? `${rating.average.toFixed(1)} (${rating.count})` : null,
  };
  const key = [kind, id, locale, updatedAt, texts.lines.join(), texts.rating].join(' ');
  return cardResponse(key, async () =>
    renderCard(<ListingShareCard {...texts} photo={await photoFor(image ?? gallery[0] ?? null, photoSize)} />),
  );
};

export default ListingImage;
