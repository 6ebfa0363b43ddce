import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type SignUp, sessionAnswerSchema } from '@convene/common/api';
import { makeFormStamp } from '@convene/common/forms';
import { metricsAnswerSchema } from '@convene/common/metrics';
import { Client } from 'pg';
import type { SoakStack } from './stack';

/** Of the demo, which the seed makes. */
const PASSWORD = 'convene-demo-1';

export type Actor = 'pages' | 'beacons' | 'sign-ups' | 'bookings' | 'moderation';
export type Book = { asked: number; failed: number; failedInFaults: number; problems: string[] };

type Listings = { paths: string[]; locations: { id: number }[]; events: { id: number }[]; clients: string[] };

const readListings = async (databaseUrl: string): Promise<Listings> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const live = async (kind: string, condition = 'true') =>
      (
        await client.query<{ id: number; slug: string }>(
          `SELECT id, slug FROM ${kind} WHERE _status = 'published' AND moderation_status = 'approved' AND ${condition}
           ORDER BY id LIMIT 40`,
        )
      ).rows;
    const [locations, events, services] = [
      await live('locations', 'owner_id IS NOT NULL'),
      await live('events', 'starts_at > now() AND owner_id IS NOT NULL'),
      await live('services'),
    ];
    const { rows: clients } = await client.query<{ email: string }>(
      `SELECT email FROM users WHERE email LIKE '%@convene.example' AND NOT EXISTS
         (SELECT FROM users_roles WHERE parent_id = users.id AND value <> 'client') ORDER BY id`,
    );
    const pathsOf = (kind: string, rows: { slug: string }[]) => rows.map(({ slug }) => `/${kind}/${slug}`);
    return {
      paths: [
        '/',
        '/locations',
        '/events',
        '/services',
        ...pathsOf('locations', locations),
        ...pathsOf('events', events),
        ...pathsOf('services', services),
      ],
      locations,
      events,
      clients: clients.map(({ email }) => email),
    };
  } finally {
    await client.end();
  }
};

/**
 * People who use the site all at once, until they are told to stop. What they were told is done is noted, to be held
 * against the database, Redis and the mailbox at the end.
 */
export class Traffic {
  readonly books: Record<Actor, Book>;
  /** Views that were acknowledged as counted. */
  viewsCounted = 0;
  /** Addresses whose sign-up was accepted. */
  readonly signedUp: string[] = [];
  /** Ids of bookings that were made. */
  bookingsMade = 0;
  #inFault = false;
  #running = true;
  readonly #stack: SoakStack;
  readonly #listings: Listings;
  #people = 0;

  private constructor(stack: SoakStack, listings: Listings) {
    this.#stack = stack;
    this.#listings = listings;
    const book = (): Book => ({ asked: 0, failed: 0, failedInFaults: 0, problems: [] });
    this.books = { pages: book(), beacons: book(), 'sign-ups': book(), bookings: book(), moderation: book() };
  }

  static async prepare(stack: SoakStack): Promise<Traffic> {
    return new Traffic(stack, await readListings(stack.context.databaseUrl));
  }

  /** Failures from now on are those of a fault, or of none. */
  setFault(inFault: boolean): void {
    this.#inFault = inFault;
  }

  stop(): void {
    this.#running = false;
  }

  /** Resolves when everybody has gone home. */
  async run(): Promise<void> {
    await Promise.all([
      this.#loop('pages', 120, () => this.#readPage()),
      this.#loop('pages', 150, () => this.#readPage()),
      this.#loop('beacons', 40, () => this.#view()),
      this.#loop('beacons', 40, () => this.#view()),
      this.#loop('sign-ups', 2_500, () => this.#signUp()),
      this.#loop('bookings', 3_000, () => this.#book()),
      this.#loop('moderation', 9_000, () => this.#moderate()),
    ]);
  }

  async #loop(actor: Actor, pauseMs: number, act: () => Promise<void>): Promise<void> {
    const book = this.books[actor];
    while (this.#running) {
      const began = this.#inFault;
      book.asked += 1;
      try {
        await act();
      } catch (error) {
        if (began || this.#inFault) book.failedInFaults += 1;
        else {
          book.failed += 1;
          if (book.problems.length < 5) book.problems.push(error instanceof Error ? error.message : String(error));
        }
      }
      await delay(pauseMs);
    }
  }

  async #call(url: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(20_000) });
    if (!answer.ok)
      throw new Error(
        `${init.method ?? 'GET'} ${new URL(url).pathname}: ${answer.status} ${(await answer.text()).slice(0, 200)}`,
      );
    return answer;
  }

  /** Somebody's request to the backend, as the site makes it for them. */
  #post(path: string, body: unknown, token?: string): Promise<Response> {
    this.#people += 1;
    return this.#call(`${this.#stack.origin('backend')}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-convene-service-token': this.#stack.secret('SERVICE_TOKEN'),
        'x-convene-client-ip': `10.9.${Math.floor(this.#people / 250) % 250}.${this.#people % 250}`,
        ...(token ? { authorization: `JWT ${token}` } : {}),
      },
      body: JSON.stringify(body),
    });
  }

  #proof() {
    return { stamp: makeFormStamp(this.#stack.secret('SERVICE_TOKEN'), new Date(Date.now() - 5_000)), homepage: '' };
  }

  #any<T>(values: readonly T[]): T {
    const value = values[Math.floor(Math.random() * values.length)];
    if (value === undefined) throw new Error('the demo has nothing of the kind');
    return value;
  }

  async #readPage(): Promise<void> {
    const path = this.#any(this.#listings.paths);
    const answer = await this.#call(`${this.#stack.origin('frontend')}${path}`);
    const html = await answer.text();
    if (!html.includes('</html>')) throw new Error(`${path}: half a page`);
  }

  /** As the collector: one request id, sent again until it is acknowledged. */
  async #view(): Promise<void> {
    const body = {
      requestId: randomUUID(),
      events: Array.from({ length: 5 }, () => ({
        kind: 'locations',
        listingId: this.#any(this.#listings.locations).id,
        at: Date.now(),
        visitor: { sessionId: randomUUID() },
      })),
    };
    let failure: unknown;
    for (let attempt = 0; attempt < 60; attempt += 1) {
      try {
        const answer = await this.#post('/api/metrics/view', body);
        const { verdicts } = metricsAnswerSchema.parse(await answer.json());
        this.viewsCounted += verdicts.filter((verdict) => verdict === 'counted').length;
        // A first try that failed outside a fault is a failure, though nothing is lost by it.
        if (failure) throw failure;
        return;
      } catch (error) {
        if (failure === error) throw error;
        failure = error;
        await delay(1_000);
      }
    }
    throw new Error('events were never acknowledged');
  }

  async #signUp(): Promise<void> {
    const email = `soak-${randomUUID()}@example.com`;
    const body: SignUp = { displayName: 'Soak Visitor', email, password: 'a long enough password', locale: 'en' };
    await this.#post('/api/auth/sign-up', { ...body, form: this.#proof() });
    this.signedUp.push(email);
  }

  async #signIn(email: string): Promise<string> {
    const answer = await this.#post('/api/auth/sign-in', { email, password: PASSWORD });
    return sessionAnswerSchema.parse(await answer.json()).token;
  }

  async #book(): Promise<void> {
    // By turns: one person alone would soon have booked as often as one may.
    const { clients } = this.#listings;
    const token = await this.#signIn(clients[this.bookingsMade % clients.length] ?? '');
    // Each an hour of its own, years away, so that none meets another.
    const hour = Date.now() + 86_400_000 * 365 + this.bookingsMade * 7_200_000;
    const startsAt = new Date(Math.ceil(hour / 3_600_000) * 3_600_000);
    const body = {
      kind: 'locations',
      listingId: this.#any(this.#listings.locations).id,
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + 3_600_000).toISOString(),
      form: this.#proof(),
    };
    this.bookingsMade += 1;
    await this.#post('/api/bookings', body, token);
  }

  async #moderate(): Promise<void> {
    const token = await this.#signIn('moderator@convene.example');
    const { id } = this.#any(this.#listings.locations);
    const answer = await this.#call(`${this.#stack.origin('backend')}/api/locations/${id}?depth=0`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', authorization: `JWT ${token}` },
      body: JSON.stringify({ tier: Math.random() < 0.5 ? 'standard' : 'recommended' }),
    });
    await answer.arrayBuffer();
  }
}
