/**
 * Counts the commands that a Redis client sends, as Upstash bills them: a pipeline of n counts n, a script one,
 * a blocking call one. Nothing is sent to Redis to know it.
 */
export class CommandCounter {
  readonly app: string;
  readonly #counts = new Map<string, number>();
  readonly #taken = new Map<string, number>();

  /** @param app who sends, as it is shown in the budget: `backend`, `backend-queue`, `worker`, `frontend` */
  constructor(app: string) {
    this.app = app;
  }

  count(command: string, times = 1): void {
    const name = command.toLowerCase();
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + times);
  }

  /** Commands by name since the process began. */
  totals(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => a.localeCompare(b)));
  }

  total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Commands by name since the last call of this method; give them back by {@link untake} if they can't be kept. */
  take(): Record<string, number> {
    const taken: Record<string, number> = {};
    for (const [name, count] of this.#counts) {
      const fresh = count - (this.#taken.get(name) ?? 0);
      if (fresh > 0) taken[name] = fresh;
      this.#taken.set(name, count);
    }
    return taken;
  }

  untake(taken: Record<string, number>): void {
    for (const [name, count] of Object.entries(taken)) this.#taken.set(name, (this.#taken.get(name) ?? 0) - count);
  }
}
