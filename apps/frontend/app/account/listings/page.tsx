import type { OwnListings } from '@convene/common/api';
import { type ListingKind, listingKinds, listingRoleByKind, type Role, staffRoles } from '@convene/common/listings';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountFrame } from '@/components/AccountFrame';
import { EmptyState } from '@/components/EmptyState';
import { SiteLink } from '@/components/SiteLink';
import { Unavailable } from '@/components/Unavailable';
import { env } from '@/env';
import { getOwnListings } from '@/lib/backend/account';
import { formatDay } from '@/lib/format/eventDates';
import { currentLocale } from '@/lib/i18n/currentLocale';
import { readAs, requireSession } from '@/lib/session/requireSession';
import styles from '../account.module.css';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('account'))('listings'),
  robots: { index: false },
});

const editorUrl = (kind: ListingKind, id: number | 'create'): string =>
  `${env.BACKEND_URL}/admin/collections/${kind}/${id}`;

const creatableKinds = (roles: Role[]): ListingKind[] => {
  const isStaff = staffRoles.some((role) => roles.includes(role));
  return listingKinds.filter((kind) => isStaff || roles.includes(listingRoleByKind[kind]));
};

const OwnListingsPage = async () => {
  const path = '/account/listings';
  const { roles } = await requireSession(path);
  const listings = await readAs(path, getOwnListings);
  if (!listings.isAvailable) return <Unavailable retryHref={path} />;
  const t = await getTranslations('account');
  const kinds = creatableKinds(roles);
  const { items } = listings.value;
  return (
    <AccountFrame title={t('listings')} lead={t('listingsLead')}>
      {kinds.length > 0 ? (
        <div className={styles.create}>
          {kinds.map((kind) => (
            <a key={kind} className="button buttonSmall" href={editorUrl(kind, 'create')}>
              {t('create', { kind })}
            </a>
          ))}
          <p className="hint">{t('editorNote')}</p>
        </div>
      ) : null}
      {items.length === 0 ? (
        <EmptyState
          title={t('empty')}
          text={kinds.length > 0 ? t('emptyText') : t('noRole')}
          {...(kinds.length > 0 ? {} : { action: { href: '/account', label: t('overview') } })}
        />
      ) : (
        <ul className={styles.listings}>
          {items.map((item) => (
            <OwnListing key={`${item.kind}:${item.id}`} item={item} />
          ))}
        </ul>
      )}
    </AccountFrame>
  );
};

const OwnListing = async ({ item }: { item: OwnListings['items'][number] }) => {
  const t = await getTranslations('account');
  const kinds = await getTranslations('kinds');
  const { kind, id, slug, title, moderationStatus, rejectionReason, isLive, updatedAt } = item;
  return (
    <li className={styles.listing} data-kind={kind}>
      <div className={styles.listingText}>
        <p className={styles.states}>
          <span className="tag">{kinds(`${kind}.singular`)}</span>
          <span className={styles.status} data-status={moderationStatus}>
            {t(`status.${moderationStatus}`)}
          </span>
          <span className="hint">{isLive ? t('live') : t('notLive')}</span>
        </p>
        <h2 className={styles.listingTitle}>{title}</h2>
        {rejectionReason ? (
          <p className="notice noticeBad">
            {t('reason')} {rejectionReason}
          </p>
        ) : null}
        <p className="hint">{t('updated', { date: formatDay(updatedAt, await currentLocale()) })}</p>
      </div>
      <div className={styles.listingActions}>
        {isLive ? (
          <SiteLink href={`/${kind}/${slug}`} aria-label={`${t('view')}: ${title}`}>
            {t('view')}
          </SiteLink>
        ) : null}
        <a href={editorUrl(kind, id)} aria-label={`${t('edit')}: ${title}`}>
          {t('edit')}
        </a>
      </div>
    </li>
  );
};

export default OwnListingsPage;
