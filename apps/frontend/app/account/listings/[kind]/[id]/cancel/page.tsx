import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { cancelEventAction } from '@/app/actions/ownListings';
import { AccountFrame } from '@/components/AccountFrame';
import { ActionForm } from '@/components/ActionForm';
import { OwnListingNav } from '@/components/OwnListingNav';
import { Unavailable } from '@/components/Unavailable';
import { getOwnListing } from '@/lib/backend/ownListings';
import { type OwnListingParams, ownRefOf, readOwn } from '@/lib/session/ownPage';
import styles from '../../../listings.module.css';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('owner.cancel'))('title'),
  robots: { index: false },
});

/** Asks once more before an event is called off, and says who will hear of it. */
const CancelEventPage = async ({ params }: { params: OwnListingParams }) => {
  const listing = await ownRefOf(params);
  const path = `/account/listings/${listing.kind}/${listing.id}/cancel`;
  const found = await readOwn(path, (token) => getOwnListing(token, listing));
  if (!found.isAvailable) return <Unavailable retryHref={path} />;
  const saved = found.value;
  const t = await getTranslations('owner.cancel');
  const forms = await getTranslations('forms');
  const { event } = saved;
  return (
    <AccountFrame title={t('heading', { title: saved.listing.title })}>
      <OwnListingNav listing={saved} current="cancel" />
      {event?.isOn ? (
        <section className={styles.confirm}>
          <p>{t('told', { participants: event.participants, audience: event.audience })}</p>
          <p className="notice">{t('final')}</p>
          <ActionForm
            action={cancelEventAction}
            hidden={{ id: String(saved.id) }}
            look="danger"
            fields={[
              {
                type: 'textarea',
                name: 'reason',
                label: forms('optional', { label: t('reason') }),
                rows: 3,
                maxLength: 2_000,
                isOptional: true,
              },
            ]}
            submit={t('submit')}
          />
        </section>
      ) : (
        <p className="notice">{t(event?.cancelledAt ? 'already' : 'notPossible')}</p>
      )}
    </AccountFrame>
  );
};

export default CancelEventPage;
