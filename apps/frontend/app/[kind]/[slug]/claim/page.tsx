import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { claimAction } from '@/app/actions/market';
import { ActFrame } from '@/components/ActFrame';
import { ActionForm } from '@/components/ActionForm';
import { DoneMessage } from '@/components/DoneMessage';
import { Unavailable } from '@/components/Unavailable';
import { type ListingParams, listingOfPage } from '@/lib/backend/listingOfPage';
import { mineOf } from '@/lib/backend/mineOf';
import { formStamp, TRAP_FIELD } from '@/lib/forms/formProof';
import { requireSession } from '@/lib/session/requireSession';

type Props = { params: ListingParams };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const listing = await listingOfPage(params, '/claim');
  const t = await getTranslations('claim');
  return {
    ...(listing.isAvailable ? { title: t('title', { title: listing.value.title }) } : {}),
    robots: { index: false },
  };
};

/** Says that a listing that nobody looks after is one's own. */
const ClaimListingPage = async ({ params }: Props) => {
  const { kind, slug } = await params;
  const path = `/${kind}/${slug}/claim`;
  const found = await listingOfPage(params, '/claim');
  if (!found.isAvailable) return <Unavailable retryHref={path} />;
  const listing = found.value;
  await requireSession(path);
  const mine = await mineOf(listing);
  const t = await getTranslations();
  const obstacle = mine?.claimWaits ? t('claim.waits') : listing.claimStatus === 'claimed' ? t('claim.taken') : null;
  return (
    <ActFrame
      listing={listing}
      title={t('claim.title', { title: listing.title })}
      {...(obstacle ? {} : { lead: t('claim.lead') })}
    >
      {obstacle ? (
        <p className="notice">{obstacle}</p>
      ) : (
        <ActionForm
          action={claimAction}
          hidden={{ kind: listing.kind, listingId: String(listing.id), path, ...formStamp() }}
          honeypot={{ name: TRAP_FIELD, label: t('forms.doNotFill') }}
          fields={[
            {
              type: 'textarea',
              name: 'text',
              label: t('claim.text'),
              hint: t('claim.textHint'),
              rows: 6,
              minLength: 20,
              maxLength: 4_000,
            },
          ]}
          resumed={t('forms.resumed')}
          submit={t('claim.submit')}
          done={
            <DoneMessage
              title={t('claim.doneTitle')}
              text={t('claim.doneText')}
              action={{ href: `/${listing.kind}/${listing.slug}`, label: t('act.back') }}
            />
          }
        />
      )}
    </ActFrame>
  );
};

export default ClaimListingPage;
