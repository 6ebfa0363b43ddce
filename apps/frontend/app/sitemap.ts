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

const listingPaths = async (kind: ListingKind): Promise<string[]> => {
  const paths: string[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const feed = await attempt(() => getFeed({ kind, page, pageSize: PAGE_SIZE }));
    if (!feed.isAvailable) break;
    paths.push(...feed.value.items.map(({ slug }) => `/${kind}/${slug}`));
    if (page * PAGE_SIZE >= feed.value.total) break;
  }
  return paths;
};

const cityPaths = async (): Promise<string[]> => {
  const taxonomies = await attempt(getTaxonomies);
  if (!taxonomies.isAvailable) return [];
  return taxonomies.value.cities.flatMap(({ slug, listings }) =>
    listingKinds.filter((kind) => (listings[kind] ?? 0) > 0).map((kind) => archiveUrl(kind, { city: slug })),
  );
};

/** While the backend is away it names the fixed pages alone. */
const sitemap = async (): Promise<MetadataRoute.Sitemap> => {
  const [cities, ...listings] = await Promise.all([cityPaths(), ...listingKinds.map(listingPaths)]);
  return ['/', ...listingKinds.map((kind) => archiveUrl(kind)), '/privacy', ...cities, ...listings.flat()].map(entry);
};

export default sitemap;
