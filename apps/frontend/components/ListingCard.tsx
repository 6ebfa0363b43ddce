import type { ListingCard as Card } from '@convene/common/api';
import { getTranslations } from 'next-intl/server';
import { savedListings } from '@/lib/favorites/savedListings';
import { eventDay, formatEventDay } from '@/lib/format/eventDates';
import { currentLocale } from '@/lib/i18n/currentLocale';
import { FavoriteHeart } from './FavoriteHeart';
import styles from './ListingCard.module.css';
import { ListingImage } from './ListingImage';
import { PriceText } from './PriceText';
import { Rating } from './Rating';
import { SiteLink } from './SiteLink';

type Props = {
  listing: Card;
  sizes: string;
  /** In the first row of a page. */
  isFirst?: boolean;
  /** Which heading level fits the page. */
  heading?: 'h2' | 'h3';
  /** Can it be saved here? */
  hasHeart?: boolean;
};

/** A listing in a list. `data-impression` is what the beacons watch. */
export const ListingCard = async ({
  listing,
  sizes,
  isFirst = false,
  heading: Heading = 'h3',
  hasHeart = true,
}: Props) => {
  const t = await getTranslations();
  const locale = await currentLocale();
  const { kind, id, slug, title, summary, city, type, image, price, tier, rating, capacity, event } = listing;
  const isOff = event?.status === 'cancelled' || event?.status === 'finished';
  return (
    <article className={styles.card} data-kind={kind} data-impression={`${kind}:${id}`}>
      <div className={styles.media}>
        <ListingImage image={image} sizes={sizes} isFirst={isFirst} alt="" />
        {event ? <DateLeaf {...eventDay(event, locale)} /> : null}
        {tier === 'sponsored' ? <span className={styles.sponsored}>{t('card.sponsored')}</span> : null}
        {tier === 'recommended' || tier === 'new' ? <span className={styles.label}>{t(`card.${tier}`)}</span> : null}
      </div>
      <div className={styles.body}>
        <p className={styles.meta}>
          {type ? <span className={styles.type}>{type.name}</span> : null}
          {city ? <span>{city.name}</span> : null}
        </p>
        <Heading className={styles.title}>
          <SiteLink href={`/${kind}/${slug}`}>{title}</SiteLink>
        </Heading>
        {event ? (
          <p className={styles.when}>{isOff ? t(`eventStatus.${event.status}`) : formatEventDay(event, locale)}</p>
        ) : (
          <p className={styles.summary}>{summary}</p>
        )}
        <p className={styles.foot}>
          <span className={styles.price}>
            <PriceText price={price} />
          </span>
          {rating ? <Rating rating={rating} /> : null}
          {!rating && kind === 'locations' && capacity ? (
            <span className={styles.capacity}>{t('card.capacity', { count: capacity })}</span>
          ) : null}
        </p>
      </div>
      {hasHeart ? <CardHeart listing={listing} /> : null}
    </article>
  );
};

/** Left out while it can't be told what is saved. */
const CardHeart = async ({ listing: { kind, id, slug, title } }: { listing: Card }) => {
  const saved = await savedListings();
  if (!saved) return null;
  const t = await getTranslations('act');
  return (
    <FavoriteHeart
      kind={kind}
      listingId={id}
      path={`/${kind}/${slug}`}
      isFavorite={saved.has(`${kind}:${id}`)}
      label={t('saveHint', { title })}
    />
  );
};

const DateLeaf = ({ day, month, weekday }: { day: string; month: string; weekday: string }) => (
  <span className={styles.leaf} aria-hidden="true">
    <span className={styles.leafMonth}>{month.replace('.', '')}</span>
    <span className={styles.leafDay}>{day}</span>
    <span className={styles.leafWeekday}>{weekday.replace('.', '')}</span>
  </span>
);
