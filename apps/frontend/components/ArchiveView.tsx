import type { FeedAnswer, MapAnswer, Taxonomies } from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { activeFilters } from '@/lib/archive/activeFilters';
import type { ArchiveParam, ArchiveQuery } from '@/lib/archive/archiveQuery';
import { archiveUrl } from '@/lib/archiveUrl';
import { ArchiveChips } from './ArchiveChips';
import { ArchiveEmpty } from './ArchiveEmpty';
import { ArchiveFilters, FiltersButton } from './ArchiveFilters';
import styles from './ArchiveView.module.css';
import { ListingCard } from './ListingCard';
import { MapOfArchive } from './MapOfArchive';
import { Pagination } from './Pagination';
import { SiteLink } from './SiteLink';

/** Those that a phone shows without scrolling: more of them would only keep each other waiting. */
const CARDS_SEEN_AT_ONCE = 1;

type Props = {
  kind: ListingKind;
  query: ArchiveQuery;
  ignored: ArchiveParam[];
  taxonomies: Taxonomies;
  feed: FeedAnswer;
  /** Where a map is asked for and could be had. */
  map: MapAnswer | null;
  title: string;
  lead: ReactNode;
  /** What comes before the title, and after the list. */
  before?: ReactNode;
  after?: ReactNode;
};

/** An archive: its filters, and what they let through as a list, beside a map where that is asked for. */
export const ArchiveView = async (props: Props) => {
  const { kind, query, ignored, taxonomies, feed, title, lead, before, after } = props;
  const t = await getTranslations();
  return (
    <div className={`container ${styles.archive}`} data-kind={kind} data-view={query.view ?? 'list'}>
      <header className={styles.head}>
        {before}
        <h1>{title}</h1>
        <p className={styles.lead}>{lead}</p>
      </header>
      {ignored.length > 0 ? <Ignored ignored={ignored} /> : null}
      <div className={styles.columns}>
        <ArchiveFilters kind={kind} taxonomies={taxonomies} query={query} />
        <section className={styles.results} aria-labelledby="results">
          <Toolbar {...props} />
          <ArchiveChips kind={kind} query={query} taxonomies={taxonomies} />
          <div className={styles.split}>
            {query.view === 'map' ? <MapPane {...props} /> : null}
            <List {...props} />
          </div>
          {feed.items.length > 0 && !query.sort && !query.text ? (
            <p className={styles.ranking}>{t('archive.ranking')}</p>
          ) : null}
        </section>
      </div>
      {after}
    </div>
  );
};

const Ignored = async ({ ignored }: { ignored: ArchiveParam[] }) => {
  const t = await getTranslations('find');
  return (
    <p className="notice" role="status">
      {t('ignored', { names: ignored.map((name) => t(`names.${name}`)).join(', '), count: ignored.length })}
    </p>
  );
};

const pagesOf = ({ total, pageSize }: FeedAnswer): number => Math.max(1, Math.ceil(total / pageSize));

const Toolbar = async ({ kind, query, feed }: Props) => {
  const t = await getTranslations();
  const pages = pagesOf(feed);
  const isMap = query.view === 'map';
  return (
    <div className={styles.toolbar}>
      <p id="results" tabIndex={-1} className={styles.count} role="status">
        <strong>
          {feed.totalIsExact
            ? t('archive.count', { count: feed.total })
            : t('archive.countAtLeast', { count: feed.total })}
        </strong>
        {pages > 1 ? <span className={styles.page}>{t('archive.pageOf', { page: feed.page, pages })}</span> : null}
      </p>
      <div className={styles.tools}>
        <FiltersButton query={query} />
        <SiteLink
          href={archiveUrl(kind, { ...query, view: isMap ? undefined : 'map' })}
          className="button buttonQuiet buttonSmall"
          rel="nofollow"
        >
          {t(isMap ? 'find.asList' : 'find.asMap')}
        </SiteLink>
      </div>
    </div>
  );
};

const List = async ({ kind, query, feed, taxonomies }: Props) => {
  const pages = pagesOf(feed);
  if (feed.items.length === 0) {
    return feed.total > 0 ? (
      <BeyondTheEnd kind={kind} query={query} pages={pages} />
    ) : (
      <ArchiveEmpty kind={kind} query={query} taxonomies={taxonomies} />
    );
  }
  return (
    <div className={styles.list}>
      <ul className={styles.grid}>
        {feed.items.map((listing, index) => (
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
      <Pagination page={feed.page} pages={pages} hrefOf={(page) => archiveUrl(kind, { ...query, page })} />
    </div>
  );
};

const BeyondTheEnd = async ({ kind, query, pages }: { kind: ListingKind; query: ArchiveQuery; pages: number }) => {
  const t = await getTranslations('find');
  return (
    <div className={styles.beyond}>
      <h2>{t('beyondTitle')}</h2>
      <p>{t('beyondText', { pages })}</p>
      <SiteLink href={archiveUrl(kind, { ...query, page: pages })} className="button buttonQuiet">
        {t('beyondAction')}
      </SiteLink>
    </div>
  );
};

const MapPane = async ({ kind, query, map, taxonomies }: Props) => {
  const t = await getTranslations('find.map');
  if (!map) return <p className="notice">{t('unavailable')}</p>;
  return (
    <div className={styles.pane}>
      <div className={styles.map}>
        <MapOfArchive kind={kind} query={query} answer={map} cities={taxonomies.cities} />
      </div>
      <noscript>
        <p className="notice">{t('needsScript')}</p>
      </noscript>
      <p className={styles.mapNote}>
        {map.points.length === 0
          ? t(activeFilters(query).length > 0 ? 'noneHere' : 'none')
          : map.points.length < map.total
            ? t('some', { count: map.points.length })
            : t('keys')}
      </p>
    </div>
  );
};
