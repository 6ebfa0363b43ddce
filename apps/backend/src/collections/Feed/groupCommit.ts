import { MAX_EVENTS_PER_COMMIT } from '@convene/common/metrics';
import { type Executed, isRedisReplyError, isRedisUnavailable } from '../../utils/redisErrors';
import type { RecordRequest, RecordVerdict } from './scripts/record';

/** What became of a request: in Redis with a verdict per event, or not (certainly, or as far as anyone knows). */
export type CommitOutcome =
  | { type: 'recorded'; verdicts: RecordVerdict[] }
  | { type: 'unavailable'; executed: Executed; retryAfterSeconds: number }
  | { type: 'fault'; executed: Executed; error: unknown };

export type CommitClock = {
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
  /** Calls back once after `ms`; returns what calls it off. */
  after: (ms: number, callback: () => void) => () => void;
};

export type GroupCommitSettings = {
  /** The least time between the beginnings of two writes, unless a write is full. */
  windowMs: number;
  write: (requests: RecordRequest[]) => Promise<RecordVerdict[][]>;
  maxEventsPerWrite?: number;
  maxRequestsHeld?: number;
  clock?: CommitClock;
};

type Held = { request: RecordRequest; settle: (outcome: CommitOutcome) => void; outcome: Promise<CommitOutcome> };

const systemClock: CommitClock = {
  now: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Did Redis certainly count nothing? `ERR` is too many things to say so. */
const isRefusal = (error: unknown): boolean => isRedisReplyError(error) && error.code !== 'ERR';

const withoutVerdict: CommitOutcome = {
  type: 'fault',
  executed: 'unknown',
  error: new Error('a request was written and got no verdict'),
};

const hold = (request: RecordRequest): Held => {
  let settle: Held['settle'] = () => undefined;
  const outcome = new Promise<CommitOutcome>((resolve) => {
    settle = resolve;
  });
  return { request, settle, outcome };
};

/**
 * Writes what arrives within a window by one command, so that the number of commands is bounded by time and not by
 * traffic: at most one write a window, and one more for every full write.
 *
 * A request after a quiet spell is written at once. While a write is on its way the next ones wait: there is never
 * more than one. Whoever submits waits until the request is in Redis; nothing is taken that could be lost. Requests
 * are written whole.
 */
export class GroupCommit {
  readonly #windowMs: number;
  readonly #write: GroupCommitSettings['write'];
  readonly #maxEvents: number;
  readonly #maxHeld: number;
  readonly #clock: CommitClock;
  /** All that waits for an answer, by request id. */
  readonly #held = new Map<string, Held>();
  #waiting: Held[] = [];
  #isWriting = false;
  #isDue = false;
  #eventsWaiting = 0;
  #lastWriteAt = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | undefined;
  #stopped = false;
  #whenEmpty: (() => void)[] = [];

  constructor({
    windowMs,
    write,
    maxEventsPerWrite = MAX_EVENTS_PER_COMMIT,
    maxRequestsHeld = 1_000,
    clock = systemClock,
  }: GroupCommitSettings) {
    this.#windowMs = windowMs;
    this.#write = write;
    this.#maxEvents = maxEventsPerWrite;
    this.#maxHeld = maxRequestsHeld;
    this.#clock = clock;
  }

  /** Requests that wait for their answer. */
  get held(): number {
    return this.#held.size;
  }

  /** Takes the request and answers once it is in Redis, or can't be put there. Never throws for Redis' sake. */
  submit(request: RecordRequest): Promise<CommitOutcome> {
    if (request.events.length > this.#maxEvents) {
      throw new RangeError(`A request holds at most ${this.#maxEvents} events, not ${request.events.length}.`);
    }
    const same = this.#held.get(request.requestId);
    if (same) return same.outcome;
    if (this.#stopped || this.held >= this.#maxHeld) return Promise.resolve(this.#refusal());
    const held = hold(request);
    this.#held.set(request.requestId, held);
    this.#waiting.push(held);
    this.#eventsWaiting += request.events.length;
    this.#schedule();
    return held.outcome;
  }

  /** Takes nothing more, writes what it holds without waiting for the window, and resolves when that is done. */
  stop(): Promise<void> {
    this.#stopped = true;
    if (this.held === 0) return Promise.resolve();
    const empty = new Promise<void>((resolve) => this.#whenEmpty.push(resolve));
    this.#schedule();
    return empty;
  }

  #refusal(): CommitOutcome {
    return { type: 'unavailable', executed: 'no', retryAfterSeconds: Math.max(1, Math.ceil(this.#windowMs / 1_000)) };
  }

  #schedule(): void {
    if (this.#isWriting || this.#isDue || this.#waiting.length === 0) return;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const waitMs = this.#lastWriteAt + this.#windowMs - this.#clock.now();
    if (waitMs <= 0 || this.#stopped || this.#eventsWaiting >= this.#maxEvents) {
      this.#isDue = true;
      // What is submitted in the same breath goes along.
      queueMicrotask(() => void this.#writeNext());
      return;
    }
    this.#cancelTimer = this.#clock.after(waitMs, () => {
      this.#cancelTimer = undefined;
      this.#schedule();
    });
  }

  /** The oldest requests that fit together, a later small one in place of an earlier that does not. */
  #takeNext(): Held[] {
    const taken: Held[] = [];
    const left: Held[] = [];
    let events = 0;
    for (const held of this.#waiting) {
      const size = held.request.events.length;
      if (events + size <= this.#maxEvents) {
        taken.push(held);
        events += size;
      } else {
        left.push(held);
      }
    }
    this.#waiting = left;
    this.#eventsWaiting -= events;
    return taken;
  }

  async #writeNext(): Promise<void> {
    const taken = this.#takeNext();
    this.#isDue = false;
    this.#isWriting = true;
    this.#lastWriteAt = this.#clock.now();
    const outcomes = await this.#outcomesOf(taken);
    this.#isWriting = false;
    for (const [index, held] of taken.entries()) {
      this.#held.delete(held.request.requestId);
      held.settle(outcomes[index] ?? withoutVerdict);
    }
    if (outcomes[0]?.type === 'unavailable') this.#refuseLate();
    if (this.held === 0) for (const resolve of this.#whenEmpty.splice(0)) resolve();
    this.#schedule();
  }

  /**
   * Redis was away for longer than the window: who came meanwhile would wait for its deadline once more, and so longer
   * than a window and one deadline.
   */
  #refuseLate(): void {
    if (this.#stopped || this.#clock.now() - this.#lastWriteAt <= this.#windowMs) return;
    const late = this.#waiting;
    this.#waiting = [];
    this.#eventsWaiting = 0;
    for (const held of late) {
      this.#held.delete(held.request.requestId);
      held.settle(this.#refusal());
    }
  }

  async #outcomesOf(taken: Held[]): Promise<CommitOutcome[]> {
    try {
      const verdicts = await this.#write(taken.map(({ request }) => request));
      return verdicts.map((ofRequest) => ({ type: 'recorded', verdicts: ofRequest }));
    } catch (error) {
      const outcome: CommitOutcome = isRedisUnavailable(error)
        ? { type: 'unavailable', executed: error.executed, retryAfterSeconds: error.retryAfterSeconds ?? 1 }
        : { type: 'fault', executed: isRefusal(error) ? 'no' : 'unknown', error };
      return taken.map(() => outcome);
    }
  }
}
