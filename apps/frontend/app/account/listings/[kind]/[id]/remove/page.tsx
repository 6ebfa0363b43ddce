import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { moveListingAction } from '@/app/actions/ownListings';
import { AccountFrame } from '@/components/AccountFrame';
import { ActionForm } from '@/components/ActionForm';
import { OwnListingNav } from '@/components/OwnListingNav';
import { Unavailable } from '@/components/Unavailable';
import { getOwnListing } from '@/lib/backend/ownListings';
import { type OwnListingParams, ownRefOf, readOwn } from '@/lib/session/ownPage';
import styles from '../../../listings.module.css';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('owner.remove'))('title'),
  robots: { index: false },
});

/** Takes a listing from visitors, or puts it into the bin: says what becomes of it before it happens. */
const RemoveListingPage = async ({ params }: { params: OwnListingParams }) => {
  const listing = await ownRefOf(params);
  const path = `/account/listings/${listing.kind}/${listing.id}/remove`;
  const found = await readOwn(path, (token) => getOwnListing(token, listing));
  if (!found.isAvailable) return <Unavailable retryHref={path} />;
  const saved = found.value;
  const t = await getTranslations('owner.remove');
  const hidden = { kind: listing.kind, id: String(listing.id) };
  return (
    <AccountFrame title={t('heading', { title: saved.listing.title || t('untitled') })}>
      <OwnListingNav listing={saved} current="remove" />
      {saved.isLive ? (
        <section className={styles.confirm} aria-labelledby="unpublish">
          <h2 id="unpublish">{t('unpublishTitle')}</h2>
          <p>{t('unpublishText')}</p>
          <ActionForm
            id="unpublish-"
            action={moveListingAction}
            hidden={{ ...hidden, to: 'unpublished' }}
            fields={[]}
            look="quiet"
            submit={t('unpublish')}
          />
        </section>
      ) : null}
      <section className={styles.confirm} aria-labelledby="bin">
        <h2 id="bin">{t('binTitle')}</h2>
        <p>{t('binText')}</p>
        <ActionForm
          id="bin-"
          action={moveListingAction}
          hidden={{ ...hidden, to: 'bin' }}
          fields={[]}
          look="danger"
          submit={t('bin')}
        />
      </section>
    </AccountFrame>
  );
};

export default RemoveListingPage;
