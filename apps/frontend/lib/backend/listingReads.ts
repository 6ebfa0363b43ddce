import 'server-only';
import { type Availability, availabilitySchema, type ListingReviews, listingReviewsSchema } from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import { cache } from 'react';
import { cachedRead } from '@/lib/cache/cachedRead';
import { processState } from '@/lib/processState';
import { callBackend } from './http';

/* What a listing's page shows beside the listing. This process's memory holds it for seconds; no Redis is asked. */

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

type ListingPath = { kind: ListingKind; slug: string };
const pathOf = ({ kind, slug }: ListingPath): string => `listings/${kind}/${encodeURIComponent(slug)}`;

const availabilityRead = () =>
  processState('read:availability', () =>
    cachedRead<ListingPath, Availability>({
      answer: availabilitySchema,
      load: (path) => callBackend({ method: 'GET', path: `${pathOf(path)}/availability`, answer: availabilitySchema }),
      keyOf: ({ kind, slug }) => `${kind}/${slug}`,
      // Postgres has the last word on seats and times; this only spares a page its call.
      freshForMs: SECOND_MS,
      keepForMs: MINUTE_MS,
      maxEntries: 500,
    }),
  );

const reviewsRead = () =>
  processState('read:reviews', () =>
    cachedRead<ListingPath & { page: number }, ListingReviews>({
      answer: listingReviewsSchema,
      load: ({ page, ...path }) =>
        callBackend({ method: 'GET', path: `${pathOf(path)}/reviews`, query: { page }, answer: listingReviewsSchema }),
      keyOf: ({ kind, slug, page }) => `${kind}/${slug}/${page}`,
      freshForMs: 5 * SECOND_MS,
      keepForMs: 60 * MINUTE_MS,
      maxEntries: 500,
    }),
  );

/** Free seats and taken times. @throws ConveneError unavailable or not-found */
export const getAvailability = cache(
  (kind: ListingKind, slug: string): Promise<Availability> => availabilityRead()({ kind, slug }),
);

/** A page of the approved reviews, the newest first. @throws ConveneError unavailable or not-found */
export const getReviews = cache(
  (kind: ListingKind, slug: string, page: number): Promise<ListingReviews> => reviewsRead()({ kind, slug, page }),
);
