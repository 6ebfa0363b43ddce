import { ConveneError } from '@convene/common/errors';
import { viewDedupeKey } from '@convene/common/keys';
import type { EventVerdict, Metric, MetricsAnswer, Visitor } from '@convene/common/metrics';
import { viewDedupeTtlSeconds } from '@convene/common/time';
import {
  bumpImpression,
  bumpView,
  getFeedCommit,
  type ListingDay,
  type ViewBump,
} from '../../collections/Feed/counters';
import type { CommitOutcome, GroupCommit } from '../../collections/Feed/groupCommit';
import { instruments } from '../../metrics/instruments';
import { logger } from '../../utils/logger';
import { getPool } from '../../utils/postgres';
import { processState } from '../../utils/processState';
import { rateLimit } from '../../utils/rateLimit';
import { jsonAnswer, type RouteHandler } from '../http';
import { type KnownListing, ListingDirectory } from './listingDirectory';
import { type AllowAddress, type MetricsEvent, type MetricsRequest, readEvents, type SessionOf } from './readEvents';

/** What the endpoints are made of; a test brings its own. */
export type MetricsContext = {
  commit: GroupCommit;
  directory: ListingDirectory;
  sessionOf: SessionOf;
  allowAddress: AllowAddress;
  now: () => Date;
};

/** Postgres is away: the sender is asked to come again. */
const DATABASE_RETRY_SECONDS = 5;
/** Redis' data is at fault: somebody has to look at it first. */
const FAULT_RETRY_SECONDS = 60;

const sessionOf: SessionOf = async (headers) => {
  if (!headers.has('authorization') && !headers.has('cookie')) return null;
  // Only here, so that a collector whose visitors come without a session never loads Payload.
  const { getBackend } = await import('../../utils/payload');
  const payload = await getBackend();
  const { user } = await payload.auth({ headers });
  return user ? { userId: String(user.id) } : null;
};

/** What the endpoints of this process are made of. */
export const processContext = (): MetricsContext => ({
  commit: getFeedCommit(),
  directory: processState('listing-directory', () => new ListingDirectory(getPool)),
  sessionOf,
  allowAddress: rateLimit({ name: 'metrics', points: 240, durationSeconds: 60 }),
  now: () => new Date(),
});

type Countability = 'countable' | 'ignored' | 'unknown-listing';

/** The owner's and staff's visits never count; to everyone else a listing that is not to be seen does not exist. */
const countabilityOf = (
  listing: KnownListing | null,
  { userId }: Visitor,
  staff: ReadonlySet<string>,
): Countability => {
  if (!listing) return 'unknown-listing';
  if (userId !== undefined && (userId === listing.ownerId || staff.has(userId))) return 'ignored';
  return listing.isVisible ? 'countable' : 'unknown-listing';
};

export type ViewDecision =
  | { record: true; dedupe: { key: string; ttlSeconds: number } }
  | { record: false; verdict: Exclude<Countability, 'countable'> };

/**
 * Is this a view to be counted, and under which key does it count once? Whether it was counted before is found out
 * by the write itself, in the same command.
 */
export const shouldRecordView = (
  event: MetricsEvent,
  { listing, staff, now }: { listing: KnownListing | null; staff: ReadonlySet<string>; now: Date },
): ViewDecision => {
  const countability = countabilityOf(listing, event.visitor, staff);
  if (countability !== 'countable') return { record: false, verdict: countability };
  const { kind, listingId, day, identifier } = event;
  return {
    record: true,
    dedupe: {
      key: viewDedupeKey({ kind, listingId, day, identifier }),
      ttlSeconds: viewDedupeTtlSeconds(day, now),
    },
  };
};

type Knowledge = { listings: (KnownListing | null)[]; staff: ReadonlySet<string> };

const lookUp = async (events: MetricsEvent[], directory: ListingDirectory): Promise<Knowledge> => {
  const userIds = events.flatMap(({ visitor }) => visitor.userId ?? []);
  try {
    const [listings, staff] = await Promise.all([
      directory.find(events),
      userIds.length > 0 ? directory.staffAmong(userIds) : new Set<string>(),
    ]);
    return { listings, staff };
  } catch (cause) {
    throw new ConveneError('unavailable', 'Counting is out of reach at the moment. Please try again.', {
      retryAfterSeconds: DATABASE_RETRY_SECONDS,
      cause,
    });
  }
};

/** An event that is ready to be written, or the verdict that it has already. */
type Sorted<Bump> = { verdict: EventVerdict } | { bump: Bump };

const isBump = <Bump>(sorted: Sorted<Bump>): sorted is { bump: Bump } => 'bump' in sorted;

/** Writes what is to be written and puts each event's verdict in its place. */
const writeSorted = async <Bump>(
  sorted: Sorted<Bump>[],
  write: (bumps: Bump[]) => Promise<CommitOutcome>,
): Promise<EventVerdict[]> => {
  const bumps = sorted.filter(isBump).map(({ bump }) => bump);
  if (bumps.length === 0) return sorted.map((event) => (isBump(event) ? 'failed' : event.verdict));
  const outcome = await write(bumps);
  if (outcome.type === 'unavailable') {
    throw new ConveneError('unavailable', 'Counting is out of reach at the moment. Please try again.', {
      retryAfterSeconds: outcome.retryAfterSeconds,
    });
  }
  if (outcome.type === 'fault') {
    logger.error({ err: outcome.error }, "events can't be written to Redis");
    throw new ConveneError('unavailable', 'Counting is out of order at the moment.', {
      retryAfterSeconds: FAULT_RETRY_SECONDS,
      cause: outcome.error,
    });
  }
  // Verdicts of another number are those of an earlier request with this id: nothing was counted by this one.
  const verdicts = outcome.verdicts.length === bumps.length ? outcome.verdicts : bumps.map(() => 'duplicate' as const);
  let next = 0;
  return sorted.map((event) => {
    if (!isBump(event)) return event.verdict;
    const verdict = verdicts[next] ?? 'failed';
    next += 1;
    return verdict;
  });
};

type Count = (
  request: MetricsRequest,
  context: { knowledge: Knowledge; commit: GroupCommit; now: Date },
) => Promise<EventVerdict[]>;

const countViews: Count = ({ recordId, events }, { knowledge: { listings, staff }, commit, now }) => {
  const sorted = events.map((event, index): Sorted<ViewBump> => {
    const decision = shouldRecordView(event, { listing: listings[index] ?? null, staff, now });
    if (!decision.record) return { verdict: decision.verdict };
    const { kind, listingId, day } = event;
    return { bump: { kind, listingId, day, dedupe: decision.dedupe } };
  });
  return writeSorted(sorted, (views) => bumpView({ requestId: recordId, views }, commit));
};

const countImpressions: Count = ({ recordId, events }, { knowledge: { listings, staff }, commit }) => {
  const sorted = events.map(({ kind, listingId, day, visitor }, index): Sorted<ListingDay> => {
    const countability = countabilityOf(listings[index] ?? null, visitor, staff);
    return countability === 'countable' ? { bump: { kind, listingId, day } } : { verdict: countability };
  });
  return writeSorted(sorted, (bumps) => bumpImpression({ requestId: recordId, listings: bumps }, commit));
};

/** Tells the monitoring what became of events, and of requests that were sent away for later. */
const observed = async (metric: Metric, count: () => Promise<EventVerdict[]>): Promise<EventVerdict[]> => {
  const { events, unavailable } = instruments();
  try {
    const verdicts = await count();
    const times = new Map<EventVerdict, number>();
    for (const verdict of verdicts) times.set(verdict, (times.get(verdict) ?? 0) + 1);
    for (const [verdict, count] of times) events.inc({ metric, verdict }, count);
    return verdicts;
  } catch (error) {
    if (error instanceof ConveneError && error.code === 'unavailable') unavailable.inc({ metric });
    throw error;
  }
};

const metricsHandler =
  (metric: Metric, count: Count, contextOf: () => MetricsContext): RouteHandler =>
  async (request) => {
    const context = contextOf();
    const now = context.now();
    const metricsRequest = await readEvents(request, { ...context, now });
    const { requestId, events, isSingle, isNobody } = metricsRequest;
    const answer = (verdicts: EventVerdict[]) => jsonAnswer({ requestId, verdicts } satisfies MetricsAnswer);
    if (isNobody) {
      instruments().events.inc({ metric, verdict: 'robot' }, events.length);
      return answer(events.map(() => 'ignored'));
    }
    const verdicts = await observed(metric, async () => {
      const knowledge = await lookUp(events, context.directory);
      return count(metricsRequest, { knowledge, commit: context.commit, now });
    });
    if (isSingle && verdicts[0] === 'unknown-listing') {
      throw new ConveneError('not-found', 'There is no such listing.');
    }
    return answer(verdicts);
  };

/** The two handlers over a context of one's own. */
export const metricsHandlers = (contextOf: () => MetricsContext): Record<'view' | 'impression', RouteHandler> => ({
  view: metricsHandler('views', countViews, contextOf),
  impression: metricsHandler('impressions', countImpressions, contextOf),
});

const handlers = metricsHandlers(processContext);

/**
 * POST /api/metrics/view: counts views, one per visitor, listing and UTC day. Answers when they are in Redis, and 503
 * with Retry-After when they can't be put there.
 */
export const recordView: RouteHandler = handlers.view;

/** POST /api/metrics/impression: counts impressions, under the same terms. */
export const recordImpression: RouteHandler = handlers.impression;
