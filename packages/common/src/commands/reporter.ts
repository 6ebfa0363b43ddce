import { nextAlignedInterval, utcDayOf } from '../time/index';
import type { CommandCounter } from './counter';
import { MAX_USAGE_ENTRIES, type UsageEntry, type UsageReport } from './report';

/** Often enough for a budget of a day; each report is one statement in Postgres. */
const EVERY_MINUTES = 5;

export type ReporterEdges = {
  counters: () => CommandCounter[];
  /** Adds the report to what is kept; rejects where it may not have been. */
  send: (report: UsageReport) => Promise<void>;
  /** Told of the first failure in a row alone. */
  onError: (error: unknown) => void;
  now?: () => Date;
  /** Calls back once after `ms` without keeping the process alive; returns what calls it off. */
  after?: (ms: number, callback: () => void) => () => void;
  newReportId?: () => string;
};

const unreferencedTimer = (ms: number, callback: () => void): (() => void) => {
  const timer = setTimeout(callback, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/**
 * Reports what counters have counted, every five minutes from UTC midnight on and at the end. A report whose end is
 * uncertain is sent again as it was and under its id, so that whoever adds reports up by their id counts nothing twice.
 * Never sends a Redis command.
 */
export class UsageReporter {
  readonly #edges: Required<ReporterEdges>;
  readonly #unsent = new Map<string, UsageEntry>();
  /** Was sent, and not acknowledged. */
  #uncertain: UsageReport | undefined;
  #since: Date;
  #running: Promise<void> = Promise.resolve();
  #cancelTimer: (() => void) | undefined;
  #hasFailed = false;
  #stopped = false;

  constructor(edges: ReporterEdges) {
    this.#edges = {
      now: () => new Date(),
      after: unreferencedTimer,
      newReportId: () => crypto.randomUUID(),
      ...edges,
    };
    this.#since = this.#edges.now();
  }

  start(): void {
    if (this.#stopped) return;
    const now = this.#edges.now();
    const ms = nextAlignedInterval(now, EVERY_MINUTES).getTime() - now.getTime();
    this.#cancelTimer = this.#edges.after(ms, () => {
      void this.report();
      this.start();
    });
  }

  /** Reports what is new; resolves when that is done or has failed. Never rejects: what failed is sent the next time. */
  report(): Promise<void> {
    this.#running = this.#running.then(() => this.#report());
    return this.#running;
  }

  /** No more timers; reports the rest. */
  stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    return this.report();
  }

  /** What was counted since the last time counts for the day of that time: timers meet midnight. */
  #collect(): void {
    const day = utcDayOf(this.#since);
    this.#since = this.#edges.now();
    for (const counter of this.#edges.counters()) {
      for (const { source, command, count } of counter.take()) {
        const key = `${day}\n${source}\n${command}`;
        this.#unsent.set(key, { day, source, command, count: count + (this.#unsent.get(key)?.count ?? 0) });
      }
    }
  }

  #nextReport(): UsageReport | undefined {
    if (this.#uncertain || this.#unsent.size === 0) return this.#uncertain;
    const taken = [...this.#unsent].slice(0, MAX_USAGE_ENTRIES);
    for (const [key] of taken) this.#unsent.delete(key);
    return { reportId: this.#edges.newReportId(), entries: taken.map(([, entry]) => entry) };
  }

  async #report(): Promise<void> {
    this.#collect();
    for (let report = this.#nextReport(); report; report = this.#nextReport()) {
      this.#uncertain = report;
      try {
        await this.#edges.send(report);
        this.#uncertain = undefined;
        this.#hasFailed = false;
      } catch (error) {
        if (!this.#hasFailed) this.#edges.onError(error);
        this.#hasFailed = true;
        return;
      }
    }
  }
}
