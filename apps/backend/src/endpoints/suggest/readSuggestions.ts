import {
  type Suggestion,
  type Suggestions,
  suggestionSchema,
  suggestionsSchema,
  type suggestQuerySchema,
  type Taxonomies,
} from '@convene/common/api';
import { type ListingKind, listingKinds } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';
import { stillOn, visible } from '../feed/segment';

export type SuggestionQuery = z.output<typeof suggestQuerySchema>;

const MOST = 8;
/** Of cities and of types each, where listings want their places. */
const MOST_OF_A_TAXONOMY = 3;

/**
 * How well the folded name of a city or type fits the folded text: it begins with it, one of its words does, the text
 * names it among other words, or is spelt like it. Null where it does not fit.
 */
const fit = `CASE
  WHEN name.folded LIKE asked.folded || '%' THEN 4
  WHEN name.folded LIKE '% ' || asked.folded || '%' THEN 3
  WHEN ' ' || asked.folded || ' ' LIKE '% ' || name.folded || ' %' THEN 2
  WHEN length(asked.folded) > 3 AND word_similarity(asked.folded, name.folded) >= 0.5
    THEN word_similarity(asked.folded, name.folded)
END`;

const TAXONOMIES = `
  SELECT named.of, named.slug, score.fit::float8 AS fit
  FROM (SELECT convene_fold($1) AS folded) AS asked
  CROSS JOIN (
    SELECT 'city' AS of, slug, name FROM cities UNION ALL SELECT 'type', slug, name FROM listing_types
  ) AS named
  CROSS JOIN LATERAL (SELECT convene_fold(named.name) AS folded) AS name
  CROSS JOIN LATERAL (SELECT ${fit} AS fit) AS score
  WHERE asked.folded <> '' AND name.folded <> '' AND score.fit IS NOT NULL
  ORDER BY score.fit DESC, length(named.name), named.slug
  LIMIT 50`;

const taxonomyFitsSchema = z.array(z.object({ of: z.enum(['city', 'type']), slug: z.string(), fit: z.number() }));

const namedBy = {
  words: (kind: ListingKind) =>
    `JOIN listing_search AS found ON found.kind = '${kind}' AND found.listing_id = listing.id AND found.names @@ $2::tsquery`,
  similarity: (kind: ListingKind) =>
    `JOIN convene_similar_listings('${kind}', $1) AS found ON found.listing_id = listing.id`,
};

/** Titles that begin with the text come first, then those that have it in them, then what type or city says. */
const listingsOf = (kind: ListingKind, by: keyof typeof namedBy): string => `(
  SELECT '${kind}' AS kind, listing.slug, listing.title, listing.city_id, rank.score,
         ${by === 'words' ? "(found.title LIKE asked.folded || '%')::int + (' ' || found.title LIKE '% ' || asked.folded || '%')::int" : 'found.closeness'} AS fit
  FROM (SELECT convene_fold($1) AS folded) AS asked
  CROSS JOIN ${kind} AS listing
  ${namedBy[by](kind)}
  LEFT JOIN listing_rank AS rank
    ON rank.kind = '${kind}' AND rank.city = 'all' AND rank.type = 'all' AND rank.listing_id = listing.id
  WHERE ${[...visible, ...stillOn[kind]].join(' AND ')}
  ORDER BY fit DESC, rank.score DESC NULLS LAST, listing.id DESC LIMIT ${MOST})`;

const listingsStatement = (kinds: readonly ListingKind[], by: keyof typeof namedBy): string => `
  SELECT best.kind, best.slug, best.title, city.name AS city
  FROM (${kinds.map((kind) => listingsOf(kind, by)).join(' UNION ALL ')}) AS best
  LEFT JOIN cities AS city ON city.id = best.city_id
  ORDER BY best.fit DESC, best.score DESC NULLS LAST, best.kind, best.slug LIMIT ${MOST}`;

const listingSuggestions = z.array(suggestionSchema);

const readListings = async (sql: SqlExecutor, { text, kind }: SuggestionQuery): Promise<Suggestion[]> => {
  const kinds = kind ? [kind] : listingKinds;
  const { rows: asked } = await sql.query<{ query: string | null }>('SELECT convene_search_query($1)::text AS query', [
    text,
  ]);
  const query = asked[0]?.query;
  // Of one letter alone nothing is guessed.
  if (!query || text.length < 2) return [];
  const toItems = (rows: object[]) => listingSuggestions.parse(rows.map((row) => ({ type: 'listing', ...row })));
  const { rows } = await sql.query(listingsStatement(kinds, 'words'), [text, query]);
  if (rows.length > 0 || text.length < 4) return toItems(rows);
  const similar = await sql.query(listingsStatement(kinds, 'similarity'), [text]);
  return toItems(similar.rows);
};

/** The cities and types that fit and have something to show, the best first. */
const readTaxonomySuggestions = async (
  sql: SqlExecutor,
  { query: { text, kind }, taxonomies }: { query: SuggestionQuery; taxonomies: Taxonomies },
): Promise<{ cities: Suggestion[]; types: Suggestion[] }> => {
  const { rows } = await sql.query(TAXONOMIES, [text]);
  const fits = taxonomyFitsSchema.parse(rows);
  const cityBySlug = new Map(taxonomies.cities.map((city) => [city.slug, city]));
  const typeBySlug = new Map(taxonomies.types.map((type) => [type.slug, type]));
  const cities = fits.flatMap(({ of, slug }): Suggestion[] => {
    const city = of === 'city' ? cityBySlug.get(slug) : undefined;
    if (!city) return [];
    const { listings: counts } = city;
    const listings = kind ? counts[kind] : counts.locations + counts.events + counts.services;
    return listings > 0 ? [{ type: 'city', slug, name: city.name, country: city.country, listings }] : [];
  });
  const types = fits.flatMap(({ of, slug }): Suggestion[] => {
    const type = of === 'type' ? typeBySlug.get(slug) : undefined;
    if (!type || type.listings === 0 || (kind && type.kind !== kind)) return [];
    return [{ type: 'type', slug, name: type.name, kind: type.kind, listings: type.listings }];
  });
  return { cities: cities.slice(0, MOST_OF_A_TAXONOMY), types: types.slice(0, MOST_OF_A_TAXONOMY) };
};

/**
 * What somebody may mean who has typed this much: cities and types with how much there is under each, then listings.
 * What has nothing to show is not suggested.
 *
 * @param options.taxonomies whose numbers are told
 */
export const readSuggestions = async (
  sql: SqlExecutor,
  { query, taxonomies }: { query: SuggestionQuery; taxonomies: Taxonomies },
): Promise<Suggestions> => {
  const [{ cities, types }, listings] = await Promise.all([
    readTaxonomySuggestions(sql, { query, taxonomies }),
    readListings(sql, query),
  ]);
  return suggestionsSchema.parse({ items: [...cities, ...types, ...listings].slice(0, MOST) });
};
