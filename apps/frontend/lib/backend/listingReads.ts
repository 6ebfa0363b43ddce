import 'server-only';
import {
  type Availability,
  availabilitySchema,
  type ListingReviews,
  listingReviewsSchema,
  type ReviewOrder,
} from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import { cache } from 'react';
import { cachedRead } from '@/lib/cache/cachedRead';
import { processState } from '@/lib/processState';
import { isConveneError } from './errors';
import { callBackend } from './http';

/* What a listing's page shows beside the listing. This process's memory holds it for seconds; no Redis is asked. */

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

type ListingPath = { kind: ListingKind; slug: string };
type ReviewsQuery = ListingPath & { page: number; sort: ReviewOrder };
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
    cachedRead<ReviewsQuery, ListingReviews>({
      answer: listingReviewsSchema,
      load: ({ page, sort, ...path }) =>
        callBackend({
          method: 'GET',
          path: `${pathOf(path)}/reviews`,
          query: { page, sort },
          answer: listingReviewsSchema,
        }),
      keyOf: ({ kind, slug, page, sort }) => `${kind}/${slug}/${page}/${sort}`,
      freshForMs: 5 * SECOND_MS,
      keepForMs: 60 * MINUTE_MS,
      maxEntries: 500,
    }),
  );

/** Free seats and taken times. @throws ConveneError unavailable or not-found */
export const getAvailability = cache(
  (kind: ListingKind, slug: string): Promise<Availability> => availabilityRead()({ kind, slug }),
);

/** The same, or null while it can't be told: what can't be known is not offered. */
export const availabilityOf = cache(async (kind: ListingKind, slug: string): Promise<Availability | null> => {
  try {
    return await getAvailability(kind, slug);
  } catch (error) {
    if (isConveneError(error)) return null;
    throw error;
  }
});

/** A page of the approved reviews. @throws ConveneError unavailable or not-found */
export const getReviews = (query: ReviewsQuery): Promise<ListingReviews> => reviewsRead()(query);
