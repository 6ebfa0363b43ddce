import { counterKey } from '@convene/common/keys';
import type { ListingKind } from '@convene/common/listings';
import type { Metric } from '@convene/common/metrics';
import type { UtcDay } from '@convene/common/time';
import { env } from '../../env';
import { observeWrite } from '../../metrics/instruments';
import { processState } from '../../utils/processState';
import { getRedis } from '../../utils/redis';
import { type CommitOutcome, GroupCommit } from './groupCommit';
import { type CounterEvent, record } from './scripts/record';

export { flushCountersToDaily } from './flushCounters';

/** A listing and the UTC day of what happened to it. */
export type ListingDay = { kind: ListingKind; listingId: number; day: UtcDay };

/** A view counts once under its dedupe key (see `shouldRecordView`). */
export type ViewBump = ListingDay & { dedupe: { key: string; ttlSeconds: number } };

/** The process' one buffer in front of Redis: routes, hooks and instrumentation share it. */
export const getFeedCommit = (): GroupCommit =>
  processState(
    'feed-commit',
    () =>
      new GroupCommit({
        windowMs: env.FEED_COMMIT_WINDOW_MS,
        write: (requests) => observeWrite(requests, () => record(getRedis(), requests)),
      }),
  );

const keyOf = ({ kind, listingId, day }: ListingDay, metric: Metric): string =>
  counterKey({ kind, listingId, metric, day });

/**
 * Increments counters, giving each new one its 7 days, and keeps them in the set of dirty counters: all events of a
 * request together, and once under its id whatever is sent again within an hour. The command is shared with whatever
 * else arrives within the commit window.
 *
 * Resolves when Redis has the events, with a verdict for each in their order, or when it can't be reached.
 */
export const incrWithExpire = (
  { requestId, events }: { requestId: string; events: CounterEvent[] },
  commit: GroupCommit = getFeedCommit(),
): Promise<CommitOutcome> => commit.submit({ requestId, events });

/** Counts views, each once under its dedupe key. */
export const bumpView = (
  { requestId, views }: { requestId: string; views: ViewBump[] },
  commit?: GroupCommit,
): Promise<CommitOutcome> =>
  incrWithExpire(
    { requestId, events: views.map((view) => ({ counterKey: keyOf(view, 'views'), dedupe: view.dedupe })) },
    commit,
  );

const bump =
  (metric: Metric) =>
  (
    { requestId, listings }: { requestId: string; listings: ListingDay[] },
    commit?: GroupCommit,
  ): Promise<CommitOutcome> =>
    incrWithExpire(
      { requestId, events: listings.map((listing) => ({ counterKey: keyOf(listing, metric), amount: 1 })) },
      commit,
    );

/** Counts one impression for each entry of `listings`. */
export const bumpImpression = bump('impressions');

/** Counts one new favourite each; called by the counter outbox alone, under its row's id. */
export const bumpFavorite = bump('favorites');

/** Counts one new booking each; called by the counter outbox alone, under its row's id. */
export const bumpBooking = bump('bookings');
