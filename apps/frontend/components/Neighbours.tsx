import { type ListingKind, listingKinds } from '@convene/common/listings';
import { getTranslations } from 'next-intl/server';
import type { ArchiveOfPage } from '@/lib/archive/archiveOfPage';
import { namesOfArchive } from '@/lib/archive/archiveTitle';
import { type LandingFacts, nearestCities } from '@/lib/archive/landingFacts';
import { archiveUrl } from '@/lib/archiveUrl';
import styles from './Neighbours.module.css';
import { SiteLink } from './SiteLink';

const MOST_CITIES = 12;

type Link = { key: string; href: string; label: string };
type Group = { title: string; links: Link[] };
type Props = { archive: ArchiveOfPage; facts: LandingFacts | null };

const citiesWith = ({ kind, taxonomies }: ArchiveOfPage) =>
  taxonomies.cities.filter(({ listings }) => (listings[kind] ?? 0) > 0);

const otherCities = async ({ archive, facts }: Props): Promise<Group> => {
  const t = await getTranslations('find.neighbours');
  const { kind, query } = archive;
  const { type } = namesOfArchive(archive);
  const known = citiesWith(archive);
  // Of a type it is known only from its listings where they are.
  const those = query.type && !query.city ? (facts?.cities ?? []) : known;
  const cities = query.city
    ? nearestCities(known, query.city, MOST_CITIES)
    : known.filter(({ slug }) => those.some((city) => city.slug === slug)).slice(0, MOST_CITIES);
  return {
    title: type ? t('citiesOfType', { type }) : t('cities', { kind }),
    links: cities.map(({ slug, name }) => ({
      key: slug,
      href: archiveUrl(kind, { city: slug, type: query.city ? undefined : query.type }),
      label: name,
    })),
  };
};

const otherTypes = async ({ archive, facts }: Props): Promise<Group> => {
  const t = await getTranslations('find.neighbours');
  const { kind, query, taxonomies } = archive;
  const { city } = namesOfArchive(archive);
  const here = facts?.types ?? [];
  const isOfCity = city !== undefined && query.type === undefined && here.length > 0;
  const types = taxonomies.types
    .filter((type) => type.kind === kind && type.slug !== query.type)
    .filter(({ slug, listings }) => (isOfCity ? here.some((type) => type.slug === slug) : listings > 0));
  return {
    title: isOfCity ? t('typesInCity', { city }) : t('types', { kind }),
    links: types.map(({ slug, name }) => ({
      key: slug,
      href: archiveUrl(kind, { type: slug, city: isOfCity ? query.city : undefined }),
      label: name,
    })),
  };
};

const otherKinds = async ({ archive }: Props): Promise<Group> => {
  const t = await getTranslations();
  const { city: name } = namesOfArchive(archive);
  const city = archive.taxonomies.cities.find(({ slug }) => slug === archive.query.city);
  const kinds: ListingKind[] = listingKinds.filter(
    (kind) => kind !== archive.kind && city !== undefined && (city.listings[kind] ?? 0) > 0,
  );
  return {
    title: t('find.neighbours.also', { city: name ?? '' }),
    links: kinds.map((kind) => ({
      key: kind,
      href: archiveUrl(kind, { city: city?.slug }),
      label: t('archive.inCity', { kind, city: name ?? '' }),
    })),
  };
};

/** Links to the landing pages around: other types here, this type elsewhere, other kinds in the same city. */
export const Neighbours = async (props: Props) => {
  const groups = await Promise.all([otherTypes(props), otherCities(props), otherKinds(props)]);
  const t = await getTranslations('find.neighbours');
  const shown = groups.filter(({ links }) => links.length > 0);
  if (shown.length === 0) return null;
  return (
    <nav className={styles.neighbours} aria-label={t('label')}>
      {shown.map(({ title, links }) => (
        <section key={title} className={styles.group}>
          <h2>{title}</h2>
          <ul>
            {links.map(({ key, href, label }) => (
              <li key={key}>
                <SiteLink href={href}>{label}</SiteLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
};
