import type { ListingDetail } from '@convene/common/api';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { formatEventTimes } from '@/lib/format/eventDates';
import { currentLocale } from '@/lib/i18n/currentLocale';
import styles from './ActFrame.module.css';
import { ListingImage } from './ListingImage';
import { PriceText } from './PriceText';
import { SiteLink } from './SiteLink';

/** The frame of a page on which one thing is done with a listing: what it is about stays in sight. */
export const ActFrame = async ({
  listing,
  title,
  lead,
  children,
}: {
  listing: ListingDetail;
  title: string;
  lead?: string;
  children: ReactNode;
}) => {
  const t = await getTranslations('act');
  const { kind, slug, image, price, city, event } = listing;
  const times = event ? formatEventTimes(event, await currentLocale()) : null;
  return (
    <div className={`container ${styles.frame}`} data-kind={kind}>
      <aside className={styles.listing}>
        <div className={styles.image}>
          <ListingImage image={image} sizes="(max-width: 52rem) 7rem, 23rem" alt="" />
        </div>
        <div className={styles.facts}>
          <p className={styles.name}>{listing.title}</p>
          {times ? (
            <p>
              {times.date}, {times.time}
            </p>
          ) : null}
          {city ? <p>{city.name}</p> : null}
          <p className={styles.price}>
            <PriceText price={price} />
          </p>
        </div>
      </aside>
      <section className={styles.panel} aria-labelledby="act-title">
        <SiteLink href={`/${kind}/${slug}`} className={styles.back}>
          <span aria-hidden="true">← </span>
          {t('back')}
        </SiteLink>
        <header className={styles.head}>
          <h1 id="act-title">{title}</h1>
          {lead ? <p className={styles.lead}>{lead}</p> : null}
        </header>
        {children}
      </section>
    </div>
  );
};
