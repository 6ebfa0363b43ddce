/**
 * Stops calls to something that keeps failing. After `failuresToOpen` failures in a row nothing is let through for
 * `openForMs`; then one call at a time may try again, and its success closes the circuit.
 */
export class CircuitBreaker {
  readonly #options: { failuresToOpen: number; openForMs: number; now: () => number };
  #failuresInARow = 0;
  #openUntilMs = 0;

  constructor(options: { failuresToOpen: number; openForMs: number; now: () => number }) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#options.now() < this.#openUntilMs;
  }

  /** May a call be made? Where the circuit has just cooled down, the one that asks first is the probe. */
  allows(): boolean {
    if (this.#failuresInARow < this.#options.failuresToOpen) return true;
    if (this.isOpen) return false;
    this.#openUntilMs = this.#options.now() + this.#options.openForMs;
    return true;
  }

  succeeded(): void {
    this.#failuresInARow = 0;
    this.#openUntilMs = 0;
  }

  /** Returns true when this failure opened the circuit. */
  failed(): boolean {
    this.#failuresInARow += 1;
    if (this.#failuresInARow < this.#options.failuresToOpen) return false;
    const wasOpen = this.isOpen;
    this.#openUntilMs = this.#options.now() + this.#options.openForMs;
    return !wasOpen;
  }
}
