import { randomUUID } from 'node:crypto';
import { CommandCounter } from '@convene/common/commands';
import { viewDedupeKey } from '@convene/common/keys';
import type { ForwardedEvent } from '@convene/common/metrics';
import { DAY_MS, startOfUtcDay, type UtcDay, viewDedupeTtlSeconds } from '@convene/common/time';
import type { TestContext } from '@convene/local-stack/testing';
import type pg from 'pg';
import type { Arrival } from '../arrivals';
import type { Environment } from '../days';
import { VirtualClock } from '../virtualClock';

type CommitOutcome = import('../../../../apps/backend/src/collections/Feed/groupCommit').CommitOutcome;
type GroupCommit = import('../../../../apps/backend/src/collections/Feed/groupCommit').GroupCommit;
type Collector = import('../../../../apps/frontend/lib/beacons/collector').Collector;
type SendBatch = import('../../../../apps/frontend/lib/beacons/collector').SendBatch;

export type Played = { requests: number; counted: number; duplicates: number };

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The backend's own code for counting, on the given services. */
export const loadBackend = async ({ context, pool }: { context: TestContext; pool: pg.Pool }) => {
  // Read once when the modules are loaded; everything that is measured is passed in below.
  Object.assign(process.env, context.env.backend, { LOG_LEVEL: 'silent' });
  const [counters, groupCommit, scripts, redisModule, envModule, collectorModule] = await Promise.all([
    import('../../../../apps/backend/src/collections/Feed/counters'),
    import('../../../../apps/backend/src/collections/Feed/groupCommit'),
    import('../../../../apps/backend/src/collections/Feed/scripts/record'),
    import('../../../../apps/backend/src/utils/redis'),
    import('../../../../apps/backend/src/env'),
    import('../../../../apps/frontend/lib/beacons/collector'),
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

    /**
     * Plays a day on a virtual clock: beacons go through the frontend's collectors, which forward them in batches, then
     * through the app's group commit, with every write really sent and waited for.
     *
     * @param options.frontends how many processes of the frontend share the visitors
     */
    playDay: async ({
      arrivals,
      windowMs,
      day,
      frontends,
    }: {
      arrivals: Arrival[];
      windowMs: number;
      day: UtcDay;
      frontends: number;
    }): Promise<Played> => {
      let writing: Promise<unknown> | undefined;
      const settle = async (): Promise<void> => {
        await turn();
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
      const played: Played = { requests: 0, counted: 0, duplicates: 0 };
      const take = (outcome: CommitOutcome): void => {
        if (outcome.type !== 'recorded') throw new Error(`a request was not recorded: ${outcome.type}`);
        for (const verdict of outcome.verdicts) {
          if (verdict === 'counted') played.counted += 1;
          else if (verdict === 'duplicate') played.duplicates += 1;
          else throw new Error('an event failed');
        }
      };
      const dayStart = startOfUtcDay(day).getTime();
      // Kept as one, so that a day of a million requests holds no million promises.
      let failure: unknown;
      const fail = (error: unknown): void => {
        failure ??= error;
      };
      const now = (): number => dayStart + clock.now();
      const viewOf = ({ kind, listingId, visitor: { sessionId = '' } }: ForwardedEvent) => {
        const key = viewDedupeKey({ kind, listingId, day, identifier: { type: 'session', sessionId } });
        return { kind, listingId, day, dedupe: { key, ttlSeconds: viewDedupeTtlSeconds(day, new Date(now())) } };
      };
      const send: SendBatch = async (metric, { requestId, events }) => {
        played.requests += 1;
        const outcome = await (metric === 'view'
          ? counters.bumpView({ requestId, views: events.map(viewOf) }, commit)
          : counters.bumpImpression(
              { requestId, listings: events.map(({ kind, listingId }) => ({ kind, listingId, day })) },
              commit,
            ));
        take(outcome);
        return { type: 'acknowledged', verdicts: outcome.type === 'recorded' ? outcome.verdicts : [] };
      };
      const collectors = Array.from(
        { length: frontends },
        (): Collector =>
          new collectorModule.Collector({
            // What it takes for a failure it would send again; here it ends the bench.
            send: (...batch) =>
              send(...batch).catch((error: unknown) => {
                fail(error);
                return { type: 'rejected', reason: 'failed' };
              }),
            now,
            sleep: () => Promise.reject(new Error('nothing here is sent again')),
            newRequestId: randomUUID,
            random: () => 0.5,
            log: { warn: (fields, message) => fail(new Error(`${message}: ${JSON.stringify(fields)}`)) },
          }),
      );
      const collect = (arrival: Arrival, at: number): void => {
        const collector = collectors[at % frontends];
        if (arrival.type === 'favorite' || arrival.type === 'booking' || !collector) {
          played.requests += 1;
          submit(arrival, { day, now: new Date(now()), commit })
            .then(take)
            .catch(fail);
          return;
        }
        if (arrival.type === 'view') {
          collector.add('view', { ...arrival.listing, at: now(), visitor: { sessionId: arrival.sessionId } });
        } else {
          for (const listing of arrival.listings) collector.add('impression', { ...listing, at: now(), visitor: {} });
        }
        void collector.drain();
      };
      for (const [at, arrival] of arrivals.entries()) {
        await clock.advanceTo(arrival.atMs);
        collect(arrival, at);
        await settle();
        if (failure) throw failure;
      }
      // The last batches wait for their window.
      await clock.advanceTo(DAY_MS + 10 * 60_000);
      await Promise.all(collectors.map((collector) => collector.drain()));
      await commit.stop();
      await settle();
      if (failure) throw failure;
      // What the collectors knew to be counted before; the rest the backend has told.
      const told = collectors.map(({ counts }) => counts.acknowledged.view.duplicate ?? 0);
      played.duplicates = told.reduce((sum, count) => sum + count, 0);
      return played;
    },
  };
};

export type ConveneBackend = Awaited<ReturnType<typeof loadBackend>>;
