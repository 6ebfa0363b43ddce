import { z } from 'zod';
import {
  currencies,
  type ListingKind,
  listingKindSchema,
  moderationStatuses,
  priceUnits,
  tiers,
} from '../listings/index';
import { richTextSchema } from '../richText/index';
import { timeZoneSchema } from '../time/index';
import { plainLine } from './market';
import { emailSchema } from './people';

/* What owners send and read about their own listings. */

const rowId = z.number().int().positive().max(2_147_483_647);
const moment = z.iso.datetime({ offset: true });
const orEmpty = <T extends z.ZodType>(schema: T) => z.union([z.literal(''), schema]);

/** Why an owner's wish can't be met, beside the error's code. */
export const ownerRefusals = [
  'changed-meanwhile',
  'seats-taken',
  'needs-role',
  'has-participants',
  'not-live',
  'removed-by-staff',
] as const;
export type OwnerRefusal = (typeof ownerRefusals)[number];

export const MAX_PICTURES = 20;
/** What Payload takes too. */
export const MAX_UPLOAD_BYTES = 12_000_000;
export const uploadTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;

const websiteSchema = z
  .string()
  .trim()
  .max(200)
  .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), 'must begin with https://');

const priceInputSchema = z
  .object({
    /** Null where the price is on request. */
    amountMinor: z.number().int().min(0).max(1_000_000_000).nullable(),
    currency: z.enum(currencies),
    unit: z.enum(priceUnits).nullable(),
  })
  .superRefine(({ amountMinor, unit }, context) => {
    if (amountMinor !== null && unit === null)
      context.addIssue({ code: 'custom', path: ['unit'], message: 'is needed beside an amount' });
  });

const sharedInput = {
  title: plainLine(3, 120),
  summary: plainLine(0, 220).default(''),
  description: richTextSchema.default(null),
  typeId: rowId.nullable().default(null),
  cityId: rowId.nullable().default(null),
  address: plainLine(0, 200).default(''),
  /** Longitude and latitude in degrees (WGS 84). */
  point: z
    .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
    .nullable()
    .default(null),
  contact: z
    .object({
      email: orEmpty(emailSchema).default(''),
      phone: plainLine(0, 40).default(''),
      website: orEmpty(websiteSchema).default(''),
    })
    .default({ email: '', phone: '', website: '' }),
  price: priceInputSchema.default({ amountMinor: null, currency: 'EUR', unit: null }),
  /** In the order in which they are shown; the first stands on cards. */
  gallery: z
    .array(z.object({ id: rowId, alt: plainLine(0, 300) }))
    .max(MAX_PICTURES)
    .refine((pictures) => new Set(pictures.map(({ id }) => id)).size === pictures.length, 'names a picture twice')
    .default([]),
};

const people = z.number().int().min(1).max(1_000_000).nullable().default(null);

/** What an owner writes about a listing. Drafts may leave nearly everything open; see `openForSubmission`. */
export const listingInputSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('locations'),
    ...sharedInput,
    capacity: people,
    facilityIds: z.array(rowId).max(60).default([]),
  }),
  z
    .object({
      kind: z.literal('events'),
      ...sharedInput,
      startsAt: moment.nullable().default(null),
      endsAt: moment.nullable().default(null),
      timeZone: timeZoneSchema.default('Europe/Bucharest'),
      capacity: people,
    })
    .superRefine(({ startsAt, endsAt }, context) => {
      if (startsAt && endsAt && new Date(endsAt) <= new Date(startsAt))
        context.addIssue({ code: 'custom', path: ['endsAt'], message: 'must come after the start' });
    }),
  z.object({ kind: z.literal('services'), ...sharedInput, coverageArea: plainLine(0, 200).default('') }),
]);
export type ListingInput = z.infer<typeof listingInputSchema>;
export type ListingInputOf<Kind extends ListingKind> = Extract<ListingInput, { kind: Kind }>;

/** What is still missing before moderators can look at it, as issues with the paths of the schema. */
export const openForSubmission = (input: ListingInput, now: Date): { path: string; message: string }[] => {
  const open: { path: string; message: string }[] = [];
  const ask = (isOpen: boolean, path: string, message = 'is needed for approval') => {
    if (isOpen) open.push({ path, message });
  };
  ask(input.typeId === null, 'typeId');
  ask(input.summary === '', 'summary');
  ask(input.description === null, 'description');
  ask(input.cityId === null, 'cityId');
  if (input.kind === 'events') {
    ask(input.startsAt === null, 'startsAt');
    ask(input.endsAt === null, 'endsAt');
    ask(input.endsAt !== null && new Date(input.endsAt) <= now, 'endsAt', 'must be still to come');
  }
  input.gallery.forEach(({ alt }, index) => {
    ask(alt === '', `gallery.${index}.alt`);
  });
  return open;
};

/** POST /api/account/listings: `submit` asks for approval, else it is kept as a draft. */
export const listingCreateSchema = z.object({ submit: z.boolean(), listing: listingInputSchema });
/** POST /api/account/listings/:kind/:id. `expected` is the version that the owner has read. */
export const listingSaveSchema = listingCreateSchema.extend({ expected: moment });
/** POST /api/account/listings/:kind/:id/move */
export const listingMoveSchema = z.object({ to: z.enum(['unpublished', 'bin', 'draft']) });
export type ListingMove = z.infer<typeof listingMoveSchema>['to'];

export const savedListingSchema = z.object({
  kind: listingKindSchema,
  id: rowId,
  updatedAt: moment,
  moderationStatus: z.enum(moderationStatuses),
});
export type SavedListing = z.infer<typeof savedListingSchema>;

const pictureSchema = z.object({
  id: rowId,
  alt: z.string(),
  url: z.url(),
  width: z.number().int(),
  height: z.number().int(),
});
export type OwnPicture = z.infer<typeof pictureSchema>;

/** POST /api/account/media, a form with one `file`. */
export const uploadAnswerSchema = pictureSchema;

/** A listing as its owner left it, whole or not; what the other kinds have alone is empty. */
export const listingContentSchema = z.object({
  kind: listingKindSchema,
  title: z.string(),
  summary: z.string(),
  description: richTextSchema.nullable().catch(null),
  typeId: rowId.nullable(),
  cityId: rowId.nullable(),
  address: z.string(),
  point: z.tuple([z.number(), z.number()]).nullable(),
  contact: z.object({ email: z.string(), phone: z.string(), website: z.string() }),
  price: z.object({
    amountMinor: z.number().int().nullable(),
    currency: z.enum(currencies),
    unit: z.enum(priceUnits).nullable(),
  }),
  capacity: z.number().int().nullable(),
  facilityIds: z.array(rowId),
  startsAt: moment.nullable(),
  endsAt: moment.nullable(),
  timeZone: z.string(),
  coverageArea: z.string(),
});
export type ListingContent = z.infer<typeof listingContentSchema>;

/** GET /api/account/listings/:kind/:id: the newest version. */
export const ownListingSchema = z.object({
  id: rowId,
  slug: z.string(),
  listing: listingContentSchema,
  /** In their order; `alt` is empty where nobody has described it yet. */
  pictures: z.array(pictureSchema),
  moderationStatus: z.enum(moderationStatuses),
  rejectionReason: z.string().nullable(),
  /** Do visitors see some version of it? */
  isLive: z.boolean(),
  /** Is what visitors see older than this? */
  isBesideLive: z.boolean(),
  updatedAt: moment,
  tier: z.enum(tiers),
  /** Of an event. */
  event: z
    .object({
      cancelledAt: moment.nullable(),
      /** Can it still be cancelled? */
      isOn: z.boolean(),
      participants: z.number().int(),
      /** Who is told when it is cancelled: participants and those who have saved it. */
      audience: z.number().int(),
    })
    .nullable(),
});
export type OwnListing = z.infer<typeof ownListingSchema>;

/** GET /api/account/listing-options: what the form offers. */
export const listingOptionsSchema = z.object({
  cities: z.array(
    z.object({
      id: rowId,
      name: z.string(),
      country: z.string(),
      timeZone: z.string(),
      point: z.tuple([z.number(), z.number()]).nullable(),
    }),
  ),
  types: z.array(z.object({ id: rowId, name: z.string(), kind: listingKindSchema })),
  facilities: z.array(z.object({ id: rowId, name: z.string() })),
});
export type ListingOptions = z.infer<typeof listingOptionsSchema>;

export const ownListingStates = ['live', 'draft', 'pending', 'rejected', 'bin'] as const;
export type OwnListingState = (typeof ownListingStates)[number];

/** GET /api/account/listings */
export const ownListingsQuerySchema = z.object({
  kind: listingKindSchema.optional(),
  /** Without: all but what is in the bin. */
  state: z.enum(ownListingStates).optional(),
  page: z.coerce.number().int().min(1).max(1_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(50).default(20),
});
export type OwnListingsQuery = z.input<typeof ownListingsQuerySchema>;

export const statisticsDays = [7, 30, 90] as const;
/** GET /api/account/listings/:kind/:id/statistics */
export const statisticsQuerySchema = z.object({
  days: z.coerce
    .number()
    .pipe(z.union(statisticsDays.map((days) => z.literal(days))))
    .default(30),
});

const countsSchema = z.object({
  impressions: z.number().int(),
  views: z.number().int(),
  favorites: z.number().int(),
  bookings: z.number().int(),
});
export type DayCounts = z.infer<typeof countsSchema>;

export const listingStatisticsSchema = z.object({
  kind: listingKindSchema,
  id: rowId,
  title: z.string(),
  /** The period's days in UTC, oldest first, the last being today, of which more is to come. */
  days: z.array(countsSchema.extend({ day: z.iso.date() })),
  total: countsSchema,
  /** Of as many days before. */
  before: countsSchema,
});
export type ListingStatistics = z.infer<typeof listingStatisticsSchema>;
