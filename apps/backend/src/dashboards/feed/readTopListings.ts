import { listingKindSchema, listingKinds } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';
import { type FunnelStep, funnelSteps } from './readFunnel';

export const topSpans = ['7d', '30d', 'all'] as const;
export type TopSpan = (typeof topSpans)[number];
export const topQuerySchema = z.object({
  span: z.enum(topSpans).default('30d'),
  by: z.enum(funnelSteps).default('views'),
});
export type TopQuery = z.output<typeof topQuerySchema>;

const topSchema = z.object({
  kind: listingKindSchema,
  id: z.number(),
  title: z.string(),
  slug: z.string().nullable(),
  impressions: z.number(),
  views: z.number(),
  favorites: z.number(),
  bookings: z.number(),
  computedAt: z.date().nullable(),
});
export type TopListing = z.output<typeof topSchema>;

const TOP = 20;
/** As many as a file holds. */
export const MANY = 5_000;

const LISTINGS = listingKinds
  .map((kind) => `SELECT '${kind}' AS kind, id, title, slug FROM ${kind} WHERE deleted_at IS NULL`)
  .join(' UNION ALL ');

/** The listings with the most of what is asked by, as the last aggregation summed it. */
export const readTopListings = async (
  sql: SqlExecutor,
  { span, by, limit = TOP }: TopQuery & { limit?: number },
): Promise<TopListing[]> => {
  const column = (step: FunnelStep) => `aggregate."${step}_${span}"`;
  const { rows } = await sql.query(
    `SELECT top.*, coalesce(listing.title, '') AS title, listing.slug
     FROM (SELECT kind, listing_id::int AS id, computed_at AS "computedAt",
                  ${funnelSteps.map((step) => `${column(step)}::float8 AS ${step}`).join(', ')}
           FROM aggregates AS aggregate WHERE ${column(by)} > 0
           ORDER BY ${column(by)} DESC, kind, listing_id LIMIT $1) AS top
     JOIN (${LISTINGS}) AS listing ON listing.kind = top.kind AND listing.id = top.id
     ORDER BY top.${by} DESC, top.kind, top.id`,
    [limit],
  );
  return z.array(topSchema).parse(rows);
};
