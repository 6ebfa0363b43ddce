import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { counterKey } from '@convene/common/keys';
import { metricsAnswerSchema } from '@convene/common/metrics';
import { utcDayOf } from '@convene/common/time';
import type { Backend } from './backends';

const RETRY_MS = 25;
const GIVE_UP_MS = 120_000;
const ANSWER_WITHIN_MS = 20_000;

type Books = {
  /** Increments that were acknowledged, by counter. */
  acknowledged: Map<string, number>;
  requests: number;
  retries: number;
  events: number;
  /** Requests that were given up: their events may count once or not at all. */
  givenUp: string[];
  /** Views of visitors that nobody else is, and that were called anything but counted: lost, if there is one. */
  wrongVerdicts: string[];
};

/**
 * Visitors who send views and impressions under request ids, to whichever backend lives, and again until they are
 * acknowledged. No two views share a visitor, so each must be counted.
 */
export const startVisitors = ({
  backends,
  serviceToken,
  listings,
  senders,
  events: target,
}: {
  backends: Backend[];
  serviceToken: string;
  listings: number;
  senders: number;
  /** As many are sent at full speed; from then on only now and then, until stopped. */
  events: number;
}): { books: Books; reached: Promise<unknown>; stop: () => Promise<void> } => {
  const books: Books = {
    acknowledged: new Map(),
    requests: 0,
    retries: 0,
    events: 0,
    givenUp: [],
    wrongVerdicts: [],
  };
  let isOver = false;
  let onReached: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    onReached = resolve;
  });
  const headers = { 'content-type': 'application/json', 'x-convene-service-token': serviceToken };

  const post = async (origin: string, metric: string, body: string): Promise<unknown> => {
    const answer = await fetch(`${origin}/api/metrics/${metric}`, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const json: unknown = await answer.json();
    if (answer.ok) return json;
    if (answer.status < 500) throw new RangeError(`refused with ${answer.status}: ${JSON.stringify(json)}`);
    return undefined;
  };

  const untilAcknowledged = async (requestId: string, metric: string, body: string): Promise<string[] | undefined> => {
    const startedAt = performance.now();
    for (let attempt = 0; performance.now() - startedAt < GIVE_UP_MS; attempt += 1) {
      if (attempt > 0) {
        books.retries += 1;
        await pause(RETRY_MS);
      }
      const origin = backends[Math.floor(Math.random() * backends.length)]?.running?.origin;
      if (!origin) continue;
      try {
        const answer = metricsAnswerSchema.safeParse(await post(origin, metric, body));
        if (answer.success && answer.data.requestId === requestId) return answer.data.verdicts;
      } catch (error) {
        // A connection that broke, or a time that ran out; what was refused would be refused again.
        if (error instanceof RangeError) throw error;
      }
    }
    return undefined;
  };

  const sendOne = async (): Promise<void> => {
    const requestId = randomUUID();
    const metric = Math.random() < 0.5 ? 'view' : 'impression';
    const at = Date.now();
    const events = Array.from({ length: 1 + Math.floor(Math.random() * 20) }, () => ({
      kind: 'locations' as const,
      listingId: 1 + Math.floor(Math.random() * listings),
      at,
      visitor: { sessionId: randomUUID() },
    }));
    books.requests += 1;
    const verdicts = await untilAcknowledged(requestId, metric, JSON.stringify({ requestId, events }));
    if (!verdicts) {
      books.givenUp.push(requestId);
      return;
    }
    for (const [index, { kind, listingId }] of events.entries()) {
      if (verdicts[index] !== 'counted') {
        books.wrongVerdicts.push(`${requestId}: ${verdicts[index]}`);
        continue;
      }
      const day = utcDayOf(new Date(at));
      const key = counterKey({ kind, listingId, metric: metric === 'view' ? 'views' : 'impressions', day });
      books.acknowledged.set(key, (books.acknowledged.get(key) ?? 0) + 1);
      books.events += 1;
    }
    if (books.events >= target) onReached();
  };

  const loops = Array.from({ length: senders }, async () => {
    while (!isOver) {
      await sendOne();
      if (books.events >= target) await pause(100);
    }
  });
  return {
    books,
    reached: Promise.race([reached, Promise.all(loops)]),
    stop: async () => {
      isOver = true;
      await Promise.all(loops);
    },
  };
};
