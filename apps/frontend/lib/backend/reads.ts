import 'server-only';
import {
  type FeedAnswer,
  feedAnswerSchema,
  type ListingAnswer,
  listingAnswerSchema,
  type MapAnswer,
  mapAnswerSchema,
  type Suggestions,
  suggestionsSchema,
  type Taxonomies,
  taxonomiesSchema,
} from '@convene/common/api';
import { cacheKey } from '@convene/common/keys';
import { type ListingKind, listingKinds } from '@convene/common/listings';
import { cache } from 'react';
import { z } from 'zod';
import { env } from '@/env';
import type { FeedFilters } from '@/lib/archive/feedFilters';
import { isConveneError } from '@/lib/backend/errors';
import { cachedRead, type SharedLevel } from '@/lib/cache/cachedRead';
import { processState } from '@/lib/processState';
import { redisCache } from '@/lib/redis/index';
import { callBackend } from './http';
import { processChanges } from './processChanges';

/*
 * What stands between a page and the backend: React's cache within one request, this process's memory for seconds,
 * and for the two reads that every home page needs (rails, taxonomies) Redis for minutes. The backend tells each
 * process when listings change (`changeFollower.ts`); while it does, memory is good for a minute, and what a change may
 * concern is read anew. Next's data cache is left out on purpose: it keeps a file for every address that a crawler makes
 * up, and serves a rare one however old it is.
 *
 * Redis commands a day, for one process that is always visited:
 *   set   2 keys × 86,400 s / 600 s                    = 288
 *   get   2 keys × process starts, 20 a day at most    =  40
 *                                                  sum = 328   (budget 450, at 8,000 page views or 8,000,000)
 * A copy in Redis counts as written by whoever reads it, so further processes add hardly more than their 2 gets.
 */
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const SHARED_TTL_SECONDS = 900;
const SHARED_WRITE_EVERY_MS = 10 * MINUTE_MS;
const SHARED_FRESH_FOR_MS = 2 * MINUTE_MS;
/** While the backend is away, what was last seen is better than nothing. */
const KEEP_FOR_MS = 60 * MINUTE_MS;

/** Whoever edits listings on their own machine wants to see them at once. */
const freshMs = (productionMs: number): number => (env.isProduction ? productionMs : SECOND_MS);

const sharedLevel = (what: string): SharedLevel => ({
  client: redisCache,
  key: cacheKey({ app: 'frontend', what, parts: ['v1'] }),
  ttlSeconds: SHARED_TTL_SECONDS,
  writeEveryMs: SHARED_WRITE_EVERY_MS,
  freshForMs: SHARED_FRESH_FOR_MS,
});

/** A page of the feed as the site asks for it; pages and sizes are numbers here, not texts of a query. */
export type FeedRequest = FeedFilters & { kind: ListingKind; page: number; pageSize: number };
/** What a map shows is no page of anything. */
export type MapRequest = FeedFilters & { kind: ListingKind };

const loadFeed = (query: FeedRequest): Promise<FeedAnswer> =>
  callBackend({ method: 'GET', path: 'feed', query, answer: feedAnswerSchema });

export const RAIL_SIZE = 10;

const homeRailsSchema = z.record(z.enum(listingKinds), feedAnswerSchema);
export type HomeRails = Record<ListingKind, FeedAnswer>;

const railOf = (kind: ListingKind): Promise<FeedAnswer> => loadFeed({ kind, page: 1, pageSize: RAIL_SIZE });

const loadHomeRails = async (): Promise<HomeRails> => {
  const [locations, events, services] = await Promise.all([railOf('locations'), railOf('events'), railOf('services')]);
  return { locations, events, services };
};

const homeRailsRead = () =>
  processState('read:homeRails', () =>
    cachedRead<object, HomeRails>({
      answer: homeRailsSchema,
      changes: processChanges(),
      load: loadHomeRails,
      keyOf: () => 'home',
      freshForMs: freshMs(30 * SECOND_MS),
      keepForMs: KEEP_FOR_MS,
      maxEntries: 1,
      shared: sharedLevel('home'),
    }),
  );

const taxonomiesRead = () =>
  processState('read:taxonomies', () =>
    cachedRead<object, Taxonomies>({
      answer: taxonomiesSchema,
      changes: processChanges(),
      load: () => callBackend({ method: 'GET', path: 'taxonomies', answer: taxonomiesSchema }),
      keyOf: () => 'taxonomies',
      freshForMs: freshMs(30 * SECOND_MS),
      keepForMs: KEEP_FOR_MS,
      maxEntries: 1,
      shared: sharedLevel('taxonomies'),
    }),
  );

/** The same for the same filters, in whatever order they are written. */
const keyOfFilters = (query: FeedRequest | MapRequest): string => JSON.stringify(query, Object.keys(query).toSorted());

const feedRead = () =>
  processState('read:feed', () =>
    cachedRead<FeedRequest, FeedAnswer>({
      answer: feedAnswerSchema,
      changes: processChanges(),
      load: loadFeed,
      keyOf: keyOfFilters,
      freshForMs: freshMs(10 * SECOND_MS),
      keepForMs: KEEP_FOR_MS,
      maxEntries: 300,
    }),
  );

const mapRead = () =>
  processState('read:map', () =>
    cachedRead<MapRequest, MapAnswer>({
      answer: mapAnswerSchema,
      load: (query) => callBackend({ method: 'GET', path: 'map', query, answer: mapAnswerSchema }),
      keyOf: keyOfFilters,
      freshForMs: freshMs(30 * SECOND_MS),
      keepForMs: 10 * MINUTE_MS,
      // About 100 kB each where a map is full.
      maxEntries: 100,
    }),
  );

type SuggestRequest = { text: string; kind?: ListingKind | undefined };

const suggestRead = () =>
  processState('read:suggest', () =>
    cachedRead<SuggestRequest, Suggestions>({
      answer: suggestionsSchema,
      load: (query) => callBackend({ method: 'GET', path: 'suggest', query, answer: suggestionsSchema }),
      keyOf: ({ text, kind }) => JSON.stringify([text.toLowerCase(), kind]),
      freshForMs: freshMs(60 * SECOND_MS),
      keepForMs: MINUTE_MS,
      maxEntries: 1_000,
    }),
  );

type ListingQuery = { kind: ListingKind; slug: string };
const listingReadSchema = z.object({ found: listingAnswerSchema.nullable() });

const loadListing = async ({ kind, slug }: ListingQuery): Promise<{ found: ListingAnswer | null }> => {
  try {
    const path = `listings/${kind}/${encodeURIComponent(slug)}`;
    return { found: await callBackend({ method: 'GET', path, answer: listingAnswerSchema }) };
  } catch (error) {
    // A value like any other: a withdrawn listing must not live on as the last good answer.
    if (isConveneError(error) && (error.code === 'not-found' || error.code === 'invalid-input')) {
      return { found: null };
    }
    throw error;
  }
};

const listingRead = () =>
  processState('read:listing', () =>
    cachedRead<ListingQuery, { found: ListingAnswer | null }>({
      answer: listingReadSchema,
      changes: processChanges(),
      load: loadListing,
      keyOf: ({ kind, slug }) => `${kind}/${slug}`,
      // Whoever reads in a mail that their listing is live follows its link at once.
      freshForMs: ({ found }) => (found ? freshMs(10 * SECOND_MS) : SECOND_MS),
      keepForMs: KEEP_FOR_MS,
      maxEntries: 500,
    }),
  );

/** The best of each kind, for the home page. @throws ConveneError unavailable */
export const getHomeRails = cache((): Promise<HomeRails> => homeRailsRead()({}));

/** Cities and types with their numbers of listings. @throws ConveneError unavailable */
export const getTaxonomies = cache((): Promise<Taxonomies> => taxonomiesRead()({}));

/** A page of the ranked feed. @throws ConveneError unavailable or invalid-input */
export const getFeed = (query: FeedRequest): Promise<FeedAnswer> => feedRead()(query);

/** Where the listings of an archive are. @throws ConveneError unavailable or invalid-input */
export const getMap = (query: MapRequest): Promise<MapAnswer> => mapRead()(query);

/** What a beginning of a search may mean. @throws ConveneError unavailable or invalid-input */
export const getSuggestions = (query: SuggestRequest): Promise<Suggestions> => suggestRead()(query);

/** A listing, where it has moved to, or null. @throws ConveneError unavailable */
export const getListing = cache(
  async (kind: ListingKind, slug: string): Promise<ListingAnswer | null> => (await listingRead()({ kind, slug })).found,
);
