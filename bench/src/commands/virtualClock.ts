type Timer = { atMs: number; callback: () => void };

/**
 * A clock that moves when it is told to. A timer's callback runs at its time; what it sets going is waited for by
 * `settle` before time goes on.
 */
export class VirtualClock {
  readonly #settle: () => Promise<void>;
  readonly #timers = new Set<Timer>();
  #nowMs = 0;

  constructor(settle: () => Promise<void>) {
    this.#settle = settle;
  }

  now = (): number => this.#nowMs;

  after = (ms: number, callback: () => void): (() => void) => {
    const timer = { atMs: this.#nowMs + ms, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  };

  /** Lets everything happen that is due until then. */
  async advanceTo(ms: number): Promise<void> {
    for (let next = this.#nextTimer(); next && next.atMs <= ms; next = this.#nextTimer()) {
      this.#timers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.callback();
      await this.#settle();
    }
    this.#nowMs = Math.max(this.#nowMs, ms);
  }

  #nextTimer(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (!next || timer.atMs < next.atMs) next = timer;
    return next;
  }
}
