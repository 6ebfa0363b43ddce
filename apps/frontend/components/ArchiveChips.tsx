import type { Taxonomies } from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import { getTranslations } from 'next-intl/server';
import { activeFilters, withoutFilters } from '@/lib/archive/activeFilters';
import type { ArchiveQuery } from '@/lib/archive/archiveQuery';
import { filterTexts } from '@/lib/archive/filterTexts';
import { archiveUrl } from '@/lib/archiveUrl';
import styles from './ArchiveChips.module.css';
import { SiteLink } from './SiteLink';

type Props = { kind: ListingKind; query: ArchiveQuery; taxonomies: Taxonomies };

/** The filters that are on, each a link to the archive without it. */
export const ArchiveChips = async ({ kind, query, taxonomies }: Props) => {
  const filters = activeFilters(query);
  if (filters.length === 0) return null;
  const t = await getTranslations('find');
  const textOf = await filterTexts({ kind, query, taxonomies });
  return (
    <ul className={styles.chips} aria-label={t('active')}>
      {filters.map((filter) => {
        const text = textOf(filter);
        return (
          <li key={`${filter.name} ${filter.value}`}>
            <SiteLink
              href={archiveUrl(kind, filter.without)}
              className={styles.chip}
              rel="nofollow"
              focusThen="results"
            >
              <span className="visuallyHidden">{t('remove', { filter: text })}</span>
              <span aria-hidden="true">{text}</span>
              <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
                <path d="m1.5 1.5 7 7m0-7-7 7" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
              </svg>
            </SiteLink>
          </li>
        );
      })}
      {filters.length > 1 ? (
        <li>
          <SiteLink href={archiveUrl(kind, withoutFilters(query))} className={styles.clear} focusThen="results">
            {t('clear')}
          </SiteLink>
        </li>
      ) : null}
    </ul>
  );
};
