import type { EventVerdict, ForwardedEvent } from '@convene/common/metrics';
import { utcDayOf } from '@convene/common/time';

/** Some days of a busy site; a few megabytes. */
const MAX_REMEMBERED = 20_000;

const settled: ReadonlySet<EventVerdict> = new Set(['counted', 'duplicate']);

/** Null for a visitor of whom nothing is known that would tell one from another. */
const keyOf = ({ kind, listingId, at, visitor: { userId, sessionId } }: ForwardedEvent): string | null => {
  if (userId === undefined && sessionId === undefined) return null;
  const visitor = userId === undefined ? `session:${sessionId}` : `user:${userId}`;
  return `${utcDayOf(new Date(at))}:${kind}:${listingId}:${visitor}`;
};

/**
 * The views that the backend has told to be counted, by listing, UTC day and visitor: it would call them duplicates from
 * now on, so they need not be sent again. Only a saving; whether a view counts is decided by the backend alone. Forgets
 * the oldest where there are too many.
 */
export class SeenViews {
  readonly #keys = new Set<string>();
  readonly #limit: number;

  constructor(limit = MAX_REMEMBERED) {
    this.#limit = limit;
  }

  has(event: ForwardedEvent): boolean {
    const key = keyOf(event);
    return key !== null && this.#keys.has(key);
  }

  /** Remembers what was acknowledged as counted, now or before. */
  learn(events: ForwardedEvent[], verdicts: EventVerdict[]): void {
    for (const [index, event] of events.entries()) {
      const key = keyOf(event);
      const verdict = verdicts[index];
      if (key === null || verdict === undefined || !settled.has(verdict)) continue;
      this.#keys.add(key);
      if (this.#keys.size > this.#limit) {
        const [oldest = key] = this.#keys;
        this.#keys.delete(oldest);
      }
    }
  }
}
