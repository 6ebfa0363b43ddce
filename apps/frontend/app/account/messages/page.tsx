import type { Conversations } from '@convene/common/api';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountFrame } from '@/components/AccountFrame';
import { EmptyState } from '@/components/EmptyState';
import { LocalTime } from '@/components/LocalTime';
import { SiteLink } from '@/components/SiteLink';
import { SmallAvatar } from '@/components/SmallAvatar';
import { Unavailable } from '@/components/Unavailable';
import { getConversations } from '@/lib/backend/market';
import { currentLocale } from '@/lib/i18n/currentLocale';
import { readAs } from '@/lib/session/requireSession';
import styles from './messages.module.css';

const PATH = '/account/messages';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('messages'))('title'),
  robots: { index: false },
});

const MessagesPage = async () => {
  const conversations = await readAs(PATH, getConversations);
  if (!conversations.isAvailable) return <Unavailable retryHref={PATH} />;
  const t = await getTranslations('messages');
  const { items } = conversations.value;
  return (
    <AccountFrame title={t('title')} lead={t('lead')}>
      {items.length === 0 ? (
        <EmptyState title={t('emptyTitle')} text={t('emptyText')} action={{ href: '/', label: t('emptyAction') }} />
      ) : (
        <ul className={styles.inbox}>
          {items.map((conversation) => (
            <ConversationItem key={conversation.conversationId} conversation={conversation} />
          ))}
        </ul>
      )}
    </AccountFrame>
  );
};

const ConversationItem = async ({ conversation }: { conversation: Conversations['items'][number] }) => {
  const t = await getTranslations('messages');
  const { conversationId, listing, otherName, otherAvatarUrl, isBlocked, lastText, lastAt, unread } = conversation;
  const name = otherName || t('somebody');
  return (
    <li className={styles.conversation} data-kind={listing.kind} data-unread={unread > 0}>
      <p className={styles.line}>
        <SmallAvatar name={name} url={otherAvatarUrl} />
        <SiteLink href={`${PATH}/${encodeURIComponent(conversationId)}`} className={styles.link}>
          {t('with', { name, title: listing.title })}
        </SiteLink>
        {isBlocked ? <span className="tag">{(await getTranslations('blocks'))('mark')}</span> : null}
        {unread > 0 ? <span className={styles.unread}>{t('unread', { count: unread })}</span> : null}
      </p>
      <p className={styles.excerpt}>{lastText}</p>
      <LocalTime iso={lastAt} locale={await currentLocale()} className="hint" />
    </li>
  );
};

export default MessagesPage;
