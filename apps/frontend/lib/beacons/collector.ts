import {
  type EventVerdict,
  type ForwardedEvent,
  type ForwardedMetrics,
  MAX_EVENTS_PER_REQUEST,
} from '@convene/common/metrics';
import { SeenViews } from './seenViews';

export const collectedMetrics = ['view', 'impression'] as const;
/** Also the last part of the backend's endpoint. */
export type CollectedMetric = (typeof collectedMetrics)[number];

/** What became of one attempt to hand a batch to the backend. */
export type SendOutcome =
  | { type: 'acknowledged'; verdicts: EventVerdict[] }
  /** No answer, or one that says to try again. */
  | { type: 'later'; reason: string; retryAfterMs?: number | undefined }
  /** The backend will never take it. */
  | { type: 'rejected'; reason: string };

export type SendBatch = (metric: CollectedMetric, batch: ForwardedMetrics, signal: AbortSignal) => Promise<SendOutcome>;

export type CollectorEdges = {
  send: SendBatch;
  now: () => number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  newRequestId: () => string;
  /** A number from 0 up to 1, which spreads the retries of several processes. */
  random: () => number;
  log: { warn: (fields: Record<string, unknown>, message: string) => void };
};

/** Most events held per metric; separate, so that a flood of impressions displaces no view. */
export const MAX_BUFFERED_EVENTS = 5_000;
/** Most requests that a round has per metric. */
const REQUESTS_PER_ROUND = 5;
/** Where so much of a metric waits, a round begins before its time. */
const FULL_ROUND_EVENTS = REQUESTS_PER_ROUND * MAX_EVENTS_PER_REQUEST;
/** A batch is retried for so long, and an event waits at most so long for its first try. */
export const GIVE_UP_AFTER_MS = 30 * 60_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
const SHUTDOWN_RETRY_MS = 250;

const lossReasons = ['overflow', 'rejected', 'gaveUp', 'unsentAtExit'] as const;
export type LossReason = (typeof lossReasons)[number];

export type CollectorCounts = {
  accepted: Record<CollectedMetric, number>;
  /** By verdict of the backend. */
  acknowledged: Record<CollectedMetric, Partial<Record<EventVerdict, number>>>;
  lost: Record<CollectedMetric, Record<LossReason, number>>;
  requests: number;
  retries: number;
};

const noLosses = (): Record<LossReason, number> => ({ overflow: 0, rejected: 0, gaveUp: 0, unsentAtExit: 0 });

/**
 * Collects events and forwards them to the backend, one round at a time: up to 1,000 views and 1,000 impressions, 200 a
 * request, while what arrives meanwhile waits for the next round. Between the beginnings of two rounds lies at least the
 * window, unless a round is full: what counting costs is bounded by time then, also where the backend has no process
 * that lives on and could gather events itself. A batch keeps its request id over all its retries, so the backend
 * counts it once however often it is sent.
 */
export class Collector {
  readonly #edges: CollectorEdges;
  readonly #windowMs: number;
  readonly #buffers: Record<CollectedMetric, ForwardedEvent[]> = { view: [], impression: [] };
  readonly #counts: CollectorCounts = {
    accepted: { view: 0, impression: 0 },
    acknowledged: { view: {}, impression: {} },
    lost: { view: noLosses(), impression: noLosses() },
    requests: 0,
    retries: 0,
  };
  readonly #seen = new SeenViews();
  readonly #hurry = new AbortController();
  readonly #stop = new AbortController();
  #full = new AbortController();
  #roundBeganAtMs = Number.NEGATIVE_INFINITY;
  #running: Promise<void> | undefined;

  constructor(edges: CollectorEdges, { windowMs = 0 }: { windowMs?: number } = {}) {
    this.#edges = edges;
    this.#windowMs = windowMs;
  }

  /**
   * Takes an event into the buffer; false when it is full or the process is ending. A view that the backend has counted
   * before is taken, and told to be a duplicate, without asking it again.
   */
  add(metric: CollectedMetric, event: ForwardedEvent): boolean {
    if (metric === 'view' && this.#seen.has(event)) {
      this.#counts.accepted.view += 1;
      this.#acknowledge('view', ['duplicate']);
      return true;
    }
    const buffer = this.#buffers[metric];
    if (buffer.length >= MAX_BUFFERED_EVENTS || this.#stop.signal.aborted) {
      this.#counts.lost[metric].overflow += 1;
      return false;
    }
    buffer.push(event);
    if (buffer.length >= FULL_ROUND_EVENTS) this.#full.abort();
    this.#counts.accepted[metric] += 1;
    return true;
  }

  /** Forwards until the buffer is empty; joins the run that is under way. Never rejects. */
  drain(): Promise<void> {
    this.#running ??= this.#run();
    return this.#running;
  }

  /** Forwards what is held, without waiting between retries, and gives up the rest after `deadlineMs`. */
  async shutdown(deadlineMs: number): Promise<void> {
    this.#hurry.abort();
    const timer = setTimeout(() => this.#stop.abort(), deadlineMs);
    await this.drain();
    clearTimeout(timer);
    this.#stop.abort();
  }

  get isStopping(): boolean {
    return this.#hurry.signal.aborted;
  }

  get waiting(): Record<CollectedMetric, number> {
    return { view: this.#buffers.view.length, impression: this.#buffers.impression.length };
  }

  get counts(): CollectorCounts {
    return structuredClone(this.#counts);
  }

  async #run(): Promise<void> {
    // Begins a tick later, so that a beacon's events travel together.
    await Promise.resolve();
    while (collectedMetrics.some((metric) => this.#buffers[metric].length > 0)) {
      await this.#untilDue();
      const batches = collectedMetrics.flatMap((metric) => this.#take(metric).map((events) => ({ metric, events })));
      await Promise.all(batches.map(({ metric, events }) => this.#deliver(metric, events)));
    }
    // Cleared in the same tick as the buffers were seen empty: an event added later starts a new run.
    this.#running = undefined;
  }

  async #untilDue(): Promise<void> {
    const sinceLastMs = Math.max(0, this.#edges.now() - this.#roundBeganAtMs);
    const isFull = collectedMetrics.some((metric) => this.#buffers[metric].length >= FULL_ROUND_EVENTS);
    if (sinceLastMs < this.#windowMs && !isFull) {
      this.#full = new AbortController();
      const early = AbortSignal.any([this.#full.signal, this.#hurry.signal]);
      await this.#edges.sleep(this.#windowMs - sinceLastMs, early);
    }
    this.#roundBeganAtMs = this.#edges.now();
  }

  /** What a round forwards of a metric, request by request. */
  #take(metric: CollectedMetric): ForwardedEvent[][] {
    const buffer = this.#buffers[metric];
    const oldest = this.#edges.now() - GIVE_UP_AFTER_MS;
    const firstInTime = buffer.findIndex((event) => event.at >= oldest);
    const expired = buffer.splice(0, firstInTime === -1 ? buffer.length : firstInTime);
    if (expired.length > 0) this.#lose(metric, 'gaveUp', expired.length, 'waited longer than 30 minutes');
    const batches: ForwardedEvent[][] = [];
    while (buffer.length > 0 && batches.length < REQUESTS_PER_ROUND) {
      batches.push(buffer.splice(0, MAX_EVENTS_PER_REQUEST));
    }
    return batches;
  }

  async #deliver(metric: CollectedMetric, events: ForwardedEvent[]): Promise<void> {
    const batch: ForwardedMetrics = { requestId: this.#edges.newRequestId(), events };
    const giveUpAtMs = this.#edges.now() + GIVE_UP_AFTER_MS;
    for (let attempt = 0; ; attempt += 1) {
      if (this.#stop.signal.aborted) return this.#lose(metric, 'unsentAtExit', events.length, 'the process ends');
      if (this.#edges.now() >= giveUpAtMs) return this.#lose(metric, 'gaveUp', events.length, 'no acknowledgement');
      const outcome = await this.#attempt(metric, batch, attempt);
      if (outcome.type === 'acknowledged') {
        if (metric === 'view') this.#seen.learn(events, outcome.verdicts);
        return this.#acknowledge(metric, outcome.verdicts);
      }
      if (outcome.type === 'rejected') return this.#lose(metric, 'rejected', events.length, outcome.reason);
      if (attempt === 0) this.#edges.log.warn({ metric, reason: outcome.reason }, 'Metrics will be forwarded later');
      await this.#waitForRetry(attempt, outcome.retryAfterMs);
    }
  }

  async #attempt(metric: CollectedMetric, batch: ForwardedMetrics, attempt: number): Promise<SendOutcome> {
    this.#counts.requests += 1;
    if (attempt > 0) this.#counts.retries += 1;
    try {
      return await this.#edges.send(metric, batch, this.#stop.signal);
    } catch (error) {
      return { type: 'later', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  async #waitForRetry(attempt: number, retryAfterMs: number | undefined): Promise<void> {
    if (this.#hurry.signal.aborted) return this.#edges.sleep(SHUTDOWN_RETRY_MS, this.#stop.signal);
    const backoffMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt, 10));
    const spreadMs = backoffMs * (0.75 + this.#edges.random() / 2);
    await this.#edges.sleep(Math.max(retryAfterMs ?? 0, spreadMs), this.#hurry.signal);
  }

  #acknowledge(metric: CollectedMetric, verdicts: EventVerdict[]): void {
    const counts = this.#counts.acknowledged[metric];
    for (const verdict of verdicts) counts[verdict] = (counts[verdict] ?? 0) + 1;
  }

  #lose(metric: CollectedMetric, reason: LossReason, events: number, detail: string): void {
    this.#counts.lost[metric][reason] += events;
    this.#edges.log.warn({ metric, events, reason, detail }, 'Metrics were dropped');
  }
}
