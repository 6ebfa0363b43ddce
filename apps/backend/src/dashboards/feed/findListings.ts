import { type ListingKind, listingKindSchema, listingKinds } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';

const foundSchema = z.object({ kind: listingKindSchema, id: z.number(), title: z.string() });
export type FoundListing = z.output<typeof foundSchema>;

const LIMIT = 10;

/** Listings whose title contains the text, or whose slug or number it is; those that begin with it first. */
export const findListings = async (sql: SqlExecutor, text: string): Promise<FoundListing[]> => {
  const { rows } = await sql.query(
    `SELECT kind, id, title FROM (${listingKinds
      .map(
        (kind) =>
          `SELECT '${kind}' AS kind, id, coalesce(title, '') AS title, slug FROM ${kind} WHERE deleted_at IS NULL`,
      )
      .join(' UNION ALL ')}) AS listing
     WHERE strpos(lower(title), lower($1)) > 0 OR slug = $1 OR id::text = $1
     ORDER BY NOT starts_with(lower(title), lower($1)), title, kind, id LIMIT ${LIMIT}`,
    [text],
  );
  return z.array(foundSchema).parse(rows);
};

/** What a listing is called; undefined where there is none, or it has no title yet. */
export const titleOf = async (
  sql: SqlExecutor,
  { kind, id }: { kind: ListingKind; id: number },
): Promise<string | undefined> => {
  const { rows } = await sql.query<{ title: string | null }>(`SELECT title FROM ${kind} WHERE id = $1`, [id]);
  return rows[0]?.title ?? undefined;
};
