import { type ListingKind, listingKinds } from '@convene/common/listings';
import type { MetadataRoute } from 'next';
import { env } from '@/env';
import { archiveUrl } from '@/lib/archiveUrl';
import { attempt } from '@/lib/backend/attempt';
import { getFeed, getTaxonomies } from '@/lib/backend/reads';

export const dynamic = 'force-dynamic';

const PAGE_SIZE = 48;
/** The best 960 of each kind; crawlers find the rest through the archives. */
const MOST_PAGES = 20;

const entry = (path: string): MetadataRoute.Sitemap[number] => ({ url: `${env.FRONTEND_URL}${path}` });

/** The best listings of a kind, and the pages of types in cities that they stand on. */
const listingPaths = async (kind: ListingKind): Promise<string[]> => {
  const paths: string[] = [];
  const landings = new Set<string>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const feed = await attempt(() => getFeed({ kind, page, pageSize: PAGE_SIZE }));
    if (!feed.isAvailable) break;
    for (const { slug, city, type } of feed.value.items) {
      paths.push(`/${kind}/${slug}`);
      if (city && type) landings.add(archiveUrl(kind, { city: city.slug, type: type.slug }));
    }
    if (page * PAGE_SIZE >= feed.value.total) break;
  }
  return [...landings, ...paths];
};

/** The pages of cities and of types that have something to show. */
const landingPaths = async (): Promise<string[]> => {
  const taxonomies = await attempt(getTaxonomies);
  if (!taxonomies.isAvailable) return [];
  const { cities, types } = taxonomies.value;
  return [
    ...cities.flatMap(({ slug, listings }) =>
      listingKinds.filter((kind) => (listings[kind] ?? 0) > 0).map((kind) => archiveUrl(kind, { city: slug })),
    ),
    ...types.filter(({ listings }) => listings > 0).map(({ kind, slug }) => archiveUrl(kind, { type: slug })),
  ];
};

/** While the backend is away it names the fixed pages alone. */
const sitemap = async (): Promise<MetadataRoute.Sitemap> => {
  const [landings, ...listings] = await Promise.all([landingPaths(), ...listingKinds.map(listingPaths)]);
  return ['/', ...listingKinds.map((kind) => archiveUrl(kind)), '/privacy', ...landings, ...listings.flat()].map(entry);
};

export default sitemap;
