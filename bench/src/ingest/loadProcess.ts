/** Sends requests, in a process of its own so that it shares no event loop with what it measures. */
import { setTimeout as pause } from 'node:timers/promises';
import { metricsAnswerSchema } from '@convene/common/metrics';
import { Client, type Dispatcher, Pool } from 'undici';
import { quantile } from '../lib/table';
import { type LoadOrder, type LoadResult, loadOrderSchema } from './loadMessages';
import { eventsPerRequest, RequestMaker } from './requests';

const ANSWER_TIMEOUT_MS = 60_000;

const maker = new RequestMaker(process.argv[2] ?? '');

type Answer = { status: number; text: string };
/** How long was measured, and how many requests were sent in that time. */
type Measured = { seconds: number; requests: number };

const CONNECTING_AT_ONCE = 16;

const send = (dispatcher: Dispatcher, order: LoadOrder): Promise<Answer> => {
  const { headers, body } = maker.make(order.shape);
  return new Promise((resolve, reject) => {
    let status = 0;
    const chunks: Buffer[] = [];
    dispatcher.dispatch(
      { method: 'POST', path: order.path, headers, body },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_, statusCode) => {
          status = statusCode;
        },
        onResponseData: (_, chunk) => chunks.push(chunk),
        onResponseEnd: () => resolve({ status, text: Buffer.concat(chunks).toString() }),
        onResponseError: (_, error) => reject(error),
      },
    );
  });
};

const bump = (tally: Record<string, number>, name: string, by = 1): void => {
  tally[name] = (tally[name] ?? 0) + by;
};

/** Runs one order and tells what came of it. */
class Run {
  readonly #order: LoadOrder;
  readonly #pool: Pool;
  readonly #allCounted: string;
  #latenciesMs: number[] = [];
  readonly #statuses: Record<string, number> = {};
  readonly #verdicts: Record<string, number> = {};
  #lost = 0;
  #sent = 0;
  #open = 0;
  #mostOpen = 0;

  constructor(order: LoadOrder) {
    this.#order = order;
    this.#pool = new Pool(order.origin, {
      connections: order.connections,
      pipelining: 1,
      headersTimeout: ANSWER_TIMEOUT_MS,
      bodyTimeout: ANSWER_TIMEOUT_MS,
    });
    const verdicts = Array.from({ length: eventsPerRequest[order.shape] }, () => 'counted');
    this.#allCounted = `"verdicts":${JSON.stringify(verdicts)}}`;
  }

  async run(): Promise<LoadResult> {
    const { seconds, requests } = await (this.#order.arrivalsPerSecond === undefined
      ? this.#closedLoop()
      : this.#openLoop(this.#order.arrivalsPerSecond));
    await this.#pool.close();
    this.#latenciesMs.sort((a, b) => a - b);
    return {
      seconds,
      requests,
      statuses: this.#statuses,
      verdicts: this.#verdicts,
      lost: this.#lost,
      mostOpen: this.#mostOpen,
      p50Ms: quantile(this.#latenciesMs, 0.5),
      p99Ms: quantile(this.#latenciesMs, 0.99),
    };
  }

  async #one(dispatcher: Dispatcher, dueAtMs = performance.now()): Promise<void> {
    this.#sent += 1;
    this.#open += 1;
    this.#mostOpen = Math.max(this.#mostOpen, this.#open);
    try {
      const { status, text } = await send(dispatcher, this.#order);
      this.#latenciesMs.push(performance.now() - dueAtMs);
      bump(this.#statuses, String(status));
      if (status === 200) this.#count(text);
    } catch {
      this.#lost += 1;
    } finally {
      this.#open -= 1;
    }
  }

  #count(text: string): void {
    // Almost always; reading the JSON of each would slow down the sender.
    if (text.endsWith(this.#allCounted)) {
      bump(this.#verdicts, 'counted', eventsPerRequest[this.#order.shape]);
      return;
    }
    const answer = metricsAnswerSchema.safeParse(JSON.parse(text));
    for (const verdict of answer.data?.verdicts ?? []) bump(this.#verdicts, verdict);
  }

  /** Each connection sends when it was answered. */
  async #closedLoop(): Promise<Measured> {
    const clients = await this.#connected();
    const { until } = this.#order;
    const startedAt = performance.now();
    const endsAt = 'seconds' in until ? startedAt + until.seconds * 1_000 : Number.POSITIVE_INFINITY;
    const most = 'requests' in until ? until.requests : Number.POSITIVE_INFINITY;
    const sentBefore = this.#sent;
    this.#latenciesMs = [];
    await Promise.all(
      clients.map(async (client) => {
        while (this.#sent < most && performance.now() < endsAt) await this.#one(client);
      }),
    );
    const measured = { seconds: (performance.now() - startedAt) / 1_000, requests: this.#sent - sentBefore };
    await Promise.all(clients.map((client) => client.close()));
    return measured;
  }

  /**
   * A connection each, since a pool lets some requests wait for the others' connections; each has been answered once.
   * A busy Node server accepts one connection a turn of its event loop: connecting during the measurement, some would
   * wait for seconds that have nothing to do with what is measured.
   */
  async #connected(): Promise<Client[]> {
    const clients: Client[] = [];
    for (let index = 0; index < this.#order.connections; index += CONNECTING_AT_ONCE) {
      const together = Array.from(
        { length: Math.min(CONNECTING_AT_ONCE, this.#order.connections - index) },
        () => new Client(this.#order.origin, { pipelining: 1 }),
      );
      await Promise.all(together.map((client) => this.#one(client)));
      clients.push(...together);
    }
    return clients;
  }

  async #openLoop(arrivalsPerSecond: number): Promise<Measured> {
    const { until } = this.#order;
    const total = 'requests' in until ? until.requests : until.seconds * arrivalsPerSecond;
    const startedAt = performance.now();
    const open: Promise<void>[] = [];
    for (let index = 0; index < total; index += 1) {
      const dueAtMs = startedAt + (index * 1_000) / arrivalsPerSecond;
      const waitMs = dueAtMs - performance.now();
      if (waitMs > 1) await pause(waitMs);
      open.push(this.#one(this.#pool, dueAtMs));
    }
    await Promise.all(open);
    return { seconds: (performance.now() - startedAt) / 1_000, requests: total };
  }
}

process.on('message', (message) => {
  void new Run(loadOrderSchema.parse(message)).run().then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());
