import { alignedIntervalStart, nextAlignedInterval } from '@convene/common/time';
import { createJobRun, type SqlExecutor, startJobRun, withLease } from '@convene/coordination';
import { flushCountersToDaily } from '../collections/Feed/counters';
import { aggregateDaily } from '../collections/Feed/workers/aggregateDaily';
import { rankSegments } from '../collections/Feed/workers/rankSegments';
import { env } from '../env';
import { logger } from '../utils/logger';
import { getPool } from '../utils/postgres';
import { processState } from '../utils/processState';
import { leaseOfJob, runAndKeepOutcome } from './jobRun';
import { mediaPurge } from './upkeep';

export type FeedJob = { name: string; everyMinutes: number; run: () => Promise<unknown> };

export type SchedulerClock = {
  now: () => Date;
  /** Calls back once after `ms`; returns what calls it off. */
  after: (ms: number, callback: () => void) => () => void;
};

export type SchedulerLogger = Pick<typeof logger, 'info' | 'error'>;

/** A failed run is tried again within its period, by the process in which it failed. */
const RETRY_MS = 5 * 60_000;
/** A timer is never longer: the machine may sleep, or its clock be set. */
const LONGEST_TIMER_MS = 5 * 60_000;

const systemClock: SchedulerClock = {
  now: () => new Date(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** The jobs of the feed, in the order in which they run when several are due: each reads what the one before wrote. */
export const feedJobs = () =>
  [
    {
      name: 'feed:flush',
      everyMinutes: env.SCHEDULER_FEED_FLUSH_INTERVAL_MINUTES,
      run: () => flushCountersToDaily(),
    },
    {
      name: 'feed:aggregate',
      everyMinutes: env.SCHEDULER_FEED_AGGREGATE_INTERVAL_MINUTES,
      run: () => aggregateDaily(),
    },
    { name: 'feed:rank', everyMinutes: env.SCHEDULER_FEED_RANK_INTERVAL_MINUTES, run: () => rankSegments() },
  ] satisfies FeedJob[];

/** All that this process runs by the clock; what is no matter of the feed comes last. */
export const scheduledJobs = (): FeedJob[] => [...feedJobs(), mediaPurge];

/** When to look next: the soonest begin of a job's interval, or the soonest second try. */
export const nextLook = (
  jobs: Pick<FeedJob, 'everyMinutes'>[],
  { now, retries = [] }: { now: Date; retries?: Date[] },
): number => {
  const moments = [...jobs.map(({ everyMinutes }) => nextAlignedInterval(now, everyMinutes)), ...retries];
  const soonest = Math.min(...moments.map((moment) => moment.getTime() - now.getTime()));
  return Math.min(LONGEST_TIMER_MS, Math.max(0, soonest));
};

const findJobRun = async (sql: SqlExecutor, { name, period }: { name: string; period: string }) => {
  const { rows } = await sql.query<{ id: number; status: string }>(
    'SELECT id, status FROM job_runs WHERE name = $1 AND period = $2',
    [name, period],
  );
  return rows[0] ?? null;
};

type JobState = { period: string; retryAt: Date | null };

/**
 * Runs jobs at intervals that are counted from UTC midnight: one at a time in this process, and each period's run
 * once across all replicas, by a unique row in `job_runs` that keeps its outcome. A run that was missed while no
 * process was there, or was broken off, is made up for at the start.
 */
export class FeedScheduler {
  readonly #jobs: FeedJob[];
  readonly #sql: SqlExecutor;
  readonly #clock: SchedulerClock;
  readonly #logger: SchedulerLogger;
  readonly #states = new Map<string, JobState>();
  #cancelTimer: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(options: { jobs: FeedJob[]; sql: SqlExecutor; clock?: SchedulerClock; logger?: SchedulerLogger }) {
    this.#jobs = options.jobs;
    this.#sql = options.sql;
    this.#clock = options.clock ?? systemClock;
    this.#logger = options.logger ?? logger;
  }

  /** Looks what is due now, and from then on whenever something is. */
  start(): void {
    this.#look();
  }

  /** Starts nothing more, and waits for the run in hand. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    await this.#running;
  }

  /** Resolves when what was due at the last look is done. */
  async idle(): Promise<void> {
    await this.#running;
  }

  #look(): void {
    this.#running = this.#runDue().finally(() => {
      if (this.#stopped) return;
      const retries = [...this.#states.values()].flatMap(({ retryAt }) => retryAt ?? []);
      const ms = nextLook(this.#jobs, { now: this.#clock.now(), retries });
      this.#cancelTimer = this.#clock.after(ms, () => this.#look());
    });
  }

  async #runDue(): Promise<void> {
    for (const job of this.#jobs) {
      if (this.#stopped) return;
      try {
        await this.#runIfDue(job);
      } catch (error) {
        this.#logger.error({ err: error, job: job.name }, 'a scheduled run failed; it is tried again');
        this.#retryLater(job);
      }
    }
  }

  async #runIfDue(job: FeedJob): Promise<void> {
    const now = this.#clock.now();
    const period = alignedIntervalStart(now, job.everyMinutes).toISOString();
    const state = this.#states.get(job.name);
    const isRetry = state?.period === period;
    if (isRetry && (state.retryAt === null || state.retryAt > now)) return;
    this.#states.set(job.name, { period, retryAt: null });
    const created = await createJobRun(this.#sql, { name: job.name, period });
    if (created) return this.#run(job, created.id);
    // Somebody else's, unless this process has just started, or failed before: then it may be a run that broke off.
    if (state !== undefined && !isRetry) return;
    const existing = await findJobRun(this.#sql, { name: job.name, period });
    if (existing && existing.status !== 'done') await this.#run(job, existing.id);
  }

  async #run(job: FeedJob, id: number): Promise<void> {
    const outcome = await withLease(this.#sql, leaseOfJob(job.name), async () => {
      if (!(await startJobRun(this.#sql, id))) return;
      await runAndKeepOutcome(job, { id, sql: this.#sql, now: this.#clock.now, logger: this.#logger });
    });
    if (!outcome.held) this.#retryLater(job);
  }

  #retryLater(job: FeedJob): void {
    const now = this.#clock.now();
    const period = alignedIntervalStart(now, job.everyMinutes).toISOString();
    this.#states.set(job.name, { period, retryAt: new Date(now.getTime() + RETRY_MS) });
  }
}

/** Starts flush, aggregation, ranking and the purge of uploads in this process; a second call changes nothing. Returns what stops them. */
export const startFeedSchedulers = (): (() => Promise<void>) => {
  const scheduler = processState('feed-scheduler', () => {
    const started = new FeedScheduler({ jobs: scheduledJobs(), sql: getPool() });
    started.start();
    return started;
  });
  return () => scheduler.stop();
};
