import { type ListingCard, listingCardSchema } from '@convene/common/api';
import { eventStatusAt, type ListingKind } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { UNDESCRIBED } from '../collections/Listings/pictureTexts';
import { env } from '../env';

type FileRow = { filename: string; width: number; height: number };

type CardRow = {
  id: number;
  slug: string;
  title: string;
  summary: string | null;
  tier: string;
  city: unknown;
  type: unknown;
  image: { id: number; alt: string; files: FileRow[] } | null;
  price_amount_minor: number | null;
  price_currency: string | null;
  price_unit: string | null;
  rating_average: number | null;
  review_count: number;
  capacity: number | null;
  longitude: number | null;
  latitude: number | null;
  starts_at: Date | null;
  ends_at: Date | null;
  cancelled_at: Date | null;
  time_zone: string | null;
};

/** Columns that only some kinds have, as the card's statement selects them. */
const ownColumns = {
  locations:
    'listing.capacity::int AS capacity, NULL::timestamptz AS starts_at, NULL::timestamptz AS ends_at, NULL::timestamptz AS cancelled_at, NULL AS time_zone',
  events:
    'listing.capacity::int AS capacity, listing.starts_at, listing.ends_at, listing.cancelled_at, listing.time_zone',
  services:
    'NULL::int AS capacity, NULL::timestamptz AS starts_at, NULL::timestamptz AS ends_at, NULL::timestamptz AS cancelled_at, NULL AS time_zone',
} as const satisfies Record<ListingKind, string>;

const cardsStatement = (kind: ListingKind): string => `
  SELECT listing.id, listing.slug, listing.title, listing.summary, listing.tier::text AS tier,
         CASE WHEN city.id IS NOT NULL THEN
           jsonb_build_object('id', city.id, 'slug', city.slug, 'name', city.name, 'country', city.country) END AS city,
         CASE WHEN type.id IS NOT NULL THEN
           jsonb_build_object('id', type.id, 'slug', type.slug, 'name', type.name, 'kind', type.kind) END AS type,
         CASE WHEN cover.id IS NOT NULL THEN
           jsonb_build_object('id', cover.id, 'alt', coalesce(nullif(listing.picture_texts ->> cover.id::text, ''), nullif(cover.alt, '${UNDESCRIBED}'), ''), 'files', jsonb_build_array(
             jsonb_build_object('filename', cover.sizes_w400_filename, 'width', cover.sizes_w400_width, 'height', cover.sizes_w400_height),
             jsonb_build_object('filename', cover.sizes_w800_filename, 'width', cover.sizes_w800_width, 'height', cover.sizes_w800_height),
             jsonb_build_object('filename', cover.sizes_w1600_filename, 'width', cover.sizes_w1600_width, 'height', cover.sizes_w1600_height),
             jsonb_build_object('filename', cover.filename, 'width', cover.width, 'height', cover.height))) END AS image,
         listing.price_amount_minor::int AS price_amount_minor, listing.price_currency::text AS price_currency,
         listing.price_unit::text AS price_unit,
         aggregate.rating_average::float8 AS rating_average, coalesce(aggregate.review_count, 0)::int AS review_count,
         listing.longitude::float8 AS longitude, listing.latitude::float8 AS latitude,
         ${ownColumns[kind]}
  FROM unnest($1::int[]) WITH ORDINALITY AS wanted (id, position)
  JOIN ${kind} AS listing ON listing.id = wanted.id
  LEFT JOIN cities AS city ON city.id = listing.city_id
  LEFT JOIN listing_types AS type ON type.id = listing.type_id
  LEFT JOIN media AS cover ON cover.id = listing.cover_id AND cover.deleted_at IS NULL
  LEFT JOIN aggregates AS aggregate ON aggregate.kind = $2 AND aggregate.listing_id = listing.id
  ORDER BY wanted.position`;

/** Where browsers find an uploaded file. */
export const mediaUrl = (filename: string): string =>
  `${env.BACKEND_URL}/api/media/file/${encodeURIComponent(filename)}`;

/** A small upload has no larger sizes, and its own file may be the size of one that was made. */
export const imageSources = (files: (FileRow | null)[]): { url: string; width: number; height: number }[] => {
  const byWidth = new Map<number, { url: string; width: number; height: number }>();
  for (const file of files) {
    if (!file?.filename || !file.width || !file.height || byWidth.has(file.width)) continue;
    byWidth.set(file.width, { url: mediaUrl(file.filename), width: file.width, height: file.height });
  }
  return [...byWidth.values()].sort((a, b) => a.width - b.width);
};

const cardOf = (kind: ListingKind, row: CardRow, now: Date): ListingCard => {
  const sources = row.image ? imageSources(row.image.files) : [];
  return listingCardSchema.parse({
    kind,
    id: row.id,
    slug: row.slug,
    title: row.title,
    summary: row.summary ?? '',
    city: row.city,
    type: row.type,
    image: row.image && sources.length > 0 ? { id: row.image.id, alt: row.image.alt, sources } : null,
    price:
      row.price_amount_minor === null || !row.price_unit
        ? null
        : { amountMinor: row.price_amount_minor, currency: row.price_currency, unit: row.price_unit },
    tier: row.tier,
    rating:
      row.rating_average === null || row.review_count === 0
        ? null
        : { average: row.rating_average, count: row.review_count },
    capacity: row.capacity,
    point: row.longitude === null || row.latitude === null ? null : [row.longitude, row.latitude],
    event:
      row.starts_at && row.ends_at
        ? {
            startsAt: row.starts_at.toISOString(),
            endsAt: row.ends_at.toISOString(),
            timeZone: row.time_zone ?? 'UTC',
            status: eventStatusAt({ startsAt: row.starts_at, endsAt: row.ends_at, cancelledAt: row.cancelled_at }, now),
          }
        : null,
  });
};

/** The cards of these listings, in the order of their ids, by one statement. Visibility is the caller's matter. */
export const listingCards = async (
  sql: SqlExecutor,
  { kind, ids, now = new Date() }: { kind: ListingKind; ids: number[]; now?: Date },
): Promise<ListingCard[]> => {
  if (ids.length === 0) return [];
  const { rows } = await sql.query<CardRow>(cardsStatement(kind), [ids, kind]);
  return rows.map((row) => cardOf(kind, row, now));
};
