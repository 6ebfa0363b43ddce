/** Requests per second in fixed windows, with the headers that Resend sends along. */
export class RateLimit {
  #requestsPerSecond: number | null;
  #window = 0;
  #used = 0;

  constructor(requestsPerSecond: number | null) {
    this.#requestsPerSecond = requestsPerSecond;
  }

  set(requestsPerSecond: number | null): void {
    this.#requestsPerSecond = requestsPerSecond;
    this.#used = 0;
  }

  get requestsPerSecond(): number | null {
    return this.#requestsPerSecond;
  }

  /** Counts one request. @param now epoch milliseconds */
  hit(now: number): { isAllowed: boolean; headers: Record<string, string> } {
    const limit = this.#requestsPerSecond;
    if (limit === null) return { isAllowed: true, headers: {} };
    const window = Math.floor(now / 1000);
    if (window !== this.#window) {
      this.#window = window;
      this.#used = 0;
    }
    this.#used += 1;
    const isAllowed = this.#used <= limit;
    const headers = {
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': String(Math.max(0, limit - this.#used)),
      'ratelimit-reset': '1',
      'ratelimit-policy': `${limit};w=1`,
    };
    return { isAllowed, headers: isAllowed ? headers : { ...headers, 'retry-after': '1' } };
  }
}
