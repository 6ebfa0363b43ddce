import type { ListingDetail, ListingOfMine } from '@convene/common/api';
import { getTranslations } from 'next-intl/server';
import { env } from '@/env';
import { availabilityOf } from '@/lib/backend/listingReads';
import { savedListings } from '@/lib/favorites/savedListings';
import styles from './Actions.module.css';
import { FavoriteButton } from './FavoriteButton';
import { ShareButton } from './ShareButton';
import { SiteLink } from './SiteLink';

type Props = { listing: ListingDetail; mine: ListingOfMine | null };

/** What a visitor can do with a listing: book, save, write, report. Each leads to a page of its own. */
export const Actions = async ({ listing, mine }: Props) => {
  const t = await getTranslations('act');
  const { kind, slug, owner, title } = listing;
  const path = `/${kind}/${slug}`;
  return (
    <div className={styles.actions}>
      <Book listing={listing} mine={mine} />
      <Favorite listing={listing} mine={mine} />
      {owner && !mine?.isOwner ? (
        <SiteLink href={`${path}/message`} className="button buttonQuiet">
          {t('message', { kind })}
        </SiteLink>
      ) : null}
      <ShareButton
        title={title}
        url={`${env.FRONTEND_URL}${path}`}
        texts={{ share: t('share'), copied: t('copied'), failed: t('copyByHand') }}
      />
      <p className={styles.small}>
        <SiteLink href={reportUrl({ subject: 'listing', kind, id: String(listing.id), from: path })}>
          {t('report')}
        </SiteLink>
      </p>
    </div>
  );
};

/** The page that reports something, and leads back. */
export const reportUrl = (about: { subject: string; id: string; from: string; kind?: string }): string =>
  `/report?${new URLSearchParams(about)}`;

const Book = async ({ listing, mine }: Props) => {
  const t = await getTranslations('act');
  const { kind, slug, event } = listing;
  if (mine?.isOwner) {
    return (
      <>
        <p className="notice">
          {t('own')} <SiteLink href="/account/bookings">{t('seeOwn')}</SiteLink>
        </p>
        {kind === 'events' ? null : (
          <SiteLink href={`/${kind}/${slug}/block`} className="button buttonQuiet">
            {t('block')}
          </SiteLink>
        )}
      </>
    );
  }
  if (mine?.participation) {
    return (
      <p className="notice noticeGood">
        {t('takesPart')} <SiteLink href={`/account/bookings#booking-${mine.participation}`}>{t('seeBooking')}</SiteLink>
      </p>
    );
  }
  if (event && event.status !== 'upcoming') return null;
  const availability = await availabilityOf(kind, slug);
  if (!availability) return null;
  // Then the owner's card says that there is nobody yet.
  if (!availability.hasOwner) return null;
  const { seatsLeft } = availability;
  if (seatsLeft === 0) return <p className="notice">{t('full')}</p>;
  return (
    <>
      {seatsLeft === null ? null : <p className={styles.seats}>{t('seatsLeft', { count: seatsLeft })}</p>}
      <SiteLink href={`/${kind}/${slug}/book`} className="button">
        {t('book', { kind })}
      </SiteLink>
    </>
  );
};

const Favorite = async ({ listing: { kind, slug, id, title }, mine }: Props) => {
  const t = await getTranslations('act');
  const saved = await savedListings();
  return (
    <FavoriteButton
      kind={kind}
      listingId={id}
      path={`/${kind}/${slug}`}
      isFavorite={mine?.favorite ?? saved?.has(`${kind}:${id}`) ?? false}
      texts={{
        save: t('save'),
        saved: t('saved'),
        saveHint: t('saveHint', { title }),
        savedHint: t('savedHint', { title }),
      }}
    />
  );
};
