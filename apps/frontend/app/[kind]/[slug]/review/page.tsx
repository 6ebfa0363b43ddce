import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { reviewAction } from '@/app/actions/market';
import { ActFrame } from '@/components/ActFrame';
import { ActionForm } from '@/components/ActionForm';
import { DoneMessage } from '@/components/DoneMessage';
import { Unavailable } from '@/components/Unavailable';
import { WithdrawReview } from '@/components/WithdrawReview';
import { type ListingParams, listingOfPage } from '@/lib/backend/listingOfPage';
import { mineOf } from '@/lib/backend/mineOf';
import { formStamp, TRAP_FIELD } from '@/lib/forms/formProof';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';
import { requireSession } from '@/lib/session/requireSession';

type Props = { params: ListingParams; searchParams: SearchParams };

export const generateMetadata = async ({ params }: Pick<Props, 'params'>): Promise<Metadata> => {
  const listing = await listingOfPage(params, '/review');
  const t = await getTranslations('reviews');
  return {
    ...(listing.isAvailable ? { title: t('formTitle', { title: listing.value.title }) } : {}),
    robots: { index: false },
  };
};

/** Writes one's review, changes it, or deletes it. */
const ReviewPage = async ({ params, searchParams }: Props) => {
  const { kind, slug } = await params;
  const path = `/${kind}/${slug}/review`;
  const found = await listingOfPage(params, '/review');
  if (!found.isAvailable) return <Unavailable retryHref={path} />;
  const listing = found.value;
  await requireSession(path);
  const mine = await mineOf(listing);
  const t = await getTranslations();
  const review = mine?.review;
  const back = { href: `/${listing.kind}/${listing.slug}`, label: t('act.back') };
  if (mine && !review && (await searchParam(searchParams, 'withdrawn'))) {
    return (
      <ActFrame listing={listing} title={t('reviews.formTitle', { title: listing.title })}>
        <DoneMessage title={t('reviews.withdrawnTitle')} text={t('reviews.withdrawnText')} action={back} />
      </ActFrame>
    );
  }
  return (
    <ActFrame listing={listing} title={t('reviews.formTitle', { title: listing.title })} lead={t('reviews.formLead')}>
      {mine?.isOwner ? (
        <p className="notice">{t('act.own')}</p>
      ) : (
        <ActionForm
          action={reviewAction}
          hidden={{ kind: listing.kind, listingId: String(listing.id), path, ...formStamp() }}
          honeypot={{ name: TRAP_FIELD, label: t('forms.doNotFill') }}
          fields={[
            {
              type: 'radios',
              name: 'rating',
              label: t('reviews.rating'),
              options: [1, 2, 3, 4, 5].map((count) => ({ value: String(count), label: t('reviews.stars', { count }) })),
              ...(review ? { value: String(review.rating) } : {}),
            },
            {
              type: 'textarea',
              name: 'text',
              label: t('reviews.text'),
              hint: t('reviews.textHint'),
              rows: 6,
              minLength: 10,
              maxLength: 4_000,
              ...(review ? { value: review.text } : {}),
            },
          ]}
          resumed={t('forms.resumed')}
          submit={t('reviews.submit')}
          done={<DoneMessage title={t('reviews.doneTitle')} text={t('reviews.doneText')} action={back} />}
        />
      )}
      {review ? <WithdrawReview listing={listing} path={path} /> : null}
    </ActFrame>
  );
};

export default ReviewPage;
