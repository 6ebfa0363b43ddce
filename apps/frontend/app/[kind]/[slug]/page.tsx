import { type ListingDetail, reviewOrders } from '@convene/common/api';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { Actions } from '@/components/Actions';
import { AvailabilityCalendar } from '@/components/AvailabilityCalendar';
import { ListingFacts } from '@/components/ListingFacts';
import { ListingPictures } from '@/components/ListingPictures';
import { MapOfListing } from '@/components/MapOfListing';
import { OwnerCard } from '@/components/OwnerCard';
import { Rail } from '@/components/Rail';
import { Rating } from '@/components/Rating';
import { Reviews } from '@/components/Reviews';
import { SiteLink } from '@/components/SiteLink';
import { Unavailable } from '@/components/Unavailable';
import { ViewBeacon } from '@/components/ViewBeacon';
import { env } from '@/env';
import { archiveUrl } from '@/lib/archiveUrl';
import { type ListingParams, listingOfPage } from '@/lib/backend/listingOfPage';
import { availabilityOf } from '@/lib/backend/listingReads';
import { mineOf } from '@/lib/backend/mineOf';
import { similarListings } from '@/lib/backend/similarListings';
import { openGraphOf } from '@/lib/openGraph/openGraphOf';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';
import { breadcrumbData, jsonForScript, structuredDataOf } from '@/lib/structuredData';
import styles from './listing.module.css';

type Props = { params: ListingParams; searchParams: SearchParams };

const orderSchema = z.enum(reviewOrders).catch('newest');
const pageSchema = z.coerce.number().int().min(1).max(1_000).catch(1);

export const generateMetadata = async (props: Props): Promise<Metadata> => {
  const listing = await listingOfPage(props.params);
  if (!listing.isAvailable) return { robots: { index: false } };
  const { kind, slug, title, summary, city } = listing.value;
  const url = `/${kind}/${slug}`;
  return {
    title: city ? `${title}, ${city.name}` : title,
    description: summary,
    alternates: { canonical: url },
    openGraph: await openGraphOf({ title, description: summary, url, hasOwnPicture: true }),
    // Its picture is drawn by opengraph-image.tsx beside this file.
    twitter: { card: 'summary_large_image', title, description: summary },
  };
};

const ListingPage = async (props: Props) => {
  const found = await listingOfPage(props.params);
  if (!found.isAvailable) {
    const { kind, slug } = await props.params;
    return <Unavailable retryHref={`/${kind}/${slug}`} />;
  }
  const listing = found.value;
  const mine = await mineOf(listing);
  const reviewsPage = pageSchema.parse(await searchParam(props.searchParams, 'reviews'));
  const reviewsOrder = orderSchema.parse(await searchParam(props.searchParams, 'order'));
  return (
    <>
      <article className={`container ${styles.listing}`} data-kind={listing.kind}>
        <Head listing={listing} />
        <div className={styles.columns}>
          <ListingPictures listing={listing} />
          <aside className={styles.side}>
            <ListingFacts listing={listing}>
              <Actions listing={listing} mine={mine} />
            </ListingFacts>
            <OwnerCard listing={listing} />
          </aside>
          <div className={styles.main}>
            <Description listing={listing} />
            <Facilities listing={listing} />
            <Dates listing={listing} />
            <MapOfListing listing={listing} />
            <Reviews listing={listing} page={reviewsPage} sort={reviewsOrder} mine={mine} />
          </div>
        </div>
      </article>
      <Similar listing={listing} />
      <ViewBeacon kind={listing.kind} listingId={listing.id} />
      <StructuredData listing={listing} />
    </>
  );
};

const DataScript = ({ data }: { data: Record<string, unknown> }) => (
  <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonForScript(data) }} />
);

/** The page for search engines. */
const StructuredData = async ({ listing }: { listing: ListingDetail }) => {
  const { kind, slug, event } = listing;
  const availability = event?.status === 'upcoming' ? await availabilityOf(kind, slug) : null;
  const siteUrl = env.FRONTEND_URL;
  const url = `${siteUrl}/${kind}/${slug}`;
  const trail = (await trailOf(listing)).map(({ name, href }) => ({ name, url: `${siteUrl}${href}` }));
  return (
    <>
      <DataScript data={structuredDataOf({ listing, url, siteUrl, seatsLeft: availability?.seatsLeft ?? null })} />
      <DataScript data={breadcrumbData([...trail, { name: listing.title, url }])} />
    </>
  );
};

/** From the home page to the list that the listing is in. */
const trailOf = async ({ kind, city }: ListingDetail): Promise<{ name: string; href: string }[]> => {
  const t = await getTranslations();
  return [
    { name: t('listing.home'), href: '/' },
    { name: t(`kinds.${kind}.plural`), href: archiveUrl(kind) },
    ...(city ? [{ name: city.name, href: archiveUrl(kind, { city: city.slug }) }] : []),
  ];
};

const Head = async ({ listing }: { listing: ListingDetail }) => {
  const t = await getTranslations();
  const { title, summary, type, tier, rating, event } = listing;
  return (
    <header className={styles.head}>
      <nav aria-label={t('listing.breadcrumb')}>
        <ol className={styles.breadcrumb}>
          {(await trailOf(listing)).map(({ name, href }) => (
            <li key={href}>
              <SiteLink href={href}>{name}</SiteLink>
            </li>
          ))}
        </ol>
      </nav>
      <h1>{title}</h1>
      {summary ? <p className={styles.summary}>{summary}</p> : null}
      <div className={styles.tags}>
        {type ? <span className="tag">{type.name}</span> : null}
        {tier === 'sponsored' ? <span className={styles.sponsored}>{t('card.sponsored')}</span> : null}
        {tier === 'recommended' ? <span className="tag">{t('card.recommended')}</span> : null}
        {event && event.status !== 'upcoming' ? <span className="tag">{t(`eventStatus.${event.status}`)}</span> : null}
        {rating ? <Rating rating={rating} /> : null}
      </div>
      {event?.status === 'cancelled' ? <p className="notice noticeBad">{t('listing.cancelledNote')}</p> : null}
      {event?.status === 'finished' ? <p className="notice">{t('listing.finishedNote')}</p> : null}
    </header>
  );
};

const Description = async ({ listing: { descriptionHtml } }: { listing: ListingDetail }) => {
  const t = await getTranslations('listing');
  return (
    <section className={styles.section} aria-labelledby="about">
      <h2 id="about">{t('about')}</h2>
      {descriptionHtml ? (
        <div className="prose" dangerouslySetInnerHTML={{ __html: descriptionHtml }} />
      ) : (
        <p className="hint">{t('noDescription')}</p>
      )}
    </section>
  );
};

const Facilities = async ({ listing: { facilities } }: { listing: ListingDetail }) => {
  if (facilities.length === 0) return null;
  const t = await getTranslations('listing');
  return (
    <section className={styles.section} aria-labelledby="facilities">
      <h2 id="facilities">{t('facilities')}</h2>
      <ul className={styles.facilities}>
        {facilities.map(({ slug, name }) => (
          <li key={slug}>{name}</li>
        ))}
      </ul>
    </section>
  );
};

/** Of a location or service whose owner takes bookings: an event has its own dates, among the facts. */
const Dates = async ({ listing: { kind, slug } }: { listing: ListingDetail }) => {
  const availability = kind === 'events' ? null : await availabilityOf(kind, slug);
  if (!availability?.hasOwner) return null;
  const t = await getTranslations('calendar');
  return (
    <section className={styles.section} aria-labelledby="dates">
      <h2 id="dates">{t('title')}</h2>
      <AvailabilityCalendar availability={availability} />
    </section>
  );
};

const Similar = async ({ listing }: { listing: ListingDetail }) => {
  const listings = await similarListings(listing);
  if (listings.length === 0) return null;
  const t = await getTranslations('listing');
  const { kind, city } = listing;
  const isSameCity = city !== null && listings.every((other) => other.city?.id === city.id);
  return (
    <div className={styles.similar}>
      <Rail
        id="similar"
        kind={kind}
        title={isSameCity ? t('similarInCity', { city: city.name }) : t('similar')}
        listings={listings}
      />
    </div>
  );
};

export default ListingPage;
