import { randomUUID } from 'node:crypto';
import { DIRTY_COUNTERS_KEY } from '@convene/common/keys';
import { utcDayOf } from '@convene/common/time';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { countedInPostgres, createHarness, type Harness, insertListings, keyOf } from './harness';

let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
  await insertListings(harness.pool, { kind: 'locations', ids: [1, 2] });
  // What is started here reads the environment itself.
  Object.assign(process.env, harness.context.env.backend, {
    FEED_ADOPT_LEGACY_KEYS: 'true',
    FEED_COMMIT_WINDOW_MS: '60000',
    LOG_LEVEL: 'silent',
  });
  vi.resetModules();
});
afterAll(async () => {
  const { getPool } = await import('../../src/utils/postgres');
  await getPool().end();
  await harness.dispose();
});

const within = { timeout: 40_000, interval: 25 };

test('a process schedules, adopts and relays from its start, and writes what it holds at its end', {
  timeout: 120_000,
}, async () => {
  await harness.raw.set(keyOf(2), '7');
  const { startFeed, stopFeed } = await import('../../src/collections/Feed/lifecycle');
  const { bumpImpression } = await import('../../src/collections/Feed/counters');
  const { writeCounterOutbox } = await import('../../src/collections/Feed/counterOutbox');
  startFeed();
  startFeed();

  const doneRuns = async () => {
    const { rows } = await harness.pool.query<{ name: string }>(
      "SELECT name FROM job_runs WHERE status = 'done' ORDER BY id",
    );
    return rows.map(({ name }) => name);
  };
  await expect.poll(doneRuns, within).toEqual(['feed:flush', 'feed:aggregate', 'feed:rank']);

  const isAdopted = async () =>
    (await harness.raw.sismember(DIRTY_COUNTERS_KEY, keyOf(2))) === 1 ||
    (await countedInPostgres(harness.pool)).get(keyOf(2)) === 7;
  await expect.poll(isAdopted, within).toBe(true);

  await writeCounterOutbox(harness.pool, { kind: 'locations', listingId: 1, metric: 'bookings', userId: 5 });
  const today = utcDayOf(new Date());
  await expect.poll(() => harness.raw.get(keyOf(1, 'bookings', today)), within).toBe('1');

  // The window is a minute: this waits, and only the end of the process makes it go.
  const held = bumpImpression({ requestId: randomUUID(), listings: [{ kind: 'locations', listingId: 1, day: today }] });
  await stopFeed();
  expect(await held).toEqual({ type: 'recorded', verdicts: ['counted'] });
  expect(await harness.raw.get(keyOf(1, 'impressions', today))).toBe('1');
});
