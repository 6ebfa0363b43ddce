import { randomUUID } from 'node:crypto';
import type { DirectMetrics, ForwardedMetrics, ListingRef } from '@convene/common/metrics';

/** Ids 1 to this; the bench puts them into Postgres. */
export const LISTINGS = 1_000;

/**
 * `direct`: a browser tells of one listing, without the service token. `single` and `batch`: the frontend forwards one
 * event, or 20 at once.
 */
export const shapes = ['direct', 'single', 'batch'] as const;
export type Shape = (typeof shapes)[number];
export const eventsPerRequest: Record<Shape, number> = { direct: 1, single: 1, batch: 20 };

/** As `endpoints/http.ts` of the backend knows it. */
const SERVICE_TOKEN_HEADER = 'x-convene-service-token';
const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

export type Outgoing = { headers: Record<string, string>; body: string };

const listingOf = (event: number): ListingRef => ({ kind: 'locations', listingId: 1 + (event % LISTINGS) });

/** Networks, so many that none meets the limit of an address: the last octet is masked. */
const NETWORKS = 60_000;
const addressOf = (event: number): string => {
  const network = event % NETWORKS;
  return `10.${Math.floor(network / 250)}.${network % 250}.7`;
};

/**
 * The bodies and headers of requests, each event of a visitor and listing that were never there before, so that every
 * view counts.
 */
export class RequestMaker {
  #events = 0;
  readonly #serviceToken: string;

  constructor(serviceToken: string) {
    this.#serviceToken = serviceToken;
  }

  make(shape: Shape): Outgoing {
    return shape === 'direct' ? this.#direct() : this.#forwarded(eventsPerRequest[shape]);
  }

  #direct(): Outgoing {
    const event = this.#events;
    this.#events += 1;
    const listing = listingOf(event + Math.floor(event / NETWORKS));
    const body: DirectMetrics = { ...listing, requestId: randomUUID() };
    return {
      headers: {
        'content-type': 'application/json',
        'user-agent': USER_AGENT,
        'accept-language': 'en-GB,en;q=0.9',
        // What the one trusted proxy appends.
        'x-forwarded-for': addressOf(event),
      },
      body: JSON.stringify(body),
    };
  }

  #forwarded(count: number): Outgoing {
    const at = Date.now();
    const body: ForwardedMetrics = {
      requestId: randomUUID(),
      events: Array.from({ length: count }, () => {
        const event = this.#events;
        this.#events += 1;
        return { ...listingOf(event), at, visitor: { sessionId: `visitor-${event}` } };
      }),
    };
    return {
      headers: { 'content-type': 'application/json', [SERVICE_TOKEN_HEADER]: this.#serviceToken },
      body: JSON.stringify(body),
    };
  }
}
