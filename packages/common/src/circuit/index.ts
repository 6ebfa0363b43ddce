type Settings = { failuresToOpen: number; firstPauseMs: number; longestPauseMs: number; now: () => number };

/**
 * Stops asking a service that does not answer. Closed: everything passes. Open, after a number of failures in a row:
 * nothing passes for a while. Then one call is let through, and its outcome closes the circuit or doubles the pause.
 */
export class CircuitBreaker {
  readonly #settings: Settings;
  #failuresInRow = 0;
  #pauseMs: number;
  #openUntilMs: number | undefined;
  #trialUnderWay = false;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#pauseMs = settings.firstPauseMs;
  }

  get isOpen(): boolean {
    return this.#openUntilMs !== undefined;
  }

  /** May a call be made now? One that was let through must be followed by {@link succeeded} or {@link failed}. */
  tryPass(): boolean {
    if (this.#openUntilMs === undefined) return true;
    if (this.#trialUnderWay || this.#settings.now() < this.#openUntilMs) return false;
    this.#trialUnderWay = true;
    return true;
  }

  /** Milliseconds until a call may pass again; 0 where it may now. */
  waitMs(): number {
    return this.#openUntilMs === undefined ? 0 : Math.max(0, this.#openUntilMs - this.#settings.now());
  }

  succeeded(): void {
    this.#failuresInRow = 0;
    this.#pauseMs = this.#settings.firstPauseMs;
    this.#openUntilMs = undefined;
    this.#trialUnderWay = false;
  }

  /** @returns whether this failure opened the circuit: worth one line in a log */
  failed(): boolean {
    this.#failuresInRow += 1;
    const wasOpen = this.#openUntilMs !== undefined;
    // A call that began before the circuit opened says nothing new.
    if (wasOpen && !this.#trialUnderWay) return false;
    if (!wasOpen && this.#failuresInRow < this.#settings.failuresToOpen) return false;
    if (wasOpen) this.#pauseMs = Math.min(this.#pauseMs * 2, this.#settings.longestPauseMs);
    this.#trialUnderWay = false;
    this.#openUntilMs = this.#settings.now() + this.#pauseMs;
    return !wasOpen;
  }
}
