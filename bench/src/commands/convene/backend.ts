import { CommandCounter } from '@convene/common/commands';
import { viewDedupeKey } from '@convene/common/keys';
import { startOfUtcDay, type UtcDay, viewDedupeTtlSeconds } from '@convene/common/time';
import type { TestContext } from '@convene/local-stack/testing';
import type pg from 'pg';
import type { Arrival } from '../arrivals';
import type { Environment } from '../days';
import { VirtualClock } from '../virtualClock';

type CommitOutcome = import('../../../../apps/backend/src/collections/Feed/groupCommit').CommitOutcome;
type GroupCommit = import('../../../../apps/backend/src/collections/Feed/groupCommit').GroupCommit;

export type Played = { requests: number; counted: number; duplicates: number };

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The backend's own code for counting, on the given services. */
export const loadBackend = async ({ context, pool }: { context: TestContext; pool: pg.Pool }) => {
  // Read once when the modules are loaded; everything that is measured is passed in below.
  Object.assign(process.env, context.env.backend, { LOG_LEVEL: 'silent' });
  const [counters, groupCommit, scripts, redisModule, envModule] = await Promise.all([
    import('../../../../apps/backend/src/collections/Feed/counters'),
    import('../../../../apps/backend/src/collections/Feed/groupCommit'),
    import('../../../../apps/backend/src/collections/Feed/scripts/record'),
    import('../../../../apps/backend/src/utils/redis'),
    import('../../../../apps/backend/src/env'),
  ]);
  const counter = new CommandCounter('backend');
  const redis = new redisModule.Redis({
    url: context.upstashUrl,
    token: context.upstashToken,
    counter,
    // A busy machine must not make it send a command again.
    deadlineMs: 60_000,
    attemptTimeoutMs: 50_000,
  });

  const submit = (arrival: Arrival, { day, now, commit }: { day: UtcDay; now: Date; commit: GroupCommit }) => {
    const { requestId } = arrival;
    if (arrival.type === 'view') {
      const { listing, sessionId } = arrival;
      const key = viewDedupeKey({ ...listing, day, identifier: { type: 'session', sessionId } });
      const dedupe = { key, ttlSeconds: viewDedupeTtlSeconds(day, now) };
      return counters.bumpView({ requestId, views: [{ ...listing, day, dedupe }] }, commit);
    }
    const listings = arrival.listings.map((listing) => ({ ...listing, day }));
    const bump = {
      impressions: counters.bumpImpression,
      favorite: counters.bumpFavorite,
      booking: counters.bumpBooking,
    }[arrival.type];
    return bump({ requestId, listings }, commit);
  };

  return {
    /** The app's own count of what this client sent. */
    ownCounts: () => counter.totals(),

    /** The commit window of such an environment, by the app's own rule. */
    windowMsOf: (environment: Environment): number =>
      envModule.parseBackendEnv({
        ...context.env.backend,
        NODE_ENV: environment === 'development' ? 'development' : 'production',
        APP_ENV: environment,
      }).FEED_COMMIT_WINDOW_MS,

    flush: () => counters.flushCountersToDaily({ pool, redis }),

    /** Counts one request at once, without a window. */
    count: async (arrival: Arrival, day: UtcDay): Promise<void> => {
      const commit = new groupCommit.GroupCommit({ windowMs: 0, write: (requests) => scripts.record(redis, requests) });
      const outcome = await submit(arrival, { day, now: startOfUtcDay(day), commit });
      if (outcome.type !== 'recorded') throw new Error(`an event was not recorded: ${outcome.type}`);
    },

    /** Plays a day on a virtual clock: the app's group commit, with every write really sent and waited for. */
    playDay: async ({
      arrivals,
      windowMs,
      day,
    }: {
      arrivals: Arrival[];
      windowMs: number;
      day: UtcDay;
    }): Promise<Played> => {
      let writing: Promise<unknown> | undefined;
      const settle = async (): Promise<void> => {
        await Promise.resolve();
        while (writing) {
          const written = writing;
          writing = undefined;
          await written.catch(() => undefined);
          // What the answer sets going.
          await turn();
        }
      };
      const clock = new VirtualClock(settle);
      const commit = new groupCommit.GroupCommit({
        windowMs,
        clock,
        write: (requests) => {
          const work = scripts.record(redis, requests);
          writing = work;
          return work;
        },
      });
      const played: Played = { requests: arrivals.length, counted: 0, duplicates: 0 };
      const take = (outcome: CommitOutcome): void => {
        if (outcome.type !== 'recorded') throw new Error(`a request was not recorded: ${outcome.type}`);
        for (const verdict of outcome.verdicts) {
          if (verdict === 'counted') played.counted += 1;
          else if (verdict === 'duplicate') played.duplicates += 1;
          else throw new Error('an event failed');
        }
      };
      const dayStart = startOfUtcDay(day).getTime();
      // Kept as one chain, so that a day of a million requests holds no million promises.
      let failure: unknown;
      for (const arrival of arrivals) {
        await clock.advanceTo(arrival.atMs);
        const outcome = submit(arrival, { day, now: new Date(dayStart + arrival.atMs), commit });
        outcome.then(take).catch((error: unknown) => {
          failure ??= error;
        });
        await settle();
        if (failure) throw failure;
      }
      await commit.stop();
      await settle();
      if (failure) throw failure;
      return played;
    },
  };
};

export type ConveneBackend = Awaited<ReturnType<typeof loadBackend>>;
