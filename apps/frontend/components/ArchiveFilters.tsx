import type { Taxonomies } from '@convene/common/api';
import { currencies, type ListingKind } from '@convene/common/listings';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { countOfFilters } from '@/lib/archive/activeFilters';
import { type ArchiveQuery, kindHasParam, sortsOf } from '@/lib/archive/archiveQuery';
import { archiveSearch } from '@/lib/archiveUrl';
import styles from './ArchiveFilters.module.css';
import { FilterForm } from './FilterForm';

type Props = { kind: ListingKind; taxonomies: Taxonomies; query: ArchiveQuery };

const RATINGS = [3, 4, 4.5];
export const FILTERS_ID = 'filters';

/** Opens the filters where they have no place of their own beside the list. */
export const FiltersButton = async ({ query }: { query: ArchiveQuery }) => {
  const t = await getTranslations('find');
  const count = countOfFilters(query);
  return (
    <button type="button" popoverTarget={FILTERS_ID} className={`button buttonQuiet buttonSmall ${styles.open}`}>
      {count > 0 ? t('filtersOn', { count }) : t('filters')}
    </button>
  );
};

/**
 * All filters as a form that sends an ordinary GET, so that each result has an address. Beside the list on a wide
 * window, else a sheet that opens by its button: a popover, which needs no script.
 */
export const ArchiveFilters = async ({ kind, taxonomies, query }: Props) => {
  const t = await getTranslations('find');
  return (
    <search id={FILTERS_ID} popover="auto" className={styles.sheet} aria-label={t('filters')}>
      <div className={styles.bar}>
        <h2 className={styles.title}>{t('filters')}</h2>
        <button
          type="button"
          popoverTarget={FILTERS_ID}
          popoverTargetAction="hide"
          className={`button buttonQuiet buttonSmall ${styles.close}`}
        >
          {t('close')}
        </button>
      </div>
      <FilterForm action={`/${kind}`} search={archiveSearch(query)} className={styles.form}>
        <TextField query={query} />
        <SortField kind={kind} query={query} />
        <Taxonomy kind={kind} taxonomies={taxonomies} query={query} />
        {kindHasParam(kind, 'from') ? <Dates query={query} /> : null}
        <Prices query={query} />
        {kindHasParam(kind, 'capacity') ? <Capacity query={query} kind={kind} /> : null}
        <RatingField query={query} />
        {kindHasParam(kind, 'facilities') ? <Facilities taxonomies={taxonomies} query={query} /> : null}
        {query.view ? <input type="hidden" name="view" value={query.view} /> : null}
        {query.bounds ? <input type="hidden" name="bounds" value={query.bounds.join(',')} /> : null}
        <div className={styles.submit}>
          <button type="submit" className="button">
            {t('show')}
          </button>
        </div>
      </FilterForm>
    </search>
  );
};

const Field = ({ id, label, children }: { id: string; label: string; children: ReactNode }) => (
  <div className="field">
    <label htmlFor={id}>{label}</label>
    {children}
  </div>
);

const TextField = async ({ query }: { query: ArchiveQuery }) => {
  const t = await getTranslations('find');
  return (
    <Field id="filter-text" label={t('text')}>
      <input
        id="filter-text"
        name="text"
        type="search"
        className="input"
        maxLength={100}
        autoComplete="off"
        enterKeyHint="search"
        defaultValue={query.text ?? ''}
      />
    </Field>
  );
};

const SortField = async ({ kind, query }: { kind: ListingKind; query: ArchiveQuery }) => {
  const t = await getTranslations('find');
  const [usual, ...others] = sortsOf(kind, query);
  return (
    <Field id="filter-sort" label={t('sort')}>
      <select id="filter-sort" name="sort" className="select" defaultValue={query.sort ?? ''}>
        <option value="">{t(`sorts.${usual ?? 'rank'}`)}</option>
        {others.map((sort) => (
          <option key={sort} value={sort}>
            {t(`sorts.${sort}`)}
          </option>
        ))}
      </select>
    </Field>
  );
};

const Taxonomy = async ({ kind, taxonomies, query }: Props) => {
  const t = await getTranslations('find');
  const cities = taxonomies.cities.filter(({ slug, listings }) => (listings[kind] ?? 0) > 0 || slug === query.city);
  const types = taxonomies.types.filter((type) => type.kind === kind);
  return (
    <>
      <Field id="filter-city" label={t('city')}>
        <select id="filter-city" name="city" className="select" defaultValue={query.city ?? ''}>
          <option value="">{t('anyCity')}</option>
          {cities.map(({ slug, name, listings }) => (
            <option key={slug} value={slug}>
              {`${name} (${listings[kind] ?? 0})`}
            </option>
          ))}
        </select>
      </Field>
      <Field id="filter-type" label={t('type')}>
        <select id="filter-type" name="type" className="select" defaultValue={query.type ?? ''}>
          <option value="">{t('anyType')}</option>
          {types.map(({ slug, name, listings }) => (
            <option key={slug} value={slug}>
              {`${name} (${listings})`}
            </option>
          ))}
        </select>
      </Field>
    </>
  );
};

const Dates = async ({ query }: { query: ArchiveQuery }) => {
  const t = await getTranslations('find');
  return (
    <fieldset className={styles.pair}>
      <legend className="legend">{t('dates')}</legend>
      {(['from', 'to'] as const).map((name) => (
        <label key={name} className={styles.part}>
          <span>{t(`parts.${name}`)}</span>
          <input type="date" name={name} className="input" defaultValue={query[name] ?? ''} />
        </label>
      ))}
    </fieldset>
  );
};

const Prices = async ({ query }: { query: ArchiveQuery }) => {
  const t = await getTranslations('find');
  return (
    <fieldset className={styles.prices}>
      <legend className="legend">{t('price')}</legend>
      {(['priceMin', 'priceMax'] as const).map((name) => {
        const amountMinor = query[name];
        return (
          <label key={name} className={styles.part}>
            <span>{t(`parts.${name}`)}</span>
            <input
              type="number"
              name={name}
              className="input"
              inputMode="decimal"
              min={0}
              max={9_999_999}
              step="any"
              defaultValue={amountMinor === undefined ? '' : amountMinor / 100}
            />
          </label>
        );
      })}
      <label className={styles.part}>
        <span>{t('currency')}</span>
        <select name="currency" className="select" defaultValue={query.currency ?? currencies[0]}>
          {currencies.map((currency) => (
            <option key={currency}>{currency}</option>
          ))}
        </select>
      </label>
    </fieldset>
  );
};

const Capacity = async ({ kind, query }: { kind: ListingKind; query: ArchiveQuery }) => {
  const t = await getTranslations('find');
  return (
    <Field id="filter-capacity" label={t('capacity', { kind })}>
      <input
        id="filter-capacity"
        name="capacity"
        type="number"
        className="input"
        inputMode="numeric"
        min={1}
        max={1_000_000}
        step={1}
        defaultValue={query.capacity ?? ''}
      />
    </Field>
  );
};

const RatingField = async ({ query }: { query: ArchiveQuery }) => {
  const t = await getTranslations('find');
  const { rating } = query;
  const steps = rating === undefined || RATINGS.includes(rating) ? RATINGS : [...RATINGS, rating].toSorted();
  return (
    <Field id="filter-rating" label={t('rating')}>
      <select id="filter-rating" name="rating" className="select" defaultValue={rating ?? ''}>
        <option value="">{t('anyRating')}</option>
        {steps.map((step) => (
          <option key={step} value={step}>
            {t('ratingFrom', { rating: step })}
          </option>
        ))}
      </select>
    </Field>
  );
};

const Facilities = async ({ taxonomies, query }: Omit<Props, 'kind'>) => {
  const chosen = query.facilities ?? [];
  const offered = taxonomies.facilities.filter(({ slug, listings }) => listings > 0 || chosen.includes(slug));
  if (offered.length === 0) return null;
  const t = await getTranslations('find');
  return (
    <fieldset className={styles.facilities}>
      <legend className="legend">{t('facilities')}</legend>
      {offered.map(({ slug, name, listings }) => (
        <label key={slug} className={styles.check}>
          <input type="checkbox" name="facilities" value={slug} defaultChecked={chosen.includes(slug)} />
          <span>{name}</span>
          <span className={styles.number}>{listings}</span>
        </label>
      ))}
    </fieldset>
  );
};
