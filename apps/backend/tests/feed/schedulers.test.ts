import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FeedJob, FeedScheduler, nextLook, type SchedulerClock } from '../../src/schedulers/feed';
import { createHarness, emptyFeedTables, type Harness } from './harness';

let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
});
afterAll(() => harness.dispose());
beforeEach(() => emptyFeedTables(harness.pool));

/** A clock that goes on when it is told to; the next timer is fired by hand. */
const fakeClock = (start: string) => {
  let now = new Date(start);
  let timer: { at: number; callback: () => void } | null = null;
  const clock: SchedulerClock = {
    now: () => now,
    after: (ms, callback) => {
      const mine = { at: now.getTime() + ms, callback };
      timer = mine;
      return () => {
        if (timer === mine) timer = null;
      };
    },
  };
  return {
    clock,
    nextAt: () => (timer ? new Date(timer.at).toISOString() : null),
    /** Lets time pass up to `until`, running what becomes due. */
    passTo: async (until: string, idle: () => Promise<void>) => {
      const end = new Date(until).getTime();
      while (timer && timer.at <= end) {
        const { at, callback } = timer;
        timer = null;
        now = new Date(at);
        callback();
        await idle();
        await Promise.resolve();
      }
      now = new Date(end);
    },
  };
};

const silent = { info: () => undefined, error: () => undefined };

const startScheduler = async (start: string, jobs: FeedJob[]) => {
  const time = fakeClock(start);
  const scheduler = new FeedScheduler({ jobs, sql: harness.pool, clock: time.clock, logger: silent });
  scheduler.start();
  await scheduler.idle();
  await Promise.resolve();
  return { ...time, scheduler, passTo: (until: string) => time.passTo(until, () => scheduler.idle()) };
};

const jobsThatNote = (ran: string[], minutes: Record<string, number> = { flush: 1_440, aggregate: 120, rank: 120 }) =>
  Object.entries(minutes).map(
    ([name, everyMinutes]): FeedJob => ({
      name,
      everyMinutes,
      run: () => {
        ran.push(name);
        return Promise.resolve({ ran: true });
      },
    }),
  );

const runs = async () => {
  const { rows } = await harness.pool.query<{
    name: string;
    period: string;
    status: string;
    outcome: unknown;
    error: string;
  }>('SELECT name, period, status, outcome, error FROM job_runs ORDER BY id');
  return rows;
};

describe('when to look next', () => {
  const at = (iso: string) => new Date(iso);
  const jobs = [{ everyMinutes: 1_440 }, { everyMinutes: 120 }];

  test('at the soonest begin of an interval, within five minutes', () => {
    expect(nextLook(jobs, { now: at('2025-01-15T11:58:30.000Z') })).toBe(90_000);
    expect(nextLook(jobs, { now: at('2025-01-15T10:00:00.000Z') })).toBe(300_000);
    expect(nextLook(jobs, { now: at('2025-01-15T23:59:59.999Z') })).toBe(1);
  });

  test('or at a second try, if that is sooner', () => {
    const now = at('2025-01-15T10:00:00.000Z');
    expect(nextLook(jobs, { now, retries: [at('2025-01-15T10:01:00.000Z')] })).toBe(60_000);
    expect(nextLook(jobs, { now, retries: [at('2025-01-15T09:00:00.000Z')] })).toBe(0);
  });
});

describe('runs', () => {
  test('are made at intervals from UTC midnight, in their order when due together', async () => {
    const ran: string[] = [];
    const { passTo, scheduler } = await startScheduler('2025-01-15T21:30:00.000Z', jobsThatNote(ran));
    expect(ran).toEqual(['flush', 'aggregate', 'rank']);
    await passTo('2025-01-15T21:59:59.999Z');
    expect(ran).toHaveLength(3);
    await passTo('2025-01-15T22:00:00.000Z');
    expect(ran.splice(0)).toEqual(['flush', 'aggregate', 'rank', 'aggregate', 'rank']);
    await passTo('2025-01-16T00:00:00.000Z');
    expect(ran).toEqual(['flush', 'aggregate', 'rank']);
    await scheduler.stop();
    expect((await runs()).map(({ name, period, status }) => `${name} ${period} ${status}`)).toEqual([
      'flush 2025-01-15T00:00:00.000Z done',
      'aggregate 2025-01-15T20:00:00.000Z done',
      'rank 2025-01-15T20:00:00.000Z done',
      'aggregate 2025-01-15T22:00:00.000Z done',
      'rank 2025-01-15T22:00:00.000Z done',
      'flush 2025-01-16T00:00:00.000Z done',
      'aggregate 2025-01-16T00:00:00.000Z done',
      'rank 2025-01-16T00:00:00.000Z done',
    ]);
    expect((await runs())[0]?.outcome).toEqual({ ran: true });
  });

  test('happen once across replicas', async () => {
    const ran: string[] = [];
    const replicas = await Promise.all(
      [1, 2, 3].map(() => startScheduler('2025-01-15T23:00:00.000Z', jobsThatNote(ran))),
    );
    expect(ran.toSorted()).toEqual(['aggregate', 'flush', 'rank']);
    await Promise.all(replicas.map(({ passTo }) => passTo('2025-01-16T00:00:00.000Z')));
    expect(ran.toSorted()).toEqual(['aggregate', 'aggregate', 'flush', 'flush', 'rank', 'rank']);
    await Promise.all(replicas.map(({ scheduler }) => scheduler.stop()));
  });

  test('are not repeated by a restart within the period', async () => {
    const ran: string[] = [];
    for (let restart = 0; restart < 3; restart += 1) {
      const { scheduler } = await startScheduler('2025-01-15T21:30:00.000Z', jobsThatNote(ran));
      await scheduler.stop();
    }
    expect(ran).toEqual(['flush', 'aggregate', 'rank']);
  });

  test('that broke off with their process are made up for at the next start', async () => {
    await harness.pool.query(
      "INSERT INTO job_runs (name, period, status) VALUES ('flush', '2025-01-15T00:00:00.000Z', 'running')",
    );
    const ran: string[] = [];
    const { scheduler } = await startScheduler('2025-01-15T08:00:00.000Z', jobsThatNote(ran, { flush: 1_440 }));
    await scheduler.stop();
    expect(ran).toEqual(['flush']);
    expect((await runs()).map(({ status }) => status)).toEqual(['done']);
  });

  test('that fail keep their error, keep nobody else from running, and are tried again', async () => {
    const ran: string[] = [];
    let failures = 2;
    const flush: FeedJob = {
      name: 'flush',
      everyMinutes: 1_440,
      run: () => {
        ran.push('flush');
        failures -= 1;
        return failures >= 0 ? Promise.reject(new Error('Redis is away')) : Promise.resolve({ ran: true });
      },
    };
    const jobs = [flush, ...jobsThatNote(ran, { rank: 1_440 })];
    const { passTo, scheduler, nextAt } = await startScheduler('2025-01-15T08:00:00.000Z', jobs);
    expect(ran).toEqual(['flush', 'rank']);
    expect((await runs())[0]).toMatchObject({ status: 'failed', error: 'Redis is away' });
    expect(nextAt()).toBe('2025-01-15T08:05:00.000Z');
    await passTo('2025-01-15T08:05:00.000Z');
    await passTo('2025-01-15T09:00:00.000Z');
    await scheduler.stop();
    expect(ran).toEqual(['flush', 'rank', 'flush', 'flush']);
    expect((await runs()).map(({ name, status, error }) => [name, status, error])).toEqual([
      ['flush', 'done', null],
      ['rank', 'done', null],
    ]);
  });

  test('never overlap themselves: while one goes on nothing else begins', async () => {
    let underWay = 0;
    let most = 0;
    let finish: () => void = () => undefined;
    const slow: FeedJob = {
      name: 'flush',
      everyMinutes: 1,
      run: async () => {
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        underWay -= 1;
      },
    };
    const time = fakeClock('2025-01-15T08:00:00.000Z');
    const scheduler = new FeedScheduler({ jobs: [slow], sql: harness.pool, clock: time.clock, logger: silent });
    scheduler.start();
    await expect.poll(() => underWay).toBe(1);
    expect(time.nextAt()).toBeNull();
    const stopped = scheduler.stop();
    finish();
    await stopped;
    expect(most).toBe(1);
    expect((await runs()).map(({ status }) => status)).toEqual(['done']);
  });

  test('Postgres that is away keeps the scheduler alive', async () => {
    const ran: string[] = [];
    let isAway = true;
    const time = fakeClock('2025-01-15T08:00:00.000Z');
    const scheduler = new FeedScheduler({
      jobs: jobsThatNote(ran, { rank: 120 }),
      sql: {
        query: (text, params) =>
          isAway ? Promise.reject(new Error('connection refused')) : harness.pool.query(text, params),
      },
      clock: time.clock,
      logger: silent,
    });
    scheduler.start();
    await scheduler.idle();
    await Promise.resolve();
    isAway = false;
    await time.passTo('2025-01-15T08:05:00.000Z', () => scheduler.idle());
    await scheduler.stop();
    expect(ran).toEqual(['rank']);
  });
});
