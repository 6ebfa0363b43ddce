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
type SendBatch = import('../../../../apps/frontend/lib/beacons/collector').SendBatch;

export type Played = { requests: number; counted: number; duplicates: number };

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** In milliseconds: of the backend's group commit, and of the collector in the frontend before it. */
export type Windows = { commitMs: number; forwardMs: number };

/** The backend's own code for counting, on the given services. */
export const loadBackend = async ({ context, pool }: { context: TestContext; pool: pg.Pool }) => {
  // Read once when the modules are loaded; everything that is measured is passed in below.
  Object.assign(process.env, context.env.backend, { LOG_LEVEL: 'silent' });
  const [counters, groupCommit, scripts, redisModule, envModule, collectorModule, { forwardWindowMsOf }] =
    await Promise.all([
      import('../../../../apps/backend/src/collections/Feed/counters'),
      import('../../../../apps/backend/src/collections/Feed/groupCommit'),
      import('../../../../apps/backend/src/collections/Feed/scripts/record'),
      import('../../../../apps/backend/src/utils/redis'),
      import('../../../../apps/backend/src/env'),
      import('../../../../apps/frontend/lib/beacons/collector'),
      import('../../../../apps/frontend/lib/beacons/forwardWindow'),
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

    /** The windows of such an environment, by the apps' own rules. */
    windowsOf: (environment: Environment): Windows => {
      const isProduction = environment !== 'development';
      const { FEED_COMMIT_WINDOW_MS: commitMs } = envModule.parseBackendEnv({
        ...context.env.backend,
        NODE_ENV: isProduction ? 'production' : 'development',
        APP_ENV: environment,
      });
      return { commitMs, forwardMs: forwardWindowMsOf({ isProduction }) };
    },

    flush: () => counters.flushCountersToDaily({ pool, redis }),

    /** Counts one request at once, without a window. */
    count: async (arrival: Arrival, day: UtcDay): Promise<void> => {
      const commit = new groupCommit.GroupCommit({ windowMs: 0, write: (requests) => scripts.record(redis, requests) });
      const outcome = await submit(arrival, { day, now: startOfUtcDay(day), commit });
      if (outcome.type !== 'recorded') throw new Error(`an event was not recorded: ${outcome.type}`);
    },

    /**
     * Plays a day on a virtual clock: beacons go through the frontend's collector, which forwards them in batches, then
     * through the app's group commit, with every write really sent and waited for.
     */
    playDay: async ({
      arrivals,
      windows,
      day,
    }: {
      arrivals: Arrival[];
      windows: Windows;
      day: UtcDay;
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
        windowMs: windows.commitMs,
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
      const collector = new collectorModule.Collector(
        {
          // What it takes for a failure it would send again; here it ends the bench.
          send: (...batch) =>
            send(...batch).catch((error: unknown) => {
              fail(error);
              return { type: 'rejected', reason: 'failed' };
            }),
          now,
          // The window; nothing here is sent again.
          sleep: (ms, signal) =>
            new Promise((resolve) => {
              const callOff = clock.after(ms, resolve);
              signal.addEventListener('abort', () => {
                callOff();
                resolve();
              });
            }),
          newRequestId: randomUUID,
          random: () => 0.5,
          log: { warn: (fields, message) => fail(new Error(`${message}: ${JSON.stringify(fields)}`)) },
        },
        { windowMs: windows.forwardMs },
      );
      const collect = (arrival: Arrival): void => {
        if (arrival.type === 'favorite' || arrival.type === 'booking') {
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
      for (const arrival of arrivals) {
        await clock.advanceTo(arrival.atMs);
        collect(arrival);
        await settle();
        if (failure) throw failure;
      }
      // The last batches wait for their window.
      await clock.advanceTo(DAY_MS + 10 * 60_000);
      await collector.drain();
      await commit.stop();
      await settle();
      if (failure) throw failure;
      // What the collector knew to be counted before; the rest the backend has told.
      played.duplicates = collector.counts.acknowledged.view.duplicate ?? 0;
      return played;
    },
  };
};

export type ConveneBackend = Awaited<ReturnType<typeof loadBackend>>;
