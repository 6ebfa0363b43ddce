import type { Taxonomies } from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import type { ArchiveParam } from './archiveQuery';
import type { ReadArchive } from './readArchiveQuery';

/** Leaves out, and names, a city, a type or facilities that nobody knows. */
export const knownFilters = (
  kind: ListingKind,
  { query, ignored, isUntidy }: ReadArchive,
  { cities, types, facilities }: Taxonomies,
): ReadArchive => {
  const isKnown = {
    city: !query.city || cities.some(({ slug }) => slug === query.city),
    type: !query.type || types.some((type) => type.kind === kind && type.slug === query.type),
    facilities: (query.facilities ?? []).every((wanted) => facilities.some(({ slug }) => slug === wanted)),
  };
  const unknown = (['city', 'type', 'facilities'] as const satisfies ArchiveParam[]).filter((name) => !isKnown[name]);
  if (unknown.length === 0) return { query, ignored, isUntidy };
  const known = Object.entries(query).filter(([name]) => !unknown.some((other) => other === name));
  return { query: Object.fromEntries(known), ignored: [...ignored, ...unknown], isUntidy };
};
