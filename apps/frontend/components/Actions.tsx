import type { Availability, ListingDetail, ListingOfMine } from '@convene/common/api';
import { getTranslations } from 'next-intl/server';
import { isConveneError } from '@/lib/backend/errors';
import { getAvailability } from '@/lib/backend/listingReads';
import { signInUrl } from '@/lib/session/asVisitor';
import { getSession } from '@/lib/session/cookie';
import styles from './Actions.module.css';
import { FavoriteButton } from './FavoriteButton';
import { Heart } from './Heart';
import { SiteLink } from './SiteLink';

type Props = { listing: ListingDetail; mine: ListingOfMine | null };

/** What a visitor can do with a listing: book, save, write, report. Each leads to a page of its own. */
export const Actions = async ({ listing, mine }: Props) => {
  const t = await getTranslations('act');
  const { kind, slug, owner } = listing;
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

/** Left out while the backend is away: what can't be known is not offered. */
const seatsOf = async ({ kind, slug }: ListingDetail): Promise<Availability | null> => {
  try {
    return await getAvailability(kind, slug);
  } catch (error) {
    if (isConveneError(error)) return null;
    throw error;
  }
};

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
  const availability = await seatsOf(listing);
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
  const path = `/${kind}/${slug}`;
  if (!(await getSession())) {
    return (
      <SiteLink href={signInUrl(path)} className="button buttonQuiet">
        <Heart />
        <span aria-hidden="true">{t('save')}</span>
        <span className="visuallyHidden">{t('saveHint', { title })}</span>
      </SiteLink>
    );
  }
  return (
    <FavoriteButton
      kind={kind}
      listingId={id}
      path={path}
      isFavorite={mine?.favorite ?? false}
      texts={{
        save: t('save'),
        saved: t('saved'),
        saveHint: t('saveHint', { title }),
        savedHint: t('savedHint', { title }),
      }}
    />
  );
};
