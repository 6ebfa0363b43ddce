import type { ListingDetail } from '@convene/common/api';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { Actions } from '@/components/Actions';
import { Gallery } from '@/components/Gallery';
import { ListingFacts } from '@/components/ListingFacts';
import { ListingImage } from '@/components/ListingImage';
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
import { mineOf } from '@/lib/backend/mineOf';
import { similarListings } from '@/lib/backend/similarListings';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';
import { jsonForScript, structuredDataOf } from '@/lib/structuredData';
import styles from './listing.module.css';

type Props = { params: ListingParams; searchParams: SearchParams };

const pageSchema = z.coerce.number().int().min(1).max(1_000).catch(1);

export const generateMetadata = async (props: Props): Promise<Metadata> => {
  const listing = await listingOfPage(props.params);
  if (!listing.isAvailable) return { robots: { index: false } };
  const { kind, slug, title, summary, city, image } = listing.value;
  const url = `/${kind}/${slug}`;
  const picture = image?.sources.at(-1);
  return {
    title: city ? `${title}, ${city.name}` : title,
    description: summary,
    alternates: { canonical: url },
    openGraph: {
      title,
      description: summary,
      url,
      ...(picture ? { images: [{ ...picture, alt: image?.alt ?? '' }] } : {}),
    },
    twitter: { card: picture ? 'summary_large_image' : 'summary' },
  };
};

const ListingPage = async (props: Props) => {
  const found = await listingOfPage(props.params);
  if (!found.isAvailable) {
    const { kind, slug } = await props.params;
    return <Unavailable retryHref={`/${kind}/${slug}`} />;
  }
  const listing = found.value;
  const url = `${env.FRONTEND_URL}/${listing.kind}/${listing.slug}`;
  const mine = await mineOf(listing);
  const reviewsPage = pageSchema.parse(await searchParam(props.searchParams, 'reviews'));
  return (
    <>
      <article className={`container ${styles.listing}`} data-kind={listing.kind}>
        <Head listing={listing} />
        <div className={styles.columns}>
          <div className={styles.main}>
            <Pictures listing={listing} />
            <Description listing={listing} />
            <Facilities listing={listing} />
            <MapOfListing listing={listing} />
            <Reviews listing={listing} page={reviewsPage} mine={mine} />
          </div>
          <aside className={styles.side}>
            <ListingFacts listing={listing}>
              <Actions listing={listing} mine={mine} />
            </ListingFacts>
            <OwnerCard listing={listing} />
          </aside>
        </div>
      </article>
      <Similar listing={listing} />
      <ViewBeacon kind={listing.kind} listingId={listing.id} />
      <script
        type="application/ld+json"
        dangerouslySetInnerHTML={{ __html: jsonForScript(structuredDataOf(listing, url)) }}
      />
    </>
  );
};

const Head = async ({ listing }: { listing: ListingDetail }) => {
  const t = await getTranslations();
  const { kind, title, summary, city, type, tier, rating, event } = listing;
  return (
    <header className={styles.head}>
      <nav aria-label={t('listing.breadcrumb')}>
        <ol className={styles.breadcrumb}>
          <li>
            <SiteLink href="/">{t('listing.home')}</SiteLink>
          </li>
          <li>
            <SiteLink href={archiveUrl(kind)}>{t(`kinds.${kind}.plural`)}</SiteLink>
          </li>
          {city ? (
            <li>
              <SiteLink href={archiveUrl(kind, { city: city.slug })}>{city.name}</SiteLink>
            </li>
          ) : null}
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

const Pictures = async ({ listing: { gallery, image } }: { listing: ListingDetail }) => {
  const t = await getTranslations('listing');
  const images = gallery.length > 0 ? gallery : image ? [image] : [];
  if (images.length === 0) {
    return (
      <div className={styles.noPicture}>
        <ListingImage image={null} sizes="50rem" />
      </div>
    );
  }
  const count = images.length;
  return (
    <Gallery
      images={images}
      texts={{
        region: t('gallery'),
        previous: t('previousPicture'),
        next: t('nextPicture'),
        position: images.map((_, at) => t('picture', { index: at + 1, count })),
        show: images.map((_, at) => t('showPicture', { index: at + 1 })),
      }}
    />
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
