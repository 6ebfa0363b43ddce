import type { ListingDetail } from '@convene/common/api';
import { getTranslations } from 'next-intl/server';
import { withdrawReviewAction } from '@/app/actions/market';
import { ActionForm } from './ActionForm';
import { Disclosure } from './Disclosure';

/** Asks whether one's review is to be deleted. `path`: where to be afterwards. */
export const WithdrawReview = async ({ listing, path }: { listing: ListingDetail; path: string }) => {
  const t = await getTranslations('reviews');
  return (
    <Disclosure open={t('withdraw')}>
      <p>{t('withdrawText')}</p>
      <ActionForm
        id="withdraw-"
        look="danger"
        action={withdrawReviewAction}
        hidden={{ kind: listing.kind, listingId: String(listing.id), path }}
        fields={[]}
        submit={t('withdrawSubmit')}
      />
    </Disclosure>
  );
};
