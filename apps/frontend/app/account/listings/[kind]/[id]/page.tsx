import type { OwnListing } from '@convene/common/api';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { AccountFrame } from '@/components/AccountFrame';
import { DoneNotice } from '@/components/DoneNotice';
import { OwnListingForm } from '@/components/OwnListingForm';
import { OwnListingNav } from '@/components/OwnListingNav';
import { Unavailable } from '@/components/Unavailable';
import { getListingOptions, getOwnListing } from '@/lib/backend/ownListings';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';
import { type OwnListingParams, ownRefOf, readOwn } from '@/lib/session/ownPage';
import styles from '../../listings.module.css';

type Props = { params: OwnListingParams; searchParams: SearchParams };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('owner.edit'))('title'),
  robots: { index: false },
});

const savedSchema = z.enum(['draft', 'pending']);

/** The newest version of one's own listing, to be changed. */
const EditListingPage = async ({ params, searchParams }: Props) => {
  const listing = await ownRefOf(params);
  const path = `/account/listings/${listing.kind}/${listing.id}`;
  const found = await readOwn(path, async (token) => ({
    saved: await getOwnListing(token, listing),
    options: await getListingOptions(token),
  }));
  if (!found.isAvailable) return <Unavailable retryHref={path} />;
  const { saved, options } = found.value;
  const t = await getTranslations('owner.edit');
  const done = savedSchema.safeParse(await searchParam(searchParams, 'saved')).data;
  return (
    <AccountFrame title={saved.listing.title || t('untitled')}>
      <OwnListingNav listing={saved} current="edit" />
      {done ? <DoneNotice key={saved.updatedAt}>{t(`saved.${done}`)}</DoneNotice> : null}
      <State saved={saved} />
      <OwnListingForm content={saved.listing} options={options} saved={saved} />
    </AccountFrame>
  );
};

/** How far it is with the moderators, and what visitors see meanwhile. */
const State = async ({ saved }: { saved: OwnListing }) => {
  const t = await getTranslations('owner.edit');
  const { moderationStatus, rejectionReason, isLive, isBesideLive } = saved;
  return (
    <div className={styles.state}>
      <p className="hint">
        {isLive && !isBesideLive
          ? t('state.live')
          : isLive
            ? t(moderationStatus === 'pending' ? 'state.pendingBesideLive' : 'state.draftBesideLive')
            : t(moderationStatus === 'pending' ? 'state.pending' : 'state.draft')}
      </p>
      {rejectionReason ? (
        <p className="notice noticeBad">
          <strong>{t('rejected')}</strong> {rejectionReason}
        </p>
      ) : moderationStatus === 'rejected' ? (
        <p className="notice noticeBad">{t('rejectedWithoutReason')}</p>
      ) : null}
      {saved.event?.cancelledAt ? <p className="notice">{t('cancelled')}</p> : null}
    </div>
  );
};

export default EditListingPage;
