import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RedisReplyError, RedisUnavailable } from '../../utils/redisErrors';
import { type CommitClock, GroupCommit } from './groupCommit';
import type { RecordRequest, RecordVerdict } from './scripts/record';

/** A clock that stands still until it is told to go on; the write takes as long as it is told to. */
const fakeTime = () => {
  let nowMs = 0;
  let nextId = 0;
  const timers = new Map<number, { at: number; callback: () => void }>();
  const clock: CommitClock = {
    now: () => nowMs,
    after: (ms, callback) => {
      const id = nextId;
      nextId += 1;
      timers.set(id, { at: nowMs + ms, callback });
      return () => timers.delete(id);
    },
  };
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const advance = async (ms: number) => {
    const until = nowMs + ms;
    await settle();
    for (;;) {
      const [next] = [...timers].sort(([, a], [, b]) => a.at - b.at);
      if (!next || next[1].at > until) break;
      timers.delete(next[0]);
      nowMs = next[1].at;
      next[1].callback();
      await settle();
    }
    nowMs = until;
  };
  return { clock, advance, settle, now: () => nowMs };
};

const requestOf = (requestId: string, size = 1): RecordRequest => ({
  requestId,
  events: Array.from({ length: size }, () => ({ counterKey: 'some:counter', amount: 1 })),
});

const verdictsOf = (requests: RecordRequest[]): RecordVerdict[][] =>
  requests.map(({ events }) => events.map(() => 'counted'));

const recordingWrite = (time: ReturnType<typeof fakeTime>, durationMs = 0) => {
  const writes: { at: number; ids: string[]; events: number }[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const write = async (requests: RecordRequest[]) => {
    underWay += 1;
    mostUnderWay = Math.max(mostUnderWay, underWay);
    writes.push({
      at: time.now(),
      ids: requests.map(({ requestId }) => requestId),
      events: requests.reduce((sum, { events }) => sum + events.length, 0),
    });
    if (durationMs > 0) await new Promise<void>((resolve) => time.clock.after(durationMs, resolve));
    underWay -= 1;
    return verdictsOf(requests);
  };
  return { write, writes, mostUnderWay: () => mostUnderWay };
};

describe('when it writes', () => {
  test('after a quiet spell at once, then once a window, all that came meanwhile together', async () => {
    const time = fakeTime();
    const { write, writes } = recordingWrite(time);
    const commit = new GroupCommit({ windowMs: 1_000, write, clock: time.clock });
    void commit.submit(requestOf('a'));
    await time.advance(10);
    expect(writes).toEqual([{ at: 0, ids: ['a'], events: 1 }]);
    void commit.submit(requestOf('b'));
    await time.advance(100);
    void commit.submit(requestOf('c'));
    await time.advance(889);
    expect(writes).toHaveLength(1);
    await time.advance(1);
    expect(writes[1]).toEqual({ at: 1_000, ids: ['b', 'c'], events: 2 });
    await time.advance(5_000);
    expect(writes).toHaveLength(2);
    void commit.submit(requestOf('d'));
    await time.settle();
    expect(writes[2]?.at).toBe(6_000);
  });

  test('what is submitted in the same breath goes along', async () => {
    const time = fakeTime();
    const { write, writes } = recordingWrite(time);
    const commit = new GroupCommit({ windowMs: 1_000, write, clock: time.clock });
    for (const id of ['a', 'b', 'c']) void commit.submit(requestOf(id));
    await time.settle();
    expect(writes).toEqual([{ at: 0, ids: ['a', 'b', 'c'], events: 3 }]);
  });

  test('never two at once, also when a write takes longer than the window', async () => {
    const time = fakeTime();
    const { write, writes, mostUnderWay } = recordingWrite(time, 3_000);
    const commit = new GroupCommit({ windowMs: 1_000, write, clock: time.clock });
    for (let second = 0; second < 10; second += 1) {
      void commit.submit(requestOf(String(second)));
      await time.advance(1_000);
    }
    expect(mostUnderWay()).toBe(1);
    expect(writes.map(({ at }) => at)).toEqual([0, 3_000, 6_000, 9_000]);
  });

  test('a full write does not wait for the window', async () => {
    const time = fakeTime();
    const { write, writes } = recordingWrite(time);
    const commit = new GroupCommit({ windowMs: 10_000, write, maxEventsPerWrite: 10, clock: time.clock });
    void commit.submit(requestOf('first'));
    await time.advance(1);
    for (let index = 0; index < 12; index += 1) void commit.submit(requestOf(String(index)));
    await time.advance(1);
    expect(writes.map(({ events }) => events)).toEqual([1, 10]);
    await time.advance(10_000);
    expect(writes.map(({ events }) => events)).toEqual([1, 10, 2]);
  });

  test('the number of writes is bounded by time and by full writes, whatever arrives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ waitMs: fc.integer({ min: 0, max: 400 }), size: fc.integer({ min: 1, max: 4 }) }), {
          minLength: 1,
          maxLength: 120,
        }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 0, max: 300 }),
        async (arrivals, windowMs, durationMs) => {
          const time = fakeTime();
          const { write, writes, mostUnderWay } = recordingWrite(time, durationMs);
          const commit = new GroupCommit({ windowMs, write, maxEventsPerWrite: 10, clock: time.clock });
          const outcomes: Promise<unknown>[] = [];
          for (const [index, { waitMs, size }] of arrivals.entries()) {
            outcomes.push(commit.submit(requestOf(String(index), size)));
            await time.advance(waitMs);
          }
          const lastArrival = time.now();
          await time.advance((arrivals.length + 1) * (windowMs + durationMs));
          await Promise.all(outcomes);
          const events = arrivals.reduce((sum, { size }) => sum + size, 0);
          // A write that is full but for a request that did not fit holds at least 10 - 4 + 1 events.
          expect(writes.length).toBeLessThanOrEqual(1 + Math.ceil(time.now() / windowMs) + Math.floor(events / 7));
          expect(lastArrival).toBeLessThanOrEqual(time.now());
          expect(mostUnderWay()).toBe(1);
          expect(writes.every(({ events: size }) => size <= 10)).toBe(true);
          expect(writes.flatMap(({ ids }) => ids).sort()).toEqual(arrivals.map((_, index) => String(index)).sort());
          expect(commit.held).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a hundred times the traffic costs hardly more: a day at 15 s', async () => {
    const writesOfDay = async (events: number): Promise<number> => {
      const time = fakeTime();
      const { write, writes } = recordingWrite(time, 20);
      const commit = new GroupCommit({ windowMs: 15_000, write, clock: time.clock });
      for (let index = 0; index < events; index += 1) {
        void commit.submit(requestOf(String(index)));
        await time.advance(86_400_000 / events);
      }
      return writes.length;
    };
    expect(await writesOfDay(200)).toBe(200);
    expect(await writesOfDay(20_000)).toBeLessThanOrEqual(86_400_000 / 15_000 + 1);
  });
});

describe('what it answers', () => {
  test('each request its own verdicts; one that is held already is not written twice', async () => {
    const time = fakeTime();
    const ids: string[] = [];
    const commit = new GroupCommit({
      windowMs: 100,
      clock: time.clock,
      write: (requests) => {
        ids.push(...requests.map(({ requestId }) => requestId));
        return Promise.resolve(requests.map(({ requestId }) => [requestId === 'a' ? 'counted' : 'duplicate']));
      },
    });
    const outcomes = Promise.all([
      commit.submit(requestOf('a')),
      commit.submit(requestOf('b')),
      commit.submit(requestOf('a')),
    ]);
    await time.advance(100);
    expect(await outcomes).toEqual([
      { type: 'recorded', verdicts: ['counted'] },
      { type: 'recorded', verdicts: ['duplicate'] },
      { type: 'recorded', verdicts: ['counted'] },
    ]);
    expect(ids).toEqual(['a', 'b']);
  });

  test.each([
    { windowMs: 50, waits: 'late ones are told at once', lateWaitedMs: 900, writes: 1 },
    { windowMs: 15_000, waits: 'late ones wait for their window', lateWaitedMs: 15_900, writes: 2 },
  ])('nobody waits longer than a window and one deadline: $waits', async ({ windowMs, lateWaitedMs, writes }) => {
    const time = fakeTime();
    let attempts = 0;
    const commit = new GroupCommit({
      windowMs,
      clock: time.clock,
      write: async () => {
        attempts += 1;
        await new Promise<void>((resolve) => time.clock.after(1_000, resolve));
        throw new RedisUnavailable({ executed: 'unknown', retryAfterSeconds: 1 });
      },
    });
    const waited: Record<string, number> = {};
    const submit = (id: string) => {
      const from = time.now();
      void commit.submit(requestOf(id)).then(({ type }) => {
        expect(type).toBe('unavailable');
        waited[id] = time.now() - from;
      });
    };
    submit('first');
    await time.advance(100);
    submit('late');
    await time.advance(60_000);
    expect(waited).toEqual({ first: 1_000, late: lateWaitedMs });
    expect(attempts).toBe(writes);
    expect(commit.held).toBe(0);
  });

  test('tells unavailable with what is known of the attempt, and goes on with the next write', async () => {
    const time = fakeTime();
    const failures: Error[] = [
      new RedisUnavailable({ executed: 'no', retryAfterSeconds: 7 }),
      new RedisUnavailable({ executed: 'unknown', retryAfterSeconds: 1 }),
      new RedisReplyError('RECORDFAULT', 'RECORDFAULT nothing was counted'),
      new TypeError('a bug'),
    ];
    const commit = new GroupCommit({
      windowMs: 0,
      clock: time.clock,
      write: (requests) => {
        const failure = failures.shift();
        return failure ? Promise.reject(failure) : Promise.resolve(verdictsOf(requests));
      },
    });
    const submit = async (id: string) => {
      const outcome = commit.submit(requestOf(id));
      await time.settle();
      return outcome;
    };
    expect(await submit('a')).toEqual({ type: 'unavailable', executed: 'no', retryAfterSeconds: 7 });
    expect(await submit('b')).toEqual({ type: 'unavailable', executed: 'unknown', retryAfterSeconds: 1 });
    expect(await submit('c')).toMatchObject({ type: 'fault', executed: 'no' });
    expect(await submit('d')).toMatchObject({ type: 'fault', executed: 'unknown' });
    expect(await submit('e')).toEqual({ type: 'recorded', verdicts: ['counted'] });
  });

  test('refuses more than it may hold, and keeps what it holds', async () => {
    const time = fakeTime();
    const { write } = recordingWrite(time, 50);
    const commit = new GroupCommit({ windowMs: 2_500, write, maxRequestsHeld: 3, clock: time.clock });
    const held = ['a', 'b', 'c'].map((id) => commit.submit(requestOf(id)));
    expect(await commit.submit(requestOf('d'))).toEqual({
      type: 'unavailable',
      executed: 'no',
      retryAfterSeconds: 3,
    });
    await time.advance(10_000);
    expect((await Promise.all(held)).map(({ type }) => type)).toEqual(['recorded', 'recorded', 'recorded']);
  });

  test('a request larger than a write is a mistake of the caller', () => {
    const commit = new GroupCommit({ windowMs: 0, write: () => Promise.resolve([]), maxEventsPerWrite: 10 });
    expect(() => commit.submit(requestOf('a', 11))).toThrow(RangeError);
  });
});

describe('stop', () => {
  test('writes what is held without waiting for the window, then takes nothing more', async () => {
    const time = fakeTime();
    const { write, writes } = recordingWrite(time, 50);
    const commit = new GroupCommit({ windowMs: 60_000, write, maxEventsPerWrite: 2, clock: time.clock });
    void commit.submit(requestOf('a'));
    await time.advance(1);
    const held = ['b', 'c', 'd'].map((id) => commit.submit(requestOf(id)));
    const stopped = commit.stop();
    expect(await commit.submit(requestOf('e'))).toMatchObject({ type: 'unavailable', executed: 'no' });
    await time.advance(500);
    await stopped;
    expect((await Promise.all(held)).map(({ type }) => type)).toEqual(['recorded', 'recorded', 'recorded']);
    expect(writes.map(({ ids }) => ids)).toEqual([['a'], ['b', 'c'], ['d']]);
    expect(time.now()).toBeLessThan(1_000);
  });

  test('with nothing held it is done at once', async () => {
    const commit = new GroupCommit({ windowMs: 60_000, write: () => Promise.resolve([]) });
    await expect(commit.stop()).resolves.toBeUndefined();
  });
});
