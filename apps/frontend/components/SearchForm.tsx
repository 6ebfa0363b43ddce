import type { Taxonomies } from '@convene/common/api';
import { listingKinds } from '@convene/common/listings';
import { getTranslations } from 'next-intl/server';
import { SearchBox } from './SearchBox';
import styles from './SearchForm.module.css';

/** Words, kind and city, sent as an ordinary GET to `/search`, which leads on to the archive. */
export const SearchForm = async ({ cities }: { cities: Taxonomies['cities'] }) => {
  const t = await getTranslations();
  return (
    <search aria-label={t('home.search.label')}>
      <form action="/search" method="get" className={styles.form}>
        <div className={styles.text}>
          <SearchBox label={t('home.search.what')} placeholder={t('find.box.placeholder')} list={t('find.box.list')} />
        </div>
        <fieldset className={styles.kinds}>
          <legend className={styles.label}>{t('find.box.among')}</legend>
          <div className={styles.segments}>
            {listingKinds.map((kind, index) => (
              <label key={kind} data-kind={kind} className={styles.segment}>
                <input type="radio" name="kind" value={kind} defaultChecked={index === 0} />
                <span>{t(`kinds.${kind}.plural`)}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <div className={styles.where}>
          <label className={styles.label} htmlFor="search-city">
            {t('home.search.where')}
          </label>
          <select id="search-city" name="city" className="select">
            <option value="">{t('home.search.anywhere')}</option>
            {cities.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" className={`button ${styles.submit}`}>
          {t('home.search.submit')}
        </button>
      </form>
    </search>
  );
};
