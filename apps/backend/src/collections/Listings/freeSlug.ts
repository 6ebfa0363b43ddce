import type { ListingKind } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';

/** Words that stand, or may come to stand, where a listing's slug stands in an address: `/events/new`, `/events/in/iasi`. */
export const reservedSlugs: ReadonlySet<string> = new Set([
  'all',
  'api',
  'book',
  'claim',
  'create',
  'edit',
  'feed',
  'in',
  'map',
  'new',
  'opengraph-image',
  'page',
  'report',
  'search',
  'sitemap',
  'suggest',
  'type',
]);

/** The wanted slug, or it with the smallest number behind it that is nobody's yet. */
export const firstFree = (wanted: string, taken: ReadonlySet<string>): string => {
  const isFree = (slug: string) => !taken.has(slug) && !reservedSlugs.has(slug);
  let slug = wanted;
  for (let number = 2; !isFree(slug); number += 1) slug = `${wanted}-${number}`;
  return slug;
};

/**
 * A slug of its own for a listing, in the transaction of `sql`. Whoever wants the same at the same time waits for that
 * transaction's end, so that of twenty listings of one title each gets another.
 */
export const freeSlug = async (
  sql: SqlExecutor,
  { kind, wanted, listingId }: { kind: ListingKind; wanted: string; listingId: number | null },
): Promise<string> => {
  await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))', [
    `slug:${kind}:${wanted.replace(/(-\d+)+$/, '')}`,
  ]);
  const { rows } = await sql.query<{ slug: string }>(
    `SELECT slug FROM ${kind} WHERE (slug = $1::text OR slug LIKE $2::text) AND id <> $3::int`,
    [wanted, `${wanted}-%`, listingId ?? 0],
  );
  return firstFree(wanted, new Set(rows.map(({ slug }) => slug)));
};
