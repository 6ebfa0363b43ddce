import type { Taxonomies } from '@convene/common/api';
import { type ListingKind, listingKinds } from '@convene/common/listings';
import { getTranslations } from 'next-intl/server';
import { activeFilters } from '@/lib/archive/activeFilters';
import type { ArchiveQuery } from '@/lib/archive/archiveQuery';
import { feedFiltersOf } from '@/lib/archive/feedFilters';
import { filterTexts } from '@/lib/archive/filterTexts';
import { archiveUrl } from '@/lib/archiveUrl';
import { isConveneError } from '@/lib/backend/errors';
import { getFeed } from '@/lib/backend/reads';
import styles from './ArchiveEmpty.module.css';
import { SiteLink } from './SiteLink';

type Props = { kind: ListingKind; query: ArchiveQuery; taxonomies: Taxonomies };
type Way = { key: string; href: string; label: string; count: number };

/** How many ways out are tried: each is a question to the backend. */
const MOST_TRIED = 6;
const MOST_SHOWN = 5;

/** They are an extra: where the backend does not say, the way is not offered. */
const countOf = async (kind: ListingKind, query: ArchiveQuery): Promise<number> => {
  try {
    return (await getFeed({ kind, ...feedFiltersOf(query), page: 1, pageSize: 1 })).total;
  } catch (error) {
    if (isConveneError(error)) return 0;
    throw error;
  }
};

/** What would be found without one of the filters. */
const waysWithout = async ({ kind, query, taxonomies }: Props): Promise<Way[]> => {
  const textOf = await filterTexts({ kind, query, taxonomies });
  const t = await getTranslations('find');
  return Promise.all(
    activeFilters(query)
      .slice(0, MOST_TRIED)
      .map(async (filter) => ({
        key: `${filter.name} ${filter.value}`,
        href: archiveUrl(kind, filter.without),
        label: t('without', { filter: textOf(filter) }),
        count: await countOf(kind, filter.without),
      })),
  );
};

/** What the other kinds have for the same words and city. */
const waysElsewhere = async ({ kind, query: { text, city } }: Props): Promise<Way[]> => {
  if (!text && !city) return [];
  const t = await getTranslations();
  const same: ArchiveQuery = { ...(text ? { text } : {}), ...(city ? { city } : {}) };
  return Promise.all(
    listingKinds
      .filter((other) => other !== kind)
      .map(async (other) => ({
        key: other,
        href: archiveUrl(other, same),
        label: t('find.among', { kind: other }),
        count: await countOf(other, same),
      })),
  );
};

/** In the place of a list without listings: what to let go of, and where else to look. */
export const ArchiveEmpty = async (props: Props) => {
  const { kind, query } = props;
  const t = await getTranslations('find');
  const ways = (await Promise.all([waysWithout(props), waysElsewhere(props)]))
    .flat()
    .filter(({ count }) => count > 0)
    .slice(0, MOST_SHOWN);
  const hasFilters = activeFilters(query).length > 0;
  return (
    <div className={styles.empty}>
      <h2>{t('emptyTitle')}</h2>
      <p>{ways.length > 0 ? t('emptyWays') : t(hasFilters ? 'emptyText' : 'emptyKind')}</p>
      {ways.length > 0 ? (
        <ul className={styles.ways}>
          {ways.map(({ key, href, label, count }) => (
            <li key={key}>
              <SiteLink href={href} rel="nofollow">
                {label}
              </SiteLink>
              <span className={styles.count}>{t('ways', { count })}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {hasFilters ? (
        <SiteLink href={archiveUrl(kind)} className="button buttonQuiet">
          {t('emptyAction', { kind })}
        </SiteLink>
      ) : null}
    </div>
  );
};
