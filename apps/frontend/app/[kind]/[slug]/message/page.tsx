import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { messageAction } from '@/app/actions/market';
import { ActFrame } from '@/components/ActFrame';
import { ActionForm } from '@/components/ActionForm';
import { Unavailable } from '@/components/Unavailable';
import { type ListingParams, listingOfPage } from '@/lib/backend/listingOfPage';
import { formStamp, TRAP_FIELD } from '@/lib/forms/formProof';
import { requireSession } from '@/lib/session/requireSession';

type Props = { params: ListingParams };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const listing = await listingOfPage(params, '/message');
  const t = await getTranslations('message');
  return {
    ...(listing.isAvailable ? { title: t('title', { title: listing.value.title }) } : {}),
    robots: { index: false },
  };
};

const MessagePage = async ({ params }: Props) => {
  const { kind, slug } = await params;
  const path = `/${kind}/${slug}/message`;
  const found = await listingOfPage(params, '/message');
  if (!found.isAvailable) return <Unavailable retryHref={path} />;
  const listing = found.value;
  const { userId } = await requireSession(path);
  const t = await getTranslations();
  const { owner, title } = listing;
  const obstacle = owner ? (String(owner.id) === userId ? t('act.own') : null) : t('forms.refusals.nobody-answers');
  return (
    <ActFrame
      listing={listing}
      title={t('message.title', { title })}
      {...(owner ? { lead: t('message.lead', { name: owner.displayName }) } : {})}
    >
      {obstacle ? (
        <p className="notice">{obstacle}</p>
      ) : (
        <ActionForm
          action={messageAction}
          hidden={{ kind: listing.kind, listingId: String(listing.id), path, ...formStamp() }}
          honeypot={{ name: TRAP_FIELD, label: t('forms.doNotFill') }}
          fields={[{ type: 'textarea', name: 'text', label: t('message.text'), rows: 6, maxLength: 4_000 }]}
          resumed={t('forms.resumed')}
          submit={t('message.submit')}
        />
      )}
    </ActFrame>
  );
};

export default MessagePage;
