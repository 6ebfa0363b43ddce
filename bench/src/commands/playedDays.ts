import { counterKey, DIRTY_COUNTERS_KEY, viewDedupeKey } from '@convene/common/keys';
import { listingKinds } from '@convene/common/listings';
import { metrics } from '@convene/common/metrics';
import { startOfUtcDay, utcDaySchema } from '@convene/common/time';
import { startUpstashRest } from '@convene/local-stack';
import { type CommandMonitor, startCommandMonitor, type TallyRow } from '@convene/local-stack/command-monitor';
import { createTestContext } from '@convene/local-stack/testing';
import { Redis } from '@upstash/redis';
import pg from 'pg';
import { type Arrival, arrivalsOfDay, evenProfile, IMPRESSIONS_PER_REQUEST, type Profile } from './arrivals';
import { flushCountersToDaily } from './baseline/counters';
import { countOne, playBaselineDay } from './baseline/counting';
import { loadBackend, type Windows } from './convene/backend';
import { playFrontendDay } from './convene/frontend';
import { type Day, days, type Environment, type Level, levels } from './days';
import { added, type Difference, differencesOf, ofSources, without } from './tally';

const SEED = 20_260_115;
const DAY = utcDaySchema.parse('2026-01-15');
const TOKEN = 'bench-token';
const LISTINGS = 1_000;
const KEYS_AT_ONCE = 5_000;

export type DayFigures = {
  environment: Environment;
  level: Level;
  windows: Windows;
  baseline: { counting: TallyRow[]; flush: TallyRow[] };
  convene: { counting: TallyRow[]; flush: TallyRow[]; cache: TallyRow[] };
};

/** Convene's counting and cache at a multiple of the production day's traffic. */
export type GrowthFigures = { factor: number; counting: TallyRow[]; cache: TallyRow[] };

export type FeatureCost = { feature: string; baseline: TallyRow[]; convene: TallyRow[] };

export type PlayedFigures = {
  days: DayFigures[];
  growth: GrowthFigures[];
  evenCounting: TallyRow[];
  features: FeatureCost[];
  emptyFlush: { baseline: TallyRow[]; convene: TallyRow[] };
  differences: Difference[];
  /** Commands of the apps' own count that were compared. */
  compared: number;
};

export type PlayedPlan = { environments: readonly Environment[]; growthFactors: readonly number[] };

const sumOf = (counts: Record<string, number>): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

const insertListings = async (pool: pg.Pool): Promise<void> => {
  for (const kind of listingKinds) {
    await pool.query(
      `INSERT INTO ${kind} (id, title, slug, moderation_status, _status, tier, approved_at)
       SELECT id, 'Listing ' || id, '${kind}-' || id, 'approved', 'published', 'standard', now()
       FROM generate_series(1, $1) AS id`,
      [LISTINGS],
    );
  }
};

/** A keyspace as a flush finds it. */
const fillKeyspace = async ({ uncounted }: CommandMonitor, { counters, otherKeys }: Day): Promise<void> => {
  await uncounted.flushall();
  const keys = Array.from({ length: counters }, (_, index) => {
    const kind = listingKinds[index % listingKinds.length] ?? 'locations';
    const metric = metrics[Math.floor(index / listingKinds.length) % metrics.length] ?? 'views';
    const listingId = 1 + Math.floor(index / (listingKinds.length * metrics.length));
    return counterKey({ kind, listingId, metric, day: DAY });
  });
  const others = Array.from({ length: otherKeys }, (_, index) =>
    viewDedupeKey({
      kind: 'locations',
      listingId: 1 + (index % LISTINGS),
      day: DAY,
      identifier: { type: 'session', sessionId: `s${index}` },
    }),
  );
  for (const [all, isCounter] of [
    [keys, true],
    [others, false],
  ] as const) {
    for (let from = 0; from < all.length; from += KEYS_AT_ONCE) {
      const some = all.slice(from, from + KEYS_AT_ONCE);
      await uncounted.mset(...some.flatMap((key) => [key, '1']));
      if (isCounter) await uncounted.sadd(DIRTY_COUNTERS_KEY, ...some);
    }
  }
};

/** Arrivals that show one feature each. */
const featureArrivals = (): { feature: string; arrival: Arrival }[] => {
  const listing = { kind: 'locations', listingId: 1 } as const;
  const requestId = (no: number) => `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`;
  const cards = Array.from({ length: IMPRESSIONS_PER_REQUEST }, (_, at) => ({ ...listing, listingId: at + 2 }));
  return [
    { feature: 'a view', arrival: { type: 'view', listing, sessionId: 'ana', requestId: requestId(2), atMs: 0 } },
    {
      feature: 'a view again',
      arrival: { type: 'view', listing, sessionId: 'ana', requestId: requestId(3), atMs: 0 },
    },
    {
      feature: `${IMPRESSIONS_PER_REQUEST} impressions in one request`,
      arrival: { type: 'impressions', listings: cards, requestId: requestId(4), atMs: 0 },
    },
    { feature: 'a favourite', arrival: { type: 'favorite', listings: [listing], requestId: requestId(5), atMs: 0 } },
    { feature: 'a booking', arrival: { type: 'booking', listings: [listing], requestId: requestId(6), atMs: 0 } },
  ];
};

/** Plays the days with every command really sent, on servers of their own; compares the apps' own counts at the end. */
export const playDays = async (plan: PlayedPlan, say: (what: string) => void): Promise<PlayedFigures> => {
  const context = await createTestContext();
  const pool = new pg.Pool({ connectionString: context.databaseUrl, max: 3 });
  const monitor = await startCommandMonitor({ redisUrl: context.redisUrl });
  // An endpoint for each, since behind it a client is a connection that all its clients share.
  const [baselineRest, frontendRest] = await Promise.all(
    ['baseline', 'frontend'].map(() => startUpstashRest({ redisUrl: context.redisUrl, token: TOKEN, port: 0 })),
  );
  if (!baselineRest || !frontendRest) throw new Error('an endpoint did not start');
  try {
    const baselineRedis = new Redis({ url: baselineRest.url, token: TOKEN, enableTelemetry: false });
    const echoBy = (url: string, token: string) => {
      const client = new Redis({ url, token, enableTelemetry: false });
      return (message: string) => client.echo(message);
    };
    await monitor.identify('backend', echoBy(context.upstashUrl, context.upstashToken));
    await monitor.identify('baseline backend', echoBy(baselineRest.url, TOKEN));
    await monitor.identify('frontend', echoBy(frontendRest.url, TOKEN));
    await insertListings(pool);
    const backend = await loadBackend({ context, pool });
    const frontendCounts: Record<string, number>[] = [];

    const during = async (work: () => Promise<unknown>): Promise<TallyRow[]> => {
      const before = await monitor.tally();
      await work();
      return without(await monitor.tally(), before);
    };
    const cleanRedis = () => monitor.uncounted.flushall();

    const playConvene = async (day: Day, windows: Windows, profile?: Profile): Promise<TallyRow[]> => {
      await cleanRedis();
      await pool.query('TRUNCATE metrics_daily, flush_batches');
      const arrivals = arrivalsOfDay(day, { seed: SEED, ...(profile ? { profile } : {}) });
      const rows = await during(async () => {
        const played = await backend.playDay({ arrivals, windows, day: DAY });
        if (played.counted !== day.increments || played.duplicates !== day.duplicateViews) {
          throw new Error(`the day counted ${played.counted} increments and ${played.duplicates} duplicates`);
        }
      });
      const { events } = await backend.flush();
      if (events !== day.increments) throw new Error(`${events} of ${day.increments} increments reached Postgres`);
      return rows;
    };

    const playBaseline = async (day: Day): Promise<TallyRow[]> => {
      await cleanRedis();
      const arrivals = arrivalsOfDay(day, { seed: SEED });
      return during(async () => {
        const counted = await playBaselineDay(baselineRedis, arrivals, DAY);
        if (counted !== day.increments) throw new Error(`the baseline counted ${counted} increments`);
      });
    };

    const playCache = async (environment: Environment, pageViews: number): Promise<TallyRow[]> => {
      await cleanRedis();
      return during(async () => {
        frontendCounts.push(
          await playFrontendDay({
            environment,
            env: context.env.frontend,
            rest: { url: frontendRest.url, token: TOKEN },
            pageViews,
            seed: SEED,
            dayStartMs: startOfUtcDay(DAY).getTime(),
          }),
        );
      });
    };

    const playFlush = async (day: Day): Promise<{ baseline: TallyRow[]; convene: TallyRow[] }> => {
      await fillKeyspace(monitor, day);
      const baseline = await during(async () => {
        const flushed = await flushCountersToDaily(baselineRedis, async () => undefined);
        if (flushed !== day.counters) throw new Error(`the baseline flushed ${flushed} of ${day.counters} counters`);
      });
      await fillKeyspace(monitor, day);
      await pool.query('TRUNCATE metrics_daily, flush_batches');
      const convene = await during(async () => {
        const { counters } = await backend.flush();
        if (counters !== day.counters) throw new Error(`${counters} of ${day.counters} counters were flushed`);
      });
      return { baseline, convene };
    };

    // Each script's first use by a process is sent as text; that is part of a start.
    const listing = { kind: 'locations', listingId: 1 } as const;
    const warmUp: Arrival = {
      type: 'booking',
      listings: [listing],
      requestId: '00000000-0000-4000-8000-000000000001',
      atMs: 0,
    };
    await backend.count(warmUp, DAY);
    await backend.flush();
    await cleanRedis();
    const features: FeatureCost[] = [];
    for (const { feature, arrival } of featureArrivals()) {
      const convene = await during(() => backend.count(arrival, DAY));
      features.push({ feature, baseline: [], convene });
    }
    await cleanRedis();
    for (const [at, { arrival }] of featureArrivals().entries()) {
      const cost = features[at];
      if (cost) cost.baseline = await during(() => countOne(baselineRedis, arrival, DAY));
    }
    await cleanRedis();
    const emptyFlush = {
      baseline: await during(() => flushCountersToDaily(baselineRedis, async () => undefined)),
      convene: await during(() => backend.flush()),
    };

    const dayFigures: DayFigures[] = [];
    for (const environment of plan.environments) {
      const windows = backend.windowsOf(environment);
      for (const level of levels) {
        const day = days[environment][level];
        say(`${environment}, ${level} of the ranges`);
        const flush = await playFlush(day);
        dayFigures.push({
          environment,
          level,
          windows,
          baseline: { counting: await playBaseline(day), flush: flush.baseline },
          convene: {
            counting: await playConvene(day, windows),
            flush: flush.convene,
            cache: await playCache(environment, day.pageViews),
          },
        });
      }
    }
    const { production } = days;
    const windows = backend.windowsOf('production');
    const evenCounting = await playConvene(production.top, windows, evenProfile);
    const growth: GrowthFigures[] = [];
    for (const factor of plan.growthFactors) {
      say(`production at ${factor} times the traffic`);
      const day = {
        ...production.top,
        increments: production.top.increments * factor,
        views: production.top.views * factor,
        duplicateViews: production.top.duplicateViews * factor,
      };
      growth.push({
        factor,
        counting: await playConvene(day, windows),
        cache: await playCache('production', production.top.pageViews * factor),
      });
    }

    const seen = await monitor.tally();
    const ownCounts = { backend: backend.ownCounts(), frontend: addedCounts(frontendCounts) };
    const differences = Object.entries(ownCounts).flatMap(([app, counts]) =>
      differencesOf(
        `${app}, played days`,
        counts,
        ofSources(seen, (source) => source === app),
      ),
    );
    const compared = Object.values(ownCounts).reduce((sum, counts) => sum + sumOf(counts), 0);
    return { days: dayFigures, growth, evenCounting, features, emptyFlush, differences, compared };
  } finally {
    await monitor.stop();
    await Promise.all([baselineRest.stop(), frontendRest.stop()]);
    await pool.end();
    await context.dispose();
  }
};

const addedCounts = (all: Record<string, number>[]): Record<string, number> =>
  Object.fromEntries(
    added(
      ...all.map((counts) =>
        Object.entries(counts).map(([command, client]) => ({ source: '', command, client, insideScripts: 0 })),
      ),
    ).map(({ command, client }) => [command, client]),
  );
