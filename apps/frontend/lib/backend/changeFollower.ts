import { CHANGES_CONTENT_TYPE, LONGEST_SILENCE_MS } from '@convene/common/changes';
import type { Changes } from '@/lib/cache/changes';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

export type ChangeFollowerOptions = {
  /** Of the backend. */
  origin: string;
  serviceToken: string;
  onLost: (error: unknown) => void;
  firstPauseMs?: number;
  now?: () => number;
};

/**
 * Hears from the backend, by one request that stays open, when listings change. Each process of the site has its own,
 * so that each of them shows a change at once. When the stream ends it is asked for again, after a growing pause; until
 * then caches go by time alone.
 */
export class ChangeFollower implements Changes {
  readonly #options: Required<ChangeFollowerOptions>;
  readonly #stopping = new AbortController();
  #changedAt = Number.NEGATIVE_INFINITY;
  #heardAt = Number.NEGATIVE_INFINITY;

  constructor(options: ChangeFollowerOptions) {
    this.#options = { firstPauseMs: FIRST_PAUSE_MS, now: Date.now, ...options };
  }

  /** By the clock, since a host may have held this process still meanwhile. */
  isFollowed = (): boolean => this.#options.now() - this.#heardAt < LONGEST_SILENCE_MS;

  changedAt = (): number => this.#changedAt;

  /** Follows until `stop`. */
  async run(): Promise<void> {
    const { firstPauseMs, onLost } = this.#options;
    let pauseMs = firstPauseMs;
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#follow(() => {
          pauseMs = firstPauseMs;
        });
      } catch (error) {
        if (!this.#stopping.signal.aborted) onLost(error);
      }
      this.#heardAt = Number.NEGATIVE_INFINITY;
      await this.#pause(pauseMs * (0.5 + Math.random()));
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    }
  }

  stop(): void {
    this.#stopping.abort();
  }

  /** Resolves when the backend ends the stream; rejects when it is lost, silent for too long, or refused. */
  async #follow(onConnected: () => void): Promise<void> {
    const silence = new AbortController();
    const fallSilent = () => silence.abort(new Error('the backend has said nothing for too long'));
    let timer = setTimeout(fallSilent, LONGEST_SILENCE_MS);
    try {
      const response = await fetch(`${this.#options.origin}/api/changes`, {
        headers: { accept: CHANGES_CONTENT_TYPE, 'x-convene-service-token': this.#options.serviceToken },
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.any([this.#stopping.signal, silence.signal]),
      });
      if (!response.ok || !response.body) throw new Error(`the backend answered with ${response.status}`);
      onConnected();
      // Something may have been missed before.
      this.#hear({ isChange: true });
      let rest = '';
      for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
        clearTimeout(timer);
        timer = setTimeout(fallSilent, LONGEST_SILENCE_MS);
        const events = (rest + text).split('\n\n');
        rest = events.pop() ?? '';
        this.#hear({ isChange: events.some((event) => event.startsWith('data:')) });
      }
    } finally {
      clearTimeout(timer);
      silence.abort();
    }
  }

  #hear({ isChange }: { isChange: boolean }): void {
    this.#heardAt = this.#options.now();
    if (isChange) this.#changedAt = this.#heardAt;
  }

  #pause(ms: number): Promise<void> {
    const { signal } = this.#stopping;
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      timer.unref();
      signal.addEventListener('abort', done);
    });
  }
}
