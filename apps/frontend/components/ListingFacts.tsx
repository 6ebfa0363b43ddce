import type { ListingDetail } from '@convene/common/api';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { formatDay, formatEventTimes } from '@/lib/format/eventDates';
import { currentLocale } from '@/lib/i18n/currentLocale';
import styles from './ListingFacts.module.css';
import { PriceText } from './PriceText';

/** Price, dates, place and size: what decides. */
export const ListingFacts = async ({ listing, children }: { listing: ListingDetail; children?: ReactNode }) => {
  const t = await getTranslations();
  const { kind, price, capacity, coverageArea, type, updatedAt } = listing;
  const countLabel = kind === 'events' ? 'listing.seats' : 'listing.guests';
  return (
    <section className={styles.facts} aria-labelledby="facts">
      <h2 id="facts" className="visuallyHidden">
        {t('listing.facts')}
      </h2>
      <p className={styles.price}>
        <PriceText price={price} />
      </p>
      <p className={styles.small}>{t('price.agreed')}</p>
      {children}
      <dl className={styles.list}>
        <When listing={listing} />
        <Where listing={listing} />
        {capacity ? <Fact label={t('listing.capacity')}>{t(countLabel, { count: capacity })}</Fact> : null}
        {coverageArea ? <Fact label={t('listing.coverage')}>{coverageArea}</Fact> : null}
        {type ? <Fact label={t('listing.type')}>{type.name}</Fact> : null}
      </dl>
      <p className={styles.small}>{t('listing.updated', { date: formatDay(updatedAt, await currentLocale()) })}</p>
    </section>
  );
};

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={styles.fact}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

const When = async ({ listing: { event } }: { listing: ListingDetail }) => {
  if (!event) return null;
  const t = await getTranslations('listing');
  const { date, time, zone } = formatEventTimes(event, await currentLocale());
  return (
    <Fact label={t('when')}>
      <time dateTime={event.startsAt}>{date}</time>
      <span className={styles.line}>
        {time} <abbr title={event.timeZone}>{zone}</abbr>
      </span>
    </Fact>
  );
};

const mapUrl = ([longitude, latitude]: [number, number]): string =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;

const Where = async ({ listing: { address, city, point } }: { listing: ListingDetail }) => {
  if (!address && !city) return null;
  const t = await getTranslations('listing');
  return (
    <Fact label={t('where')}>
      {address ? <span>{address}</span> : null}
      {city ? <span className={styles.line}>{`${city.name}, ${city.country}`}</span> : null}
      {point ? (
        <a className={styles.line} href={mapUrl(point)} rel="noopener noreferrer" target="_blank">
          {t('map')}
        </a>
      ) : null}
    </Fact>
  );
};
