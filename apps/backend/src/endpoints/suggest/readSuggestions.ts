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
import { readSearchedText } from '../feed/searchedText';
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

/** So many of a kind are compared, whether a beginning fits a hundred or half of the market. */
const MOST_COMPARED = 50;

const inFeed = (kind: ListingKind): string => [...visible, ...stillOn[kind]].join(' AND ');

/**
 * Titles that begin with the text, and the best ranked ones whose title, type or city fits it. `$1`: the folded text as
 * the beginning of a title, `$2`: as that of any word in it, `$3`: as a query.
 */
const fittingOf = (kind: ListingKind): string => `(
  SELECT '${kind}' AS kind, listing.slug, listing.title, listing.city_id, rank.score,
         (found.title LIKE $1)::int + (' ' || found.title LIKE $2)::int AS fit
  FROM (
    (SELECT listing.id FROM listing_search AS found
     JOIN ${kind} AS listing ON listing.id = found.listing_id
     WHERE found.kind = '${kind}' AND found.title LIKE $1 AND ${inFeed(kind)} LIMIT ${MOST_COMPARED})
    UNION
    (SELECT listing.id FROM listing_rank AS rank
     JOIN listing_search AS found ON found.kind = '${kind}' AND found.listing_id = rank.listing_id::int
     JOIN ${kind} AS listing ON listing.id = rank.listing_id::int
     WHERE rank.kind = '${kind}' AND rank.city = 'all' AND rank.type = 'all' AND found.names @@ $3::tsquery AND ${inFeed(kind)}
     ORDER BY rank.score DESC, rank.listing_id DESC LIMIT ${MOST_COMPARED})
  ) AS candidate
  JOIN ${kind} AS listing ON listing.id = candidate.id
  JOIN listing_search AS found ON found.kind = '${kind}' AND found.listing_id = candidate.id
  ${joinRank(kind)}
  ORDER BY fit DESC, rank.score DESC NULLS LAST, listing.id DESC LIMIT ${MOST})`;

/** `$1`: the text. */
const misspeltOf = (kind: ListingKind): string => `(
  SELECT '${kind}' AS kind, listing.slug, listing.title, listing.city_id, rank.score, found.closeness AS fit
  FROM convene_similar_listings('${kind}', $1) AS found
  JOIN ${kind} AS listing ON listing.id = found.listing_id
  ${joinRank(kind)}
  WHERE ${inFeed(kind)}
  ORDER BY fit DESC, rank.score DESC NULLS LAST, listing.id DESC LIMIT ${MOST})`;

const joinRank = (kind: ListingKind): string => `LEFT JOIN listing_rank AS rank
  ON rank.kind = '${kind}' AND rank.city = 'all' AND rank.type = 'all' AND rank.listing_id = listing.id`;

const bestOf = (parts: string[]): string => `
  SELECT best.kind, best.slug, best.title, city.name AS city
  FROM (${parts.join(' UNION ALL ')}) AS best
  LEFT JOIN cities AS city ON city.id = best.city_id
  ORDER BY best.fit DESC, best.score DESC NULLS LAST, best.kind, best.slug LIMIT ${MOST}`;

const toItems = (rows: object[]): Suggestion[] =>
  z.array(suggestionSchema).parse(rows.map((row) => ({ type: 'listing', ...row })));

const readListings = async (sql: SqlExecutor, { text, kind }: SuggestionQuery): Promise<Suggestion[]> => {
  const kinds = kind ? [kind] : listingKinds;
  const searched = await readSearchedText(sql, text);
  // Of one letter alone nothing is guessed.
  if (!searched || searched.folded.length < 2) return [];
  const { folded, query } = searched;
  const { rows } = await sql.query(bestOf(kinds.map(fittingOf)), [`${folded}%`, `% ${folded}%`, query]);
  if (rows.length > 0 || folded.length < 4) return toItems(rows);
  const misspelt = await sql.query(bestOf(kinds.map(misspeltOf)), [text]);
  return toItems(misspelt.rows);
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
