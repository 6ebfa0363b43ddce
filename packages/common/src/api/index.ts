import { z } from 'zod';
import {
  claimStatuses,
  currencies,
  eventStatuses,
  type ListingKind,
  listingKindSchema,
  localeSchema,
  moderationStatuses,
  priceUnits,
  roleSchema,
  selfGrantableRoles,
  tiers,
} from '../listings/index';
import { listingRefSchema } from '../metrics/index';
import { optionalCategories } from '../notifications/index';
import { codeNeededSchema } from './account';
import { MOST_VISITOR_FAVORITES, ownFavoritesSchema } from './market';
import { ownListingStates } from './owner';
import { displayNameSchema, emailSchema, passwordSchema } from './people';

export * from './account';
export * from './market';
export * from './owner';
export * from './people';

/*
 * What the backend's endpoints answer and the frontend reads. The backend builds these, the frontend parses them,
 * so that a change on one side that the other does not know is an error with a name.
 */

/** An image in one of its sizes. `url` is absolute. */
export const imageSourceSchema = z.object({ url: z.url(), width: z.number().int(), height: z.number().int() });
export const imageSchema = z.object({
  id: z.number().int(),
  alt: z.string(),
  /** Smallest first; the last is the largest there is. */
  sources: z.array(imageSourceSchema).min(1),
});
export type Image = z.infer<typeof imageSchema>;

export const citySchema = z.object({
  id: z.number().int(),
  slug: z.string(),
  name: z.string(),
  country: z.string(),
  /** Longitude and latitude of where its name stands on a map; among the taxonomies alone. */
  point: z.tuple([z.number(), z.number()]).nullish(),
});
export const listingTypeSchema = z.object({
  id: z.number().int(),
  slug: z.string(),
  name: z.string(),
  kind: listingKindSchema,
});

/** An amount in minor units (cents, bani) per unit; null where the price is on request. */
export const priceSchema = z.object({
  amountMinor: z.number().int().nonnegative(),
  currency: z.enum(currencies),
  unit: z.enum(priceUnits),
});
export type Price = z.infer<typeof priceSchema>;

const ratingSchema = z.object({ average: z.number().min(1).max(5), count: z.number().int().positive() });

/** Longitude and latitude in degrees (WGS 84). */
export const pointSchema = z.tuple([z.number(), z.number()]);

export const listingCardSchema = z.object({
  kind: listingKindSchema,
  id: z.number().int(),
  slug: z.string(),
  title: z.string(),
  summary: z.string(),
  city: citySchema.nullable(),
  type: listingTypeSchema.nullable(),
  image: imageSchema.nullable(),
  price: priceSchema.nullable(),
  tier: z.enum(tiers),
  rating: ratingSchema.nullable(),
  capacity: z.number().int().nullable(),
  point: pointSchema.nullable(),
  /** Events only. ISO 8601, with the time zone that they are to be shown in. */
  event: z
    .object({
      startsAt: z.iso.datetime(),
      endsAt: z.iso.datetime(),
      timeZone: z.string(),
      status: z.enum(eventStatuses),
    })
    .nullable(),
});
export type ListingCard = z.infer<typeof listingCardSchema>;

/** What Postgres takes as text and a person can have typed: no control characters, no halves of letters. */
const typedText = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim();

const slugSchema = z
  .string()
  .min(1)
  .max(100)
  .refine((slug) => slug === typedText(slug), 'must be a slug');
const calendarDaySchema = z.iso.date('must be a day such as 2026-05-31');
const minorUnitsSchema = z.coerce.number().int().min(0).max(1_000_000_000);

/** What somebody types to find something. */
const searchTextSchema = z.string().max(1_000).transform(typedText).pipe(z.string().min(1).max(100));

/** Maps that can be dragged around the earth count on beyond 180 degrees. */
const longitudeInRange = (degrees: number): number =>
  degrees >= -180 && degrees <= 180 ? degrees : ((((degrees + 180) % 360) + 360) % 360) - 180;

const degreesPattern = /^-?\d{1,3}(\.\d{1,20})?$/;
/** To about ten metres, so that almost the same piece of a map is the same question. */
const degrees = (text: string | undefined): number => Math.round(Number(text) * 10_000) / 10_000;

/** A piece of a map. Where west is greater than east it goes across the date line. */
const boundsSchema = z
  .string()
  .max(120)
  .transform((text, context): [west: number, south: number, east: number, north: number] => {
    const refuse = (message: string): never => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    const parts = text.split(',').map((part) => part.trim());
    if (parts.length !== 4 || !parts.every((part) => degreesPattern.test(part)))
      return refuse('must be west,south,east,north in degrees, such as 26,44.3,26.3,44.6');
    const [west, south, east, north] = [degrees(parts[0]), degrees(parts[1]), degrees(parts[2]), degrees(parts[3])];
    if (Math.max(Math.abs(west), Math.abs(east)) > 540) return refuse('longitudes go from -180 to 180');
    if (Math.max(Math.abs(south), Math.abs(north)) > 90) return refuse('latitudes go from -90 to 90');
    if (south > north) return refuse('south must not be above north');
    if (east - west >= 360) return [-180, south, 180, north];
    return [longitudeInRange(west), south, longitudeInRange(east), north];
  });

/** Which filter asks for something that only these kinds have. */
const filtersOfSomeKinds = {
  facilities: ['locations'],
  capacityMin: ['locations', 'events'],
  from: ['events'],
  to: ['events'],
} as const satisfies Record<string, ListingKind[]>;

/** `relevance`, the order where there is a `text`, mixes how well a listing fits it with its rank. */
export const feedSorts = ['rank', 'relevance', 'newest', 'price-asc', 'price-desc', 'rating', 'soonest'] as const;
export type FeedSort = (typeof feedSorts)[number];

/**
 * Filters narrow each other. Prices are in minor units of `currency` and mean the amount itself, whatever its unit; a
 * listing whose price is on request or in another currency is not among them.
 */
const filterSchema = z.object({
  kind: listingKindSchema,
  city: slugSchema.optional(),
  type: slugSchema.optional(),
  priceMin: minorUnitsSchema.optional(),
  priceMax: minorUnitsSchema.optional(),
  currency: z.enum(currencies).optional(),
  /** The least average, from 1 to 5. */
  ratingMin: z.coerce.number().min(1).max(5).optional(),
  /** Slugs with commas between them; a location must have them all. */
  facilities: z
    .string()
    .max(1_000)
    .transform((slugs) => [...new Set(slugs.split(',').filter(Boolean))].toSorted())
    .pipe(z.array(slugSchema).max(20))
    .optional(),
  /** People. */
  capacityMin: z.coerce.number().int().min(1).max(1_000_000).optional(),
  /** First and last day on which an event is on, each by the calendar of the event's own time zone. */
  from: calendarDaySchema.optional(),
  to: calendarDaySchema.optional(),
  /** Words of the title, the texts, the city or the type; the last may be unfinished, accents don't matter. */
  text: searchTextSchema.optional(),
  /** `west,south,east,north` in degrees. What has no place on the map is not within. */
  bounds: boundsSchema.optional(),
});

const refuseContradictions = (query: z.output<typeof filterSchema>, context: z.RefinementCtx): void => {
  const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  const { priceMin, priceMax, from, to } = query;
  if ((priceMin !== undefined || priceMax !== undefined) && !query.currency)
    refuse('currency', 'is needed beside a price');
  if (priceMin !== undefined && priceMax !== undefined && priceMin > priceMax)
    refuse('priceMax', 'must not be below priceMin');
  if (from && to && from > to) refuse('to', 'must not be before from');
  for (const [filter, kinds] of Object.entries(filtersOfSomeKinds) as [
    keyof typeof filtersOfSomeKinds,
    readonly ListingKind[],
  ][]) {
    if (query[filter] !== undefined && !kinds.includes(query.kind))
      refuse(filter, `is known only of ${kinds.join(' and ')}`);
  }
};

/** GET /api/feed */
export const feedQuerySchema = filterSchema
  .extend({
    /** `relevance` where nothing is said beside a text, else `rank`. */
    sort: z.enum(feedSorts).optional(),
    page: z.coerce.number().int().min(1).max(500).default(1),
    pageSize: z.coerce.number().int().min(1).max(48).default(24),
  })
  .superRefine((query, context) => {
    refuseContradictions(query, context);
    const refuse = (message: string) => context.addIssue({ code: 'custom', path: ['sort'], message });
    if (query.sort === 'relevance' && query.text === undefined) refuse('relevance is known only beside a text');
    if (query.sort === 'soonest' && query.kind !== 'events') refuse('soonest is known only of events');
  });
export type FeedQuery = z.input<typeof feedQuerySchema>;

/** GET /api/map: the filters of the feed. */
export const mapQuerySchema = filterSchema.superRefine(refuseContradictions);
export type MapQuery = z.input<typeof mapQuerySchema>;

/** What a map shows: the best of what the filters find and what has a place on it. */
export const mapAnswerSchema = z.object({
  points: z
    .array(
      z.object({
        kind: listingKindSchema,
        id: z.number().int(),
        slug: z.string(),
        title: z.string(),
        point: pointSchema,
        price: priceSchema.nullable(),
      }),
    )
    .max(500),
  /** Of everything with a place; exact up to 1,000; where `totalIsExact` is false there are more. */
  total: z.number().int(),
  totalIsExact: z.boolean(),
});
export type MapAnswer = z.infer<typeof mapAnswerSchema>;

/** GET /api/suggest: what somebody may mean who has typed this much. */
export const suggestQuerySchema = z.object({ text: searchTextSchema, kind: listingKindSchema.optional() });
export type SuggestQuery = z.input<typeof suggestQuerySchema>;

export const suggestionSchema = z.discriminatedUnion('type', [
  /** `listings`: of the kind that was asked for, else of all. */
  z.object({
    type: z.literal('city'),
    slug: z.string(),
    name: z.string(),
    country: z.string(),
    listings: z.number().int(),
  }),
  z.object({
    type: z.literal('type'),
    slug: z.string(),
    name: z.string(),
    kind: listingKindSchema,
    listings: z.number().int(),
  }),
  z.object({
    type: z.literal('listing'),
    kind: listingKindSchema,
    slug: z.string(),
    title: z.string(),
    city: z.string().nullable(),
  }),
]);
export type Suggestion = z.infer<typeof suggestionSchema>;
export const suggestionsSchema = z.object({ items: z.array(suggestionSchema).max(8) });
export type Suggestions = z.infer<typeof suggestionsSchema>;

export const feedAnswerSchema = z.object({
  items: z.array(listingCardSchema),
  page: z.number().int(),
  pageSize: z.number().int(),
  /** Exact up to 1,000; where `totalIsExact` is false there are more. */
  total: z.number().int(),
  totalIsExact: z.boolean(),
});
export type FeedAnswer = z.infer<typeof feedAnswerSchema>;

/** GET /api/taxonomies: what the filters offer, with how many listings are to be seen under each. */
export const taxonomiesSchema = z.object({
  cities: z.array(citySchema.extend({ listings: z.record(listingKindSchema, z.number().int()) })),
  types: z.array(listingTypeSchema.extend({ listings: z.number().int() })),
  /** Of locations. */
  facilities: z.array(z.object({ slug: z.string(), name: z.string(), listings: z.number().int() })),
});
export type Taxonomies = z.infer<typeof taxonomiesSchema>;

/** GET /api/listings/:kind/:slug */
export const listingDetailSchema = listingCardSchema.extend({
  /** Rich text rendered by the backend to HTML that holds only headings, paragraphs, lists, quotes, links, emphasis. */
  descriptionHtml: z.string(),
  address: z.string().nullable(),
  gallery: z.array(imageSchema),
  facilities: z.array(z.object({ slug: z.string(), name: z.string() })),
  coverageArea: z.string().nullable(),
  owner: z
    .object({
      id: z.number().int(),
      displayName: z.string(),
      verified: z.boolean(),
      avatarUrl: z.url().nullable().default(null),
    })
    .nullable(),
  claimStatus: z.enum(claimStatuses),
  publishedAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime(),
});
export type ListingDetail = z.infer<typeof listingDetailSchema>;

/** The answer for a slug that a listing had before: go to the new one. */
export const listingAnswerSchema = z.union([
  z.object({ listing: listingDetailSchema }),
  z.object({ movedTo: z.object({ kind: listingKindSchema, slug: z.string() }) }),
]);
export type ListingAnswer = z.infer<typeof listingAnswerSchema>;

/** GET /api/account/favorites, each with how lists show it. */
export const favoriteCardsSchema = z.object({
  items: z.array(ownFavoritesSchema.shape.items.element.extend({ card: listingCardSchema })),
});
export type FavoriteCards = z.infer<typeof favoriteCardsSchema>;

const listingMarks = (text: unknown) =>
  String(text ?? '')
    .split(',')
    .filter(Boolean)
    .map((mark) => {
      const [kind, listingId] = mark.split(':');
      return { kind, listingId };
    });

/** GET /api/cards?listings=locations:1,events:5: the cards of these listings in this order, without those not public. */
export const cardsQuerySchema = z.object({
  listings: z.preprocess(listingMarks, z.array(listingRefSchema).min(1).max(MOST_VISITOR_FAVORITES)),
});
export const listingCardsSchema = z.object({ items: z.array(listingCardSchema) });
export type ListingCards = z.infer<typeof listingCardsSchema>;

/** GET /api/account/listings: the signed-in owner's own, with their moderation state. */
export const ownListingsSchema = z.object({
  items: z.array(
    z.object({
      kind: listingKindSchema,
      id: z.number().int(),
      title: z.string(),
      slug: z.string(),
      moderationStatus: z.enum(moderationStatuses),
      rejectionReason: z.string().nullable(),
      /** Is some version of it to be seen by visitors? */
      isLive: z.boolean(),
      updatedAt: z.iso.datetime(),
      /** When it was put into the bin. */
      deletedAt: z.iso.datetime().nullable(),
      /** Is it there by the owner's own hand, so that they may take it out again? */
      canRestore: z.boolean().default(true),
      /** An event that is still to come and can be cancelled. */
      isOn: z.boolean(),
      isCancelled: z.boolean(),
    }),
  ),
  page: z.number().int(),
  pageSize: z.number().int(),
  /** Of the kind and state that were asked for. */
  total: z.number().int(),
  /** Of all states, whatever was asked for. */
  counts: z.record(z.enum(ownListingStates), z.number().int()),
});
export type OwnListings = z.infer<typeof ownListingsSchema>;

/** POST /api/auth/sign-up. Answers 202 whether or not the address has an account. */
export const signUpSchema = z.object({
  displayName: displayNameSchema,
  email: emailSchema,
  password: passwordSchema,
  roles: z.array(z.enum(selfGrantableRoles)).max(4).default([]),
  locale: localeSchema.default('en'),
});
export type SignUp = z.input<typeof signUpSchema>;

/** POST /api/auth/verify */
export const verifySchema = z.object({ token: z.string().min(16).max(512) });
/** POST /api/auth/sign-in */
export const signInSchema = z.object({ email: emailSchema, password: z.string().min(1).max(128) });
/** POST /api/auth/forgot. Answers 202 whether or not the address has an account. */
export const forgotSchema = z.object({ email: emailSchema });
/** POST /api/auth/reset */
export const resetSchema = z.object({ token: z.string().min(16).max(512), password: passwordSchema });

/** POST /api/unsubscribe, as the site asks; a mail provider sends a form instead. */
export const unsubscribeSchema = z.object({ token: z.string().min(1).max(1_000) });

/** GET /api/unsubscribe/subscription: what a link would unsubscribe from, the address with its middle left out. */
export const subscriptionSchema = z.object({ category: z.enum(optionalCategories), address: z.string() });
export type Subscription = z.infer<typeof subscriptionSchema>;

export const accountSchema = z.object({
  id: z.number().int(),
  email: z.email(),
  displayName: z.string(),
  roles: z.array(roleSchema),
  locale: localeSchema,
  bio: z.string().default(''),
  avatarUrl: z.url().nullable().default(null),
});
export type Account = z.infer<typeof accountSchema>;

/** What sign-in and reset answer; `token` is the backend's own session token, `expiresAt` in seconds since 1970. */
export const sessionAnswerSchema = z.object({
  token: z.string(),
  expiresAt: z.number().int(),
  account: accountSchema,
});
export type SessionAnswer = z.infer<typeof sessionAnswerSchema>;

/** What sign-in and reset answer: a session, or that the code of the second factor is missing. */
export const signInAnswerSchema = z.union([sessionAnswerSchema, codeNeededSchema]);
export type SignInAnswer = z.infer<typeof signInAnswerSchema>;

/** GET /api/people/:id: what everybody may know of a person. */
export const personQuerySchema = z.object({ page: z.coerce.number().int().min(1).max(500).default(1) });
export const publicProfileSchema = z.object({
  id: z.number().int(),
  displayName: z.string(),
  avatarUrl: z.url().nullable(),
  memberSince: z.iso.datetime({ offset: true }),
  verified: z.boolean(),
  bio: z.string(),
  /** Of all their live listings together; null where nobody has reviewed them. */
  reviews: z.object({ average: z.number().min(1).max(5), count: z.number().int().positive() }).nullable(),
  listings: z.object({
    items: z.array(listingCardSchema),
    page: z.number().int(),
    pageSize: z.number().int(),
    total: z.number().int(),
  }),
});
export type PublicProfile = z.infer<typeof publicProfileSchema>;
