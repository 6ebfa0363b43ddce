import { getTranslations } from 'next-intl/server';
import { pagesAround } from '@/lib/pagesAround';
import styles from './Pagination.module.css';
import { SiteLink } from './SiteLink';

type Props = {
  page: number;
  pages: number;
  hrefOf: (page: number) => string;
  /** Where a page has several. */
  label?: string;
};

export const Pagination = async ({ page, pages, hrefOf, label }: Props) => {
  const t = await getTranslations('archive');
  if (pages < 2) return null;
  return (
    <nav aria-label={label ?? t('pages')} className={styles.pagination}>
      {page > 1 ? (
        <SiteLink href={hrefOf(page - 1)} rel="prev" className="button buttonQuiet buttonSmall">
          {t('previous')}
        </SiteLink>
      ) : null}
      <ul className={styles.pages}>
        {pagesAround(page, pages).map((entry) =>
          typeof entry === 'string' ? (
            <li key={entry} aria-hidden="true" className={styles.gap}>
              …
            </li>
          ) : (
            <li key={entry}>
              <SiteLink
                href={hrefOf(entry)}
                className={styles.page}
                aria-label={t('page', { page: entry })}
                {...(entry === page ? { 'aria-current': 'page' } : {})}
              >
                {entry}
              </SiteLink>
            </li>
          ),
        )}
      </ul>
      {page < pages ? (
        <SiteLink href={hrefOf(page + 1)} rel="next" className="button buttonQuiet buttonSmall">
          {t('next')}
        </SiteLink>
      ) : null}
    </nav>
  );
};
