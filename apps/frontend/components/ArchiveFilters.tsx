import type { Taxonomies } from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import { getTranslations } from 'next-intl/server';
import { archiveUrl } from '@/lib/archiveUrl';
import styles from './ArchiveFilters.module.css';
import { SiteLink } from './SiteLink';

type Props = {
  kind: ListingKind;
  taxonomies: Taxonomies;
  city: string | undefined;
  type: string | undefined;
};

/** City and type as a form that sends an ordinary GET, so that each result has an address. */
export const ArchiveFilters = async ({ kind, taxonomies, city, type }: Props) => {
  const t = await getTranslations('archive');
  const cities = taxonomies.cities.filter(({ slug, listings }) => (listings[kind] ?? 0) > 0 || slug === city);
  const types = taxonomies.types.filter((candidate) => candidate.kind === kind);
  return (
    <search aria-label={t('filters')}>
      <form action={`/${kind}`} method="get" className={styles.form}>
        <div className="field">
          <label htmlFor="filter-city">{t('city')}</label>
          <select id="filter-city" name="city" className="select" defaultValue={city ?? ''}>
            <option value="">{t('anyCity')}</option>
            {cities.map(({ slug, name, listings }) => (
              <option key={slug} value={slug}>
                {`${name} (${listings[kind] ?? 0})`}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="filter-type">{t('type')}</label>
          <select id="filter-type" name="type" className="select" defaultValue={type ?? ''}>
            <option value="">{t('anyType')}</option>
            {types.map(({ slug, name, listings }) => (
              <option key={slug} value={slug}>
                {`${name} (${listings})`}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" className="button">
          {t('show')}
        </button>
        {city || type ? (
          <SiteLink href={archiveUrl(kind)} className={styles.clear}>
            {t('clear')}
          </SiteLink>
        ) : null}
      </form>
    </search>
  );
};
