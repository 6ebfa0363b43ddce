import { z } from 'zod';

/** The three kinds of listing; also the slugs of their collections and the first part of their URLs. */
export const listingKinds = ['locations', 'events', 'services'] as const;
export const listingKindSchema = z.enum(listingKinds);
export type ListingKind = (typeof listingKinds)[number];

export const isListingKind = (value: unknown): value is ListingKind => listingKinds.some((kind) => kind === value);

/** The singular, for a sentence: "your location was approved". */
export const listingKindSingular = {
  locations: 'location',
  events: 'event',
  services: 'service',
} as const satisfies Record<ListingKind, string>;

/** Who may list what. */
export const listingRoleByKind = {
  locations: 'host',
  events: 'organizer',
  services: 'provider',
} as const satisfies Record<ListingKind, Role>;

/** Every account is a client; the next three list; the last two are staff. */
export const roles = ['client', 'host', 'organizer', 'provider', 'moderator', 'admin'] as const;
export const roleSchema = z.enum(roles);
export type Role = (typeof roles)[number];

/** The roles that people may take by themselves. */
export const selfGrantableRoles = ['client', 'host', 'organizer', 'provider'] as const satisfies Role[];
export const staffRoles = ['moderator', 'admin'] as const satisfies Role[];

export const moderationStatuses = ['draft', 'pending', 'approved', 'rejected'] as const;
export type ModerationStatus = (typeof moderationStatuses)[number];

export const tiers = ['new', 'standard', 'recommended', 'sponsored'] as const;
export type Tier = (typeof tiers)[number];

export const claimStatuses = ['unclaimed', 'pending', 'claimed'] as const;
export type ClaimStatus = (typeof claimStatuses)[number];

export const eventStatuses = ['upcoming', 'in-progress', 'finished', 'cancelled'] as const;
export type EventStatus = (typeof eventStatuses)[number];

/** What one price stands for; the amount itself is in minor units of its currency. */
export const priceUnits = ['hour', 'day', 'event', 'person', 'ticket'] as const;
export type PriceUnit = (typeof priceUnits)[number];

export const currencies = ['EUR', 'RON', 'USD', 'GBP'] as const;
export type Currency = (typeof currencies)[number];

export const locales = ['en', 'ro'] as const;
export const localeSchema = z.enum(locales);
export type Locale = (typeof locales)[number];

/**
 * The status of an event follows from its dates, so it is never stored.
 *
 * @param now the moment to judge at
 */
export const eventStatusAt = (
  event: { startsAt: Date; endsAt: Date; cancelledAt?: Date | null },
  now: Date,
): EventStatus => {
  if (event.cancelledAt) return 'cancelled';
  if (now < event.startsAt) return 'upcoming';
  return now < event.endsAt ? 'in-progress' : 'finished';
};
