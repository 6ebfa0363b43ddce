import { claimStatuses, currencies, type ListingKind, listingKindSchema, priceUnits } from '@convene/common/listings';
import { type EventInMail, eventInMailSchema, type ListingInMail } from '@convene/common/notifications';
import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';

const moment = z.iso.datetime({ offset: true });

/** What bookings, reviews, claims and their mails need to know of a listing, as its public version says. */
const listingFactsSchema = z.object({
  kind: listingKindSchema,
  id: z.number().int(),
  title: z.string(),
  slug: z.string(),
  ownerId: z.number().int().nullable(),
  /** Do visitors see it? */
  isLive: z.boolean(),
  claimStatus: z.enum(claimStatuses),
  contactEmail: z.string().nullable(),
  /** Of an event its own, else its city's. */
  timeZone: z.string(),
  country: z.string().nullable(),
  /** "Strada Lungă 5, Iași"; null where neither is given. */
  place: z.string().nullable(),
  price: z.object({
    amountMinor: z.number().int().nullable(),
    currency: z.enum(currencies).nullable(),
    unit: z.enum(priceUnits).nullable(),
  }),
  /** Events only. */
  event: z
    .object({ startsAt: moment, endsAt: moment, cancelledAt: moment.nullable(), capacity: z.number().nullable() })
    .nullable(),
});
export type ListingFacts = z.infer<typeof listingFactsSchema>;

/** What a mail takes: an address and a city of their full lengths are a little more. */
const MAX_PLACE_LENGTH = 300;

const ownTimes = `CASE WHEN listing.starts_at IS NOT NULL AND listing.ends_at IS NOT NULL THEN jsonb_build_object(
  'startsAt', listing.starts_at, 'endsAt', listing.ends_at, 'cancelledAt', listing.cancelled_at,
  'capacity', listing.capacity) END`;

/** One JSON value, since dates come otherwise through drizzle than through `pg`. */
const select = (kind: ListingKind): string => `
  SELECT jsonb_build_object(
    'kind', '${kind}', 'id', listing.id, 'title', coalesce(listing.title, ''), 'slug', coalesce(listing.slug, ''),
    'ownerId', listing.owner_id,
    'isLive', coalesce(listing._status = 'published' AND listing.moderation_status = 'approved', false),
    'claimStatus', coalesce(listing.claim_status::text, 'claimed'), 'contactEmail', listing.contact_email,
    'timeZone', coalesce(${kind === 'events' ? 'listing.time_zone, ' : ''}city.time_zone, 'Europe/Bucharest'),
    'country', city.country,
    'place', nullif(left(concat_ws(', ', nullif(listing.address, ''), city.name), ${MAX_PLACE_LENGTH}), ''),
    'price', jsonb_build_object('amountMinor', listing.price_amount_minor, 'currency', listing.price_currency,
                                'unit', listing.price_unit),
    'event', ${kind === 'events' ? ownTimes : 'NULL'}
  ) AS facts
  FROM ${kind} AS listing LEFT JOIN cities AS city ON city.id = listing.city_id
  WHERE listing.id = $1 AND listing.deleted_at IS NULL`;

/** The facts about a listing, in the transaction of `sql`; null where there is none, or it is in the bin. */
export const findListing = async (
  sql: SqlExecutor,
  { kind, id }: { kind: ListingKind; id: number },
): Promise<ListingFacts | null> => {
  const { rows } = await sql.query<{ facts: unknown }>(select(kind), [id]);
  return rows[0] ? listingFactsSchema.parse(rows[0].facts) : null;
};

/** The listing as its mails name it, however it is renamed before they are sent. */
export const inMail = ({ kind, id, title, slug }: ListingFacts): ListingInMail => ({ kind, id, title, slug });

/** Null for what is no event, or has no dates. */
export const eventInMail = (facts: ListingFacts): EventInMail | null =>
  facts.event &&
  eventInMailSchema.parse({
    ...inMail(facts),
    startsAt: facts.event.startsAt,
    endsAt: facts.event.endsAt,
    timeZone: facts.timeZone,
    place: facts.place,
  });
