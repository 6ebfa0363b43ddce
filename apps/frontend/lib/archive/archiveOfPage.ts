import 'server-only';
import type { FeedAnswer, MapAnswer, Taxonomies } from '@convene/common/api';
import { isListingKind, type ListingKind } from '@convene/common/listings';
import { notFound, redirect } from 'next/navigation';
import { archiveUrl } from '@/lib/archiveUrl';
import { attempt } from '@/lib/backend/attempt';
import { isConveneError } from '@/lib/backend/errors';
import { getFeed, getMap, getTaxonomies } from '@/lib/backend/reads';
import { feedFiltersOf } from './feedFilters';
import { knownFilters } from './knownFilters';
import { type Params, type ReadArchive, readArchiveQuery } from './readArchiveQuery';

export const PAGE_SIZE = 24;

/** What the path of a landing page says; the archive's own path says the kind alone. */
export type ArchivePath = { kind: string; city?: string | undefined; type?: string | undefined };

export type ArchiveOfPage = ReadArchive & {
  kind: ListingKind;
  taxonomies: Taxonomies;
  /** Are the taxonomies those of the backend, or none because it is away? */
  isComplete: boolean;
};

const noTaxonomies: Taxonomies = { cities: [], types: [], facilities: [] };

const isOfLanding = ({ city, type }: ArchivePath, { cities, types }: Taxonomies, kind: ListingKind): boolean =>
  (!city || cities.some(({ slug }) => slug === city)) &&
  (!type || types.some((candidate) => candidate.kind === kind && candidate.slug === type));

/**
 * What a page's address asks for. A landing page of a city or type that nobody knows is not found, while an archive
 * leaves out and names what makes no sense.
 */
export const archiveOfPage = async (path: ArchivePath, params: Params): Promise<ArchiveOfPage> => {
  const { kind, city, type } = path;
  if (!isListingKind(kind)) notFound();
  const found = await attempt(getTaxonomies);
  const taxonomies = found.isAvailable ? found.value : noTaxonomies;
  if (found.isAvailable && !isOfLanding(path, taxonomies, kind)) notFound();
  const read = readArchiveQuery(kind, { ...params, ...(city ? { city } : {}), ...(type ? { type } : {}) });
  const known = found.isAvailable ? knownFilters(kind, read, taxonomies) : read;
  return { kind, ...known, taxonomies, isComplete: found.isAvailable };
};

/** Leads on to the address without empty fields that a form without script has sent. */
export const tidyAddress = ({ kind, query, ignored, isUntidy }: ArchiveOfPage): void => {
  if (isUntidy && ignored.length === 0) redirect(archiveUrl(kind, query));
};

/** A city or type that went away a moment ago is an empty archive, not an error. @throws ConveneError unavailable */
export const feedOfArchive = async ({ kind, query }: Pick<ArchiveOfPage, 'kind' | 'query'>): Promise<FeedAnswer> => {
  const page = query.page ?? 1;
  try {
    return await getFeed({ kind, ...feedFiltersOf(query), page, pageSize: PAGE_SIZE });
  } catch (error) {
    if (!isConveneError(error) || error.code === 'unavailable') throw error;
    return { items: [], page: 1, pageSize: PAGE_SIZE, total: 0, totalIsExact: true };
  }
};

/** Where a map is asked for, what it shows; null where it can't be had, for the list is there without it. */
export const mapOfArchive = async ({
  kind,
  query,
}: Pick<ArchiveOfPage, 'kind' | 'query'>): Promise<MapAnswer | null> => {
  if (query.view !== 'map') return null;
  try {
    return await getMap({ kind, ...feedFiltersOf(query) });
  } catch (error) {
    if (isConveneError(error)) return null;
    throw error;
  }
};
