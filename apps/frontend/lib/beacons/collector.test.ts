import type { ForwardedEvent, ForwardedMetrics } from '@convene/common/metrics';
import { describe, expect, it, vi } from 'vitest';
import {
  type CollectedMetric,
  Collector,
  type CollectorEdges,
  GIVE_UP_AFTER_MS,
  MAX_BUFFERED_EVENTS,
  type SendOutcome,
} from './collector';
import { SeenViews } from './seenViews';

const startMs = Date.UTC(2026, 10, 24, 12);

type Call = { metric: CollectedMetric; batch: ForwardedMetrics };

const acknowledge = ({ batch }: Call): SendOutcome => ({
  type: 'acknowledged',
  verdicts: batch.events.map(() => 'counted'),
});

/** A collector on a clock of its own: sleeping moves it on. */
const setUp = (
  answer: (call: Call, calls: Call[]) => SendOutcome | Promise<SendOutcome> = acknowledge,
  options?: { windowMs: number },
) => {
  let nowMs = startMs;
  let requests = 0;
  const calls: Call[] = [];
  const sleeps: number[] = [];
  const warn = vi.fn();
  const edges: CollectorEdges = {
    send: async (metric, batch) => {
      const call = { metric, batch };
      calls.push(call);
      return answer(call, calls);
    },
    now: () => nowMs,
    sleep: async (ms) => {
      sleeps.push(ms);
      nowMs += ms;
    },
    newRequestId: () => {
      requests += 1;
      return `00000000-0000-4000-8000-${String(requests).padStart(12, '0')}`;
    },
    random: () => 0.5,
    log: { warn },
  };
  const collector = new Collector(edges, options);
  const event = (listingId: number): ForwardedEvent => ({ kind: 'events', listingId, at: nowMs, visitor: {} });
  return { collector, edges, calls, sleeps, warn, event, advance: (ms: number) => (nowMs += ms) };
};

describe('Collector', () => {
  it('sends what came together as at most one request per metric', async () => {
    const { collector, calls, event } = setUp();
    collector.add('view', event(1));
    void collector.drain();
    collector.add('view', event(2));
    collector.add('impression', event(3));
    await collector.drain();
    expect(calls.map(({ metric, batch }) => [metric, batch.events.length])).toEqual([
      ['view', 2],
      ['impression', 1],
    ]);
    expect(new Set(calls.map(({ batch }) => batch.requestId)).size).toBe(2);
  });

  it('collects while a round is under way, and sends that next', async () => {
    let release: (() => void) | undefined;
    const { collector, calls, event } = setUp(async (call, seen) => {
      if (seen.length === 1) await new Promise<void>((resolve) => (release = resolve));
      return acknowledge(call);
    });
    collector.add('view', event(1));
    const drained = collector.drain();
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    for (let id = 2; id <= 6; id += 1) {
      collector.add('view', event(id));
      void collector.drain();
    }
    expect(calls).toHaveLength(1);
    release?.();
    await drained;
    expect(calls.map(({ batch }) => batch.events.length)).toEqual([1, 5]);
  });

  it('takes up to 200 events of a metric a request', async () => {
    const { collector, calls, event } = setUp();
    for (let id = 1; id <= 450; id += 1) collector.add('impression', event(id));
    await collector.drain();
    expect(calls.map(({ batch }) => batch.events.length)).toEqual([200, 200, 50]);
    expect(calls.flatMap(({ batch }) => batch.events.map(({ listingId }) => listingId))).toEqual(
      Array.from({ length: 450 }, (_, index) => index + 1),
    );
  });

  it('takes up to 1,000 events of a metric a round', async () => {
    const rounds: number[] = [];
    const { collector, event } = setUp(async (call, calls) => {
      const sent = calls.length;
      await new Promise((resolve) => setImmediate(resolve));
      rounds.push(calls.length - sent);
      return acknowledge(call);
    });
    for (let id = 1; id <= 1_250; id += 1) collector.add('view', event(id));
    await collector.drain();
    // Of each request: how many were sent after it and before it was answered.
    expect(rounds).toEqual([4, 3, 2, 1, 0, 1, 0]);
  });

  describe('the window', () => {
    it('lets an event go at once after a quiet spell, and the next ones together when it is over', async () => {
      const { collector, calls, sleeps, event, advance } = setUp(acknowledge, { windowMs: 30_000 });
      collector.add('view', event(1));
      await collector.drain();
      expect(sleeps).toEqual([]);
      advance(10_000);
      collector.add('view', event(2));
      const drained = collector.drain();
      collector.add('view', event(3));
      await drained;
      expect(sleeps).toEqual([20_000]);
      expect(calls.map(({ batch }) => batch.events.length)).toEqual([1, 2]);
      advance(30_000);
      collector.add('view', event(4));
      await collector.drain();
      expect(sleeps).toEqual([20_000]);
    });

    /** Sleeps until it is told to stop. */
    const untilAborted = async (
      start: (collector: Collector, event: (id: number) => ForwardedEvent) => Promise<void>,
    ) => {
      const { collector, edges, event, calls } = setUp(acknowledge, { windowMs: 30_000 });
      collector.add('view', event(1));
      await collector.drain();
      edges.sleep = (_, signal) =>
        new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())));
      collector.add('view', event(2));
      await start(collector, event);
      return calls.map(({ batch }) => batch.events.length);
    };

    it('ends early when a round is full', async () => {
      const sizes = await untilAborted(async (collector, event) => {
        const drained = collector.drain();
        await Promise.resolve();
        for (let id = 3; id <= 1_001; id += 1) collector.add('view', event(id));
        await drained;
      });
      expect(sizes).toEqual([1, 200, 200, 200, 200, 200]);
    });

    it('ends early when the process is told to stop', async () => {
      expect(await untilAborted((collector) => collector.shutdown(1_000))).toEqual([1, 1]);
    });
  });

  it('keeps the request id and the events over retries', async () => {
    const { collector, calls, sleeps, event } = setUp((call, seen) =>
      seen.length < 4 ? { type: 'later', reason: '503 unavailable' } : acknowledge(call),
    );
    collector.add('view', event(7));
    await collector.drain();
    expect(calls).toHaveLength(4);
    expect(new Set(calls.map(({ batch }) => JSON.stringify(batch))).size).toBe(1);
    expect(sleeps).toEqual([500, 1_000, 2_000]);
    expect(collector.counts).toMatchObject({ requests: 4, retries: 3, acknowledged: { view: { counted: 1 } } });
  });

  it('takes a rejected promise for "later"', async () => {
    const { collector, calls, event } = setUp((call, seen) => {
      if (seen.length === 1) throw new TypeError('fetch failed');
      return acknowledge(call);
    });
    collector.add('view', event(1));
    await collector.drain();
    expect(calls).toHaveLength(2);
    expect(collector.counts.acknowledged.view).toEqual({ counted: 1 });
  });

  it('waits as long as the backend asks for', async () => {
    const { collector, sleeps, event } = setUp((call, seen) =>
      seen.length === 1 ? { type: 'later', reason: '503', retryAfterMs: 20_000 } : acknowledge(call),
    );
    collector.add('view', event(1));
    await collector.drain();
    expect(sleeps).toEqual([20_000]);
  });

  it('drops what the backend will never take, counts and logs it, and goes on', async () => {
    const { collector, warn, event } = setUp((call) =>
      call.metric === 'view' ? { type: 'rejected', reason: '400 invalid-input' } : acknowledge(call),
    );
    collector.add('view', event(1));
    collector.add('view', event(2));
    collector.add('impression', event(3));
    await collector.drain();
    expect(collector.counts.lost.view).toEqual({ overflow: 0, rejected: 2, gaveUp: 0, unsentAtExit: 0 });
    expect(collector.counts.acknowledged.impression).toEqual({ counted: 1 });
    expect(warn).toHaveBeenCalledWith(expect.objectContaining({ events: 2, reason: 'rejected' }), expect.any(String));
  });

  it('gives a batch up after 30 minutes, and with it what waited as long', async () => {
    let isBack = false;
    const { collector, calls, event, advance } = setUp((call) => {
      if (isBack) return acknowledge(call);
      return { type: 'later', reason: 'no answer' };
    });
    collector.add('view', event(1));
    collector.add('view', event(2));
    await collector.drain();
    expect(collector.counts.lost.view.gaveUp).toBe(2);
    const [first] = calls;
    expect(calls.every(({ batch }) => batch.requestId === first?.batch.requestId)).toBe(true);

    isBack = true;
    collector.add('view', event(3));
    advance(GIVE_UP_AFTER_MS + 1);
    collector.add('view', event(4));
    await collector.drain();
    expect(calls.at(-1)?.batch.events.map(({ listingId }) => listingId)).toEqual([4]);
    expect(collector.counts.lost.view.gaveUp).toBe(3);
    expect(collector.waiting).toEqual({ view: 0, impression: 0 });
  });

  it('is bounded per metric and counts what finds no room', () => {
    const { collector, event } = setUp();
    for (let id = 1; id <= MAX_BUFFERED_EVENTS; id += 1) expect(collector.add('impression', event(id))).toBe(true);
    expect(collector.add('impression', event(9))).toBe(false);
    expect(collector.add('view', event(9))).toBe(true);
    expect(collector.counts.lost.impression.overflow).toBe(1);
    expect(collector.waiting).toEqual({ view: 1, impression: MAX_BUFFERED_EVENTS });
  });

  it('starts a new run for an event that comes right after one has ended', async () => {
    const { collector, calls, event } = setUp();
    collector.add('view', event(1));
    await collector.drain();
    collector.add('view', event(2));
    await collector.drain();
    expect(calls.map(({ batch }) => batch.events.length)).toEqual([1, 1]);
  });

  it('empties its buffer when the process is told to stop', async () => {
    const { collector, calls, event } = setUp();
    for (let id = 1; id <= 201; id += 1) collector.add('view', event(id));
    await collector.shutdown(1_000);
    expect(calls.map(({ batch }) => batch.events.length)).toEqual([200, 1]);
    expect(collector.isStopping).toBe(true);
    expect(collector.add('view', event(1))).toBe(false);
  });

  it('counts what it could not send before the deadline of a stop', async () => {
    const { collector, event } = setUp(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return { type: 'later', reason: 'no answer' };
    });
    collector.add('view', event(1));
    collector.add('impression', event(2));
    await collector.shutdown(20);
    expect(collector.counts.lost.view.unsentAtExit).toBe(1);
    expect(collector.counts.lost.impression.unsentAtExit).toBe(1);
    expect(collector.waiting).toEqual({ view: 0, impression: 0 });
  });

  it('sends a view once that the backend has counted for that visitor, listing and day', async () => {
    const { collector, calls, event, advance } = setUp(({ batch }) => ({
      type: 'acknowledged',
      verdicts: batch.events.map(({ listingId }) => (listingId === 9 ? 'unknown-listing' : 'counted')),
    }));
    const visit = async (listingId: number, visitor: ForwardedEvent['visitor']) => {
      collector.add('view', { ...event(listingId), visitor });
      await collector.drain();
      return calls.length;
    };
    expect(await visit(1, { sessionId: 'ana' })).toBe(1);
    expect(await visit(1, { sessionId: 'ana' })).toBe(1);
    expect(await visit(1, { sessionId: 'bob' })).toBe(2);
    expect(await visit(2, { sessionId: 'ana' })).toBe(3);
    expect(await visit(1, { sessionId: 'ana', userId: '7' })).toBe(4);
    expect(collector.counts).toMatchObject({
      accepted: { view: 5 },
      acknowledged: { view: { counted: 4, duplicate: 1 } },
    });
    // Nobody in particular, and what did not count: the backend is asked each time.
    expect(await visit(1, {})).toBe(5);
    expect(await visit(1, {})).toBe(6);
    expect(await visit(9, { sessionId: 'ana' })).toBe(7);
    expect(await visit(9, { sessionId: 'ana' })).toBe(8);
    advance(24 * 3_600_000);
    expect(await visit(1, { sessionId: 'ana' })).toBe(9);
  });

  it('sends every impression', async () => {
    const { collector, calls, event } = setUp();
    for (let index = 0; index < 3; index += 1) {
      collector.add('impression', { ...event(1), visitor: { sessionId: 'ana' } });
      await collector.drain();
    }
    expect(calls).toHaveLength(3);
  });
});

describe('SeenViews', () => {
  it('forgets the oldest where there are too many', () => {
    const seen = new SeenViews(2);
    const view = (sessionId: string): ForwardedEvent => ({
      kind: 'events',
      listingId: 1,
      at: startMs,
      visitor: { sessionId },
    });
    seen.learn([view('ana'), view('bob'), view('cleo')], ['counted', 'duplicate', 'counted']);
    expect([view('ana'), view('bob'), view('cleo')].map((event) => seen.has(event))).toEqual([false, true, true]);
  });
});
