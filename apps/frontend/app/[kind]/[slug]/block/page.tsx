import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { blockAction } from '@/app/actions/market';
import { ActFrame } from '@/components/ActFrame';
import { ActionForm } from '@/components/ActionForm';
import { AvailabilityCalendar } from '@/components/AvailabilityCalendar';
import { Unavailable } from '@/components/Unavailable';
import { attempt } from '@/lib/backend/attempt';
import { type ListingParams, listingOfPage } from '@/lib/backend/listingOfPage';
import { getAvailability } from '@/lib/backend/listingReads';
import { timeFields } from '@/lib/forms/timeFields';
import { requireSession } from '@/lib/session/requireSession';

type Props = { params: ListingParams };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const listing = await listingOfPage(params, '/block');
  const t = await getTranslations('book');
  return {
    ...(listing.isAvailable ? { title: t('titleBlock', { title: listing.value.title }) } : {}),
    robots: { index: false },
  };
};

/** For the owner alone: a time of the location or service that nobody can book. */
const BlockPage = async ({ params }: Props) => {
  const { kind, slug } = await params;
  const path = `/${kind}/${slug}/block`;
  const found = await listingOfPage(params, '/block');
  if (!found.isAvailable) return <Unavailable retryHref={path} />;
  const listing = found.value;
  const { userId } = await requireSession(path);
  if (listing.kind === 'events' || String(listing.owner?.id) !== userId) notFound();
  const availability = await attempt(() => getAvailability(listing.kind, listing.slug));
  if (!availability.isAvailable) return <Unavailable retryHref={path} />;
  const { timeZone } = availability.value;
  const t = await getTranslations();
  return (
    <ActFrame listing={listing} title={t('book.titleBlock', { title: listing.title })} lead={t('book.leadBlock')}>
      <AvailabilityCalendar availability={availability.value} />
      <ActionForm
        action={blockAction}
        hidden={{ kind: listing.kind, listingId: String(listing.id), timeZone, path }}
        fields={[
          ...(await timeFields(timeZone)),
          {
            type: 'textarea',
            name: 'note',
            label: t('forms.optional', { label: t('book.note') }),
            rows: 3,
            maxLength: 2_000,
            isOptional: true,
          },
        ]}
        resumed={t('forms.resumed')}
        submit={t('book.submitBlock')}
      />
    </ActFrame>
  );
};

export default BlockPage;
