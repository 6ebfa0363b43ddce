import type { Taxonomies } from '@convene/common/api';
import { type ListingKind, listingKinds } from '@convene/common/listings';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ListingImage } from '@/components/ListingImage';
import { Rail } from '@/components/Rail';
import { SearchForm } from '@/components/SearchForm';
import { SiteLink } from '@/components/SiteLink';
import { Unavailable } from '@/components/Unavailable';
import { archiveUrl } from '@/lib/archiveUrl';
import { attempt } from '@/lib/backend/attempt';
import { getHomeRails, getTaxonomies, type HomeRails } from '@/lib/backend/reads';
import styles from './home.module.css';

export const generateMetadata = async (): Promise<Metadata> => {
  const rails = await attempt(getHomeRails);
  return { alternates: { canonical: '/' }, ...(rails.isAvailable ? {} : { robots: { index: false } }) };
};

const HomePage = async () => {
  const [rails, taxonomies] = await Promise.all([attempt(getHomeRails), attempt(getTaxonomies)]);
  const cities = taxonomies.isAvailable ? taxonomies.value.cities : [];
  if (!rails.isAvailable) return <Unavailable retryHref="/" />;
  return (
    <>
      <Hero rails={rails.value} cities={cities} />
      <div className={styles.rails}>
        <Rails rails={rails.value} />
      </div>
      <Cities cities={cities} />
      <Offer />
    </>
  );
};

const Hero = async ({ rails, cities }: { rails: HomeRails; cities: Taxonomies['cities'] }) => {
  const t = await getTranslations('home');
  return (
    <section className={styles.hero}>
      <div className={`container ${styles.heroGrid}`}>
        <div className={styles.heroText}>
          <h1 className={styles.headline}>{t('headline')}</h1>
          <p className={styles.lead}>{t('lead')}</p>
        </div>
        <div className={styles.heroSearch}>
          <SearchForm cities={cities} />
        </div>
        <div className={styles.collage} aria-hidden="true">
          {listingKinds.map((kind) => (
            <div key={kind} className={styles.shape} data-kind={kind}>
              <ListingImage
                image={rails[kind].items.find(({ image }) => image)?.image ?? null}
                sizes="(max-width: 60rem) 33vw, 20rem"
                isFirst
                alt=""
              />
            </div>
          ))}
        </div>
      </div>
    </section>
  );
};

const Rails = async ({ rails }: { rails: HomeRails }) => {
  const t = await getTranslations();
  return listingKinds.map((kind) => (
    <Rail
      key={kind}
      id={`rail-${kind}`}
      kind={kind}
      title={t(`kinds.${kind}.rail`)}
      lead={t(`kinds.${kind}.lead`)}
      listings={rails[kind].items}
      more={{ href: archiveUrl(kind), label: t('home.seeAll', { kind }) }}
      empty={t('home.emptyRail')}
    />
  ));
};

const MOST_CITIES = 12;

/** A city's page is one of a kind: locations where it has any, else what it has. */
const bestKindOf = (listings: Taxonomies['cities'][number]['listings']): ListingKind =>
  listingKinds.find((kind) => (listings[kind] ?? 0) > 0) ?? 'locations';

const Cities = async ({ cities }: { cities: Taxonomies['cities'] }) => {
  const t = await getTranslations('home');
  const counted = cities
    .map((city) => ({ ...city, count: listingKinds.reduce((sum, kind) => sum + (city.listings[kind] ?? 0), 0) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
    .slice(0, MOST_CITIES);
  if (counted.length === 0) return null;
  return (
    <section className={`container ${styles.cities}`} aria-labelledby="cities">
      <h2 id="cities">{t('cities')}</h2>
      <ul className={styles.cityList}>
        {counted.map(({ slug, name, listings, count }) => (
          <li key={slug}>
            <SiteLink href={archiveUrl(bestKindOf(listings), { city: slug })} className={styles.city}>
              <span className={styles.cityName}>{name}</span>
              <span className={styles.cityCount}>{t('cityCount', { count })}</span>
            </SiteLink>
          </li>
        ))}
      </ul>
    </section>
  );
};

const Offer = async () => {
  const t = await getTranslations('home.offer');
  const steps = ['one', 'two', 'three'] as const;
  return (
    <section className="container" aria-labelledby="offer">
      <div className={styles.offer}>
        <div className={styles.offerText}>
          <h2 id="offer">{t('title')}</h2>
          <p>{t('text')}</p>
          <SiteLink href="/sign-up" className="button">
            {t('action')}
          </SiteLink>
        </div>
        <ol className={styles.steps}>
          {steps.map((step) => (
            <li key={step}>{t(`steps.${step}`)}</li>
          ))}
        </ol>
      </div>
    </section>
  );
};

export default HomePage;
