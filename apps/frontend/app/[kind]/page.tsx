import type { FeedAnswer, Taxonomies } from '@convene/common/api';
import { isListingKind, type ListingKind } from '@convene/common/listings';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ArchiveFilters } from '@/components/ArchiveFilters';
import { ListingCard } from '@/components/ListingCard';
import { Pagination } from '@/components/Pagination';
import { SiteLink } from '@/components/SiteLink';
import { Unavailable } from '@/components/Unavailable';
import { archiveFiltersSchema, archiveUrl } from '@/lib/archiveUrl';
import { attempt } from '@/lib/backend/attempt';
import { isConveneError } from '@/lib/backend/errors';
import { getFeed, getTaxonomies } from '@/lib/backend/reads';
import styles from './archive.module.css';

const PAGE_SIZE = 24;
/** Those that a phone shows without scrolling: more of them would only keep each other waiting. */
const CARDS_SEEN_AT_ONCE = 1;

type Props = {
  params: Promise<{ kind: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const noTaxonomies: Taxonomies = { cities: [], types: [] };

const readArchive = async ({ params, searchParams }: Props) => {
  const { kind } = await params;
  if (!isListingKind(kind)) notFound();
  return { kind, filters: archiveFiltersSchema.parse(await searchParams) };
};

/** A city or type that does not exist is an empty archive, not an error. */
const readFeed = async (query: Parameters<typeof getFeed>[0]): Promise<FeedAnswer> => {
  try {
    return await getFeed(query);
  } catch (error) {
    if (!isConveneError(error) || error.code === 'unavailable') throw error;
    return { items: [], page: 1, pageSize: PAGE_SIZE, total: 0, totalIsExact: true };
  }
};

const titleOf = async (kind: ListingKind, taxonomies: Taxonomies, filters: { city?: string; type?: string }) => {
  const t = await getTranslations();
  const city = taxonomies.cities.find(({ slug }) => slug === filters.city)?.name;
  const type = taxonomies.types.find((candidate) => candidate.kind === kind && candidate.slug === filters.type)?.name;
  if (city && type) return t('archive.ofTypeInCity', { type, city });
  if (city) return t('archive.inCity', { kind, city });
  if (type) return t('archive.ofType', { type });
  return t(`kinds.${kind}.plural`);
};

export const generateMetadata = async (props: Props): Promise<Metadata> => {
  const { kind, filters } = await readArchive(props);
  const t = await getTranslations('kinds');
  const [taxonomies, feed] = await Promise.all([
    attempt(getTaxonomies),
    attempt(() => readFeed({ kind, ...filters, pageSize: PAGE_SIZE })),
  ]);
  const title = await titleOf(kind, taxonomies.isAvailable ? taxonomies.value : noTaxonomies, filters);
  const description = t(`${kind}.lead`);
  const url = archiveUrl(kind, filters);
  return {
    title,
    description,
    alternates: { canonical: url },
    openGraph: { title, description, url },
    ...(taxonomies.isAvailable && feed.isAvailable ? {} : { robots: { index: false } }),
  };
};

const ArchivePage = async (props: Props) => {
  const { kind, filters } = await readArchive(props);
  const [feed, taxonomies] = await Promise.all([
    attempt(() => readFeed({ kind, ...filters, pageSize: PAGE_SIZE })),
    attempt(getTaxonomies),
  ]);
  if (!feed.isAvailable) return <Unavailable retryHref={archiveUrl(kind, filters)} />;
  const known = taxonomies.isAvailable ? taxonomies.value : noTaxonomies;
  const t = await getTranslations();
  const { items, total, totalIsExact, page, pageSize } = feed.value;
  const pages = Math.max(1, Math.ceil(total / pageSize));
  return (
    <div className={`container ${styles.archive}`} data-kind={kind}>
      <header className={styles.head}>
        <h1>{await titleOf(kind, known, filters)}</h1>
        <p className={styles.lead}>{t(`kinds.${kind}.lead`)}</p>
      </header>
      <ArchiveFilters kind={kind} taxonomies={known} city={filters.city} type={filters.type} />
      <p className={styles.count} role="status">
        <strong>
          {totalIsExact ? t('archive.count', { count: total }) : t('archive.countAtLeast', { count: total })}
        </strong>
        {pages > 1 ? <span>{t('archive.pageOf', { page, pages })}</span> : null}
      </p>
      {items.length === 0 ? (
        <Empty kind={kind} />
      ) : (
        <ul className={styles.grid}>
          {items.map((listing, index) => (
            <li key={listing.id}>
              <ListingCard
                listing={listing}
                heading="h2"
                isFirst={index < CARDS_SEEN_AT_ONCE}
                sizes="(max-width: 36rem) 92vw, (max-width: 60rem) 45vw, 18rem"
              />
            </li>
          ))}
        </ul>
      )}
      <Pagination page={page} pages={pages} hrefOf={(target) => archiveUrl(kind, { ...filters, page: target })} />
      {items.length > 0 ? <p className={styles.ranking}>{t('archive.ranking')}</p> : null}
    </div>
  );
};

const Empty = async ({ kind }: { kind: ListingKind }) => {
  const t = await getTranslations('archive');
  return (
    <div className={styles.empty}>
      <h2>{t('emptyTitle')}</h2>
      <p>{t('emptyText')}</p>
      <SiteLink href={archiveUrl(kind)} className="button buttonQuiet">
        {t('emptyAction', { kind })}
      </SiteLink>
    </div>
  );
};

export default ArchivePage;
