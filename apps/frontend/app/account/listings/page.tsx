import { type OwnListingState, type OwnListings, ownListingStates, ownListingsQuerySchema } from '@convene/common/api';
import { listingKinds } from '@convene/common/listings';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { moveListingAction } from '@/app/actions/ownListings';
import { AccountFrame } from '@/components/AccountFrame';
import { ActionForm } from '@/components/ActionForm';
import { DoneNotice } from '@/components/DoneNotice';
import { EmptyState } from '@/components/EmptyState';
import { Pagination } from '@/components/Pagination';
import { SiteLink } from '@/components/SiteLink';
import { Unavailable } from '@/components/Unavailable';
import { getOwnListings } from '@/lib/backend/ownListings';
import { formatDay } from '@/lib/format/eventDates';
import { currentLocale } from '@/lib/i18n/currentLocale';
import type { SearchParams } from '@/lib/request/searchParam';
import { readAs } from '@/lib/session/requireSession';
import styles from '../account.module.css';
import own from './listings.module.css';

const PATH = '/account/listings';

const emptyIsNone = (value: unknown) => (value === '' ? undefined : value);
/** What the address does not say well, it does not say. */
const querySchema = z.object({
  kind: z.preprocess(emptyIsNone, ownListingsQuerySchema.shape.kind.catch(undefined)),
  state: z.preprocess(emptyIsNone, ownListingsQuerySchema.shape.state.catch(undefined)),
  page: ownListingsQuerySchema.shape.page.catch(1),
});
type Query = z.infer<typeof querySchema>;
const doneSchema = z.enum(['unpublished', 'bin', 'draft', 'cancelled']);

const hrefOf = (query: Partial<Query>): string => {
  const { kind, state, page } = query;
  const given = Object.entries({ kind, state, page: page === 1 ? undefined : page }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length > 0 ? `${PATH}?${new URLSearchParams(given)}` : PATH;
};

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('account'))('listings'),
  robots: { index: false },
});

const OwnListingsPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const asked = await searchParams;
  const query = querySchema.parse(asked);
  const done = doneSchema.safeParse(asked['done']).data;
  const listings = await readAs(PATH, (token) => getOwnListings(token, query));
  if (!listings.isAvailable) return <Unavailable retryHref={PATH} />;
  const t = await getTranslations('account');
  const list = await getTranslations('owner.list');
  const { items, counts, total, page, pageSize } = listings.value;
  const hasAny = ownListingStates.some((state) => (counts[state] ?? 0) > 0);
  return (
    <AccountFrame title={t('listings')} lead={t('listingsLead')}>
      {done ? <DoneNotice>{list(`done.${done}`)}</DoneNotice> : null}
      {hasAny ? (
        <div className={own.head}>
          <SiteLink href={`${PATH}/new`} className="button buttonSmall">
            {list('new')}
          </SiteLink>
          <Filters query={query} counts={counts} />
        </div>
      ) : null}
      {items.length > 0 ? (
        <ul className={styles.listings}>
          {items.map((item) => (
            <Item key={`${item.kind}:${item.id}`} item={item} />
          ))}
        </ul>
      ) : hasAny ? (
        <EmptyState title={list('none')} text={list('noneText')} action={{ href: PATH, label: list('showAll') }} />
      ) : (
        <EmptyState title={t('empty')} text={t('emptyText')} action={{ href: `${PATH}/new`, label: list('new') }} />
      )}
      <Pagination page={page} pages={Math.ceil(total / pageSize)} hrefOf={(to) => hrefOf({ ...query, page: to })} />
    </AccountFrame>
  );
};

const Filters = async ({ query, counts }: { query: Query; counts: OwnListings['counts'] }) => {
  const t = await getTranslations('owner.list');
  const kinds = await getTranslations('kinds');
  const link = (key: string, label: string, { to, isCurrent }: { to: Partial<Query>; isCurrent: boolean }) => (
    <li key={key}>
      <SiteLink href={hrefOf(to)} className={own.filter} {...(isCurrent ? { 'aria-current': 'true' as const } : {})}>
        {label}
      </SiteLink>
    </li>
  );
  const shown = ownListingStates.filter((state) => (counts[state] ?? 0) > 0 || state === query.state);
  return (
    <nav aria-label={t('filters')} className={own.filters}>
      <ul>
        {link('all', t('all'), { to: { kind: query.kind }, isCurrent: !query.state })}
        {shown.map((state: OwnListingState) =>
          link(state, t('state', { state: t(`states.${state}`), count: counts[state] ?? 0 }), {
            to: { kind: query.kind, state },
            isCurrent: state === query.state,
          }),
        )}
      </ul>
      <ul>
        {link('kinds', t('allKinds'), { to: { state: query.state }, isCurrent: !query.kind })}
        {listingKinds.map((kind) =>
          link(kind, kinds(`${kind}.plural`), { to: { state: query.state, kind }, isCurrent: kind === query.kind }),
        )}
      </ul>
    </nav>
  );
};

const Item = async ({ item }: { item: OwnListings['items'][number] }) => {
  const t = await getTranslations('account');
  const kinds = await getTranslations('kinds');
  const list = await getTranslations('owner.list');
  const { kind, title: written, moderationStatus, rejectionReason, isLive, updatedAt, deletedAt, isCancelled } = item;
  const title = written || list('untitled');
  const locale = await currentLocale();
  return (
    <li className={styles.listing} data-kind={kind}>
      <div className={styles.listingText}>
        <p className={styles.states}>
          <span className="tag">{kinds(`${kind}.singular`)}</span>
          <span className={styles.status} data-status={moderationStatus}>
            {isLive && moderationStatus !== 'approved'
              ? list('changes', { state: t(`status.${moderationStatus}`) })
              : t(`status.${moderationStatus}`)}
          </span>
          {isCancelled ? (
            <span className={styles.status} data-status="cancelled">
              {list('cancelled')}
            </span>
          ) : null}
          <span className="hint">{isLive ? t('live') : t('notLive')}</span>
        </p>
        <h2 className={styles.listingTitle}>{title}</h2>
        {rejectionReason ? (
          <p className="notice noticeBad">
            {t('reason')} {rejectionReason}
          </p>
        ) : null}
        <p className="hint">
          {deletedAt
            ? list('binned', { date: formatDay(deletedAt, locale) })
            : t('updated', { date: formatDay(updatedAt, locale) })}
        </p>
      </div>
      {deletedAt ? <Restore item={item} /> : <Links item={item} title={title} />}
    </li>
  );
};

/** What staff have removed, only staff bring back. */
const Restore = async ({ item: { kind, id, canRestore } }: { item: OwnListings['items'][number] }) => {
  const t = await getTranslations('owner');
  if (!canRestore) return <p className="notice">{t('errors.removedByStaff')}</p>;
  return (
    <ActionForm
      id={`restore-${kind}-${id}-`}
      look="small"
      action={moveListingAction}
      hidden={{ kind, id: String(id), to: 'draft' }}
      fields={[]}
      submit={t('list.restore')}
    />
  );
};

const Links = async ({ item, title }: { item: OwnListings['items'][number]; title: string }) => {
  const t = await getTranslations('owner.nav');
  const { kind, id, slug, isLive, isOn } = item;
  const at = `${PATH}/${kind}/${id}`;
  const link = (name: 'edit' | 'preview' | 'statistics' | 'view' | 'block' | 'cancel' | 'remove', href: string) => (
    <SiteLink href={href} aria-label={`${t(name)}: ${title}`}>
      {t(name)}
    </SiteLink>
  );
  return (
    <div className={`${styles.listingActions} ${own.links}`}>
      {link('edit', at)}
      {link('preview', `${at}/preview`)}
      {link('statistics', `${at}/statistics`)}
      {isLive ? link('view', `/${kind}/${slug}`) : null}
      {isLive && kind !== 'events' ? link('block', `/${kind}/${slug}/block`) : null}
      {isOn ? link('cancel', `${at}/cancel`) : null}
      {link('remove', `${at}/remove`)}
    </div>
  );
};

export default OwnListingsPage;
