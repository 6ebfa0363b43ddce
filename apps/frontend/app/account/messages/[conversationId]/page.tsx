import type { ConversationMessages } from '@convene/common/api';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { messageAction } from '@/app/actions/market';
import { AccountFrame } from '@/components/AccountFrame';
import { ActionForm } from '@/components/ActionForm';
import { reportUrl } from '@/components/Actions';
import { BlockForm } from '@/components/BlockForm';
import { DoneNotice } from '@/components/DoneNotice';
import { LocalTime } from '@/components/LocalTime';
import { SiteLink } from '@/components/SiteLink';
import { SmallAvatar } from '@/components/SmallAvatar';
import { Unavailable } from '@/components/Unavailable';
import { UnblockForm } from '@/components/UnblockForm';
import { isConveneError } from '@/lib/backend/errors';
import { getConversation, markConversationRead } from '@/lib/backend/market';
import { forgetMarks } from '@/lib/backend/marksMemory';
import { formatMoment } from '@/lib/format/eventDates';
import { formStamp, TRAP_FIELD } from '@/lib/forms/formProof';
import { currentLocale } from '@/lib/i18n/currentLocale';
import { logger } from '@/lib/logger';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';
import { getSession } from '@/lib/session/cookie';
import { readAs } from '@/lib/session/requireSession';
import styles from '../messages.module.css';

type Props = { params: Promise<{ conversationId: string }>; searchParams: SearchParams };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('messages'))('conversation'),
  robots: { index: false },
});

const readConversation = async (path: string, conversationId: string) => {
  try {
    return await readAs(path, async (token) => {
      const conversation = await getConversation(token, conversationId);
      // What is shown has been read; that it could not be written down is no reason not to show it.
      await markConversationRead(token, conversationId).catch((error: unknown) =>
        logger.warn({ err: error }, 'A conversation could not be marked as read'),
      );
      const session = await getSession();
      if (session) forgetMarks(session.userId);
      return conversation;
    });
  } catch (error) {
    if (isConveneError(error) && (error.code === 'not-found' || error.code === 'invalid-input')) notFound();
    throw error;
  }
};

const ConversationPage = async ({ params, searchParams }: Props) => {
  const conversationId = decodeURIComponent((await params).conversationId);
  const path = `/account/messages/${encodeURIComponent(conversationId)}`;
  const read = await readConversation(path, conversationId);
  if (!read.isAvailable) return <Unavailable retryHref={path} />;
  const { conversation, items } = read.value;
  const { listing, otherId, otherAvatarUrl, isBlocked } = conversation;
  const t = await getTranslations();
  const isSent = (await searchParam(searchParams, 'sent')) === '1';
  const name = conversation.otherName || t('messages.somebody');
  return (
    <AccountFrame title={name}>
      <div className={styles.thread} data-kind={listing.kind}>
        <p className={styles.about}>
          <SiteLink href="/account/messages">
            <span aria-hidden="true">← </span>
            {t('messages.back')}
          </SiteLink>
          {listing.isLive ? (
            <SiteLink href={`/${listing.kind}/${listing.slug}`} className={styles.listing}>
              {listing.title}
            </SiteLink>
          ) : (
            <span className={styles.listing}>{listing.title}</span>
          )}
        </p>
        {otherId ? (
          <p className={styles.person}>
            <SmallAvatar name={name} url={otherAvatarUrl} />
            <SiteLink href={`/people/${otherId}`}>{t('messages.profileOf', { name })}</SiteLink>
            <SiteLink href={reportUrl({ subject: 'profile', id: String(otherId), from: path })}>
              {t('messages.reportPerson')}
            </SiteLink>
          </p>
        ) : null}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
        <section className={styles.scroll} aria-label={t('messages.conversation')} tabIndex={0}>
          <ol className={styles.messages}>
            {items.map((message) => (
              <MessageItem key={message.id} message={message} name={name} path={path} />
            ))}
          </ol>
        </section>
        {isSent ? <DoneNotice key={items.length}>{t('messages.sent')}</DoneNotice> : null}
        {isBlocked && otherId ? (
          <div className={styles.blocked}>
            <p className="notice">{t('blocks.inConversation', { name })}</p>
            <UnblockForm userId={otherId} name={name} path={path} />
          </div>
        ) : (
          <Answer conversation={conversation} path={path} number={items.length} />
        )}
        {otherId && !isBlocked ? <BlockForm userId={otherId} name={name} path={path} /> : null}
      </div>
    </AccountFrame>
  );
};

const Answer = async ({
  conversation: { listing, as, clientId },
  path,
  number,
}: {
  conversation: ConversationMessages['conversation'];
  path: string;
  number: number;
}) => {
  const t = await getTranslations();
  return (
    <ActionForm
      // A new form for each message, so that what was sent does not stay in it.
      key={number}
      action={messageAction}
      hidden={{
        kind: listing.kind,
        listingId: String(listing.listingId),
        path,
        ...(as === 'owner' ? { clientId: String(clientId) } : {}),
        ...formStamp(),
      }}
      honeypot={{ name: TRAP_FIELD, label: t('forms.doNotFill') }}
      fields={[{ type: 'textarea', name: 'text', label: t('messages.answer'), rows: 4, maxLength: 4_000 }]}
      resumed={t('forms.resumed')}
      submit={t('messages.submit')}
    />
  );
};

const MessageItem = async ({
  message: { id, isOwn, text, sentAt, readAt },
  name,
  path,
}: {
  message: ConversationMessages['items'][number];
  name: string;
  path: string;
}) => {
  const t = await getTranslations('messages');
  const locale = await currentLocale();
  const date = formatMoment(sentAt, locale);
  return (
    <li className={styles.message} data-own={isOwn}>
      <p className="visuallyHidden">{isOwn ? t('you') : name}:</p>
      <p className={styles.bubble}>{text}</p>
      <p className={styles.meta}>
        <LocalTime iso={sentAt} locale={locale} />
        {isOwn && readAt ? <span>{t('seen')}</span> : null}
        {isOwn ? null : (
          <SiteLink
            href={reportUrl({ subject: 'message', id: String(id), from: path })}
            aria-label={t('reportOf', { date })}
          >
            {t('report')}
          </SiteLink>
        )}
      </p>
    </li>
  );
};

export default ConversationPage;
