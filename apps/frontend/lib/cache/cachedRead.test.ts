import { SETTLE_MS } from '@convene/common/changes';
import { ConveneError } from '@convene/common/errors';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { CacheClient } from '@/lib/redis/index';
import { cachedRead } from './cachedRead';

const answer = z.object({ n: z.number() });
type Answer = z.infer<typeof answer>;
const minute = 60_000;

/** Redis as the reads see it, with what it was asked. */
const fakeRedis = () => {
  const kept = new Map<string, string>();
  const commands: string[] = [];
  const client: CacheClient = {
    get: async (key) => {
      commands.push('get');
      return kept.get(key) ?? null;
    },
    set: async (key, value, ttlSeconds) => {
      commands.push(`set ${ttlSeconds}`);
      kept.set(key, value);
      return true;
    },
  };
  return { client, commands, kept };
};

const setUp = (redis = fakeRedis(), clock = { nowMs: 1_000_000_000 }) => {
  let loads = 0;
  const load = vi.fn(async (): Promise<Answer> => {
    loads += 1;
    return { n: loads };
  });
  const read = cachedRead<{ id: string }, Answer>({
    answer,
    load,
    keyOf: ({ id }) => id,
    freshForMs: 30_000,
    keepForMs: 60 * minute,
    maxEntries: 10,
    shared: {
      client: () => redis.client,
      key: 'a-key',
      ttlSeconds: 900,
      writeEveryMs: 10 * minute,
      freshForMs: 2 * minute,
    },
    now: () => clock.nowMs,
  });
  return { read: () => read({ id: 'home' }), load, redis, clock };
};

/** As `setUp`, with somebody who tells of changes. */
const setUpFollowed = () => {
  const clock = { nowMs: 1_000_000_000 };
  const told = { isFollowed: true, changedAt: clock.nowMs - 60 * minute };
  const load = vi.fn(async (): Promise<Answer> => ({ n: load.mock.calls.length }));
  const read = cachedRead<object, Answer>({
    answer,
    load,
    keyOf: () => 'home',
    freshForMs: 10_000,
    keepForMs: 60 * minute,
    maxEntries: 10,
    changes: { isFollowed: () => told.isFollowed, changedAt: () => told.changedAt },
    now: () => clock.nowMs,
  });
  const change = () => {
    told.changedAt = clock.nowMs;
  };
  return { read: async () => (await read({})).n, load, clock, told, change };
};

const away = () => Promise.reject(new ConveneError('unavailable', 'away'));

describe('cachedRead', () => {
  it('asks once for visits that come together and while the answer is fresh', async () => {
    const { read, load, clock } = setUp();
    expect(await Promise.all([read(), read(), read()])).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }]);
    clock.nowMs += 29_000;
    expect(await read()).toEqual({ n: 1 });
    clock.nowMs += 2_000;
    expect(await read()).toEqual({ n: 2 });
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('sends no more Redis commands a day than its budget, however many visits', async () => {
    const { read, redis, clock } = setUp();
    for (let visit = 0; visit < 86_400; visit += 10) {
      clock.nowMs += 10_000;
      await read();
    }
    expect(redis.commands.filter((command) => command === 'get')).toHaveLength(1);
    expect(redis.commands.filter((command) => command === 'set 900').length).toBeLessThanOrEqual(144);
  });

  it('spares a new process its first call, and that process the next write', async () => {
    const first = setUp();
    await first.read();
    const second = setUp(first.redis, first.clock);
    first.clock.nowMs += minute;
    expect(await second.read()).toEqual({ n: 1 });
    expect(second.load).not.toHaveBeenCalled();
    first.clock.nowMs += minute;
    await second.read();
    expect(second.load).toHaveBeenCalledTimes(1);
    expect(first.redis.commands).toEqual(['get', 'set 900', 'get']);
  });

  it('does not take an old copy, or one of another shape, for an answer', async () => {
    const first = setUp();
    await first.read();
    first.clock.nowMs += 5 * minute;
    const second = setUp(first.redis, first.clock);
    await second.read();
    expect(second.load).toHaveBeenCalledTimes(1);

    for (const junk of ['{', '[]', '{"value":{"n":"1"},"at":1000000000}']) {
      const redis = fakeRedis();
      redis.kept.set('a-key', junk);
      expect(await setUp(redis).read()).toEqual({ n: 1 });
    }
  });

  it('serves the last good answer while the backend is away, but not for ever', async () => {
    const { read, load, clock } = setUp();
    await read();
    load.mockImplementation(away);
    clock.nowMs += 31_000;
    expect(await read()).toEqual({ n: 1 });
    clock.nowMs += 61 * minute;
    await expect(read()).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('serves a new process the copy in Redis while the backend is away', async () => {
    const first = setUp();
    await first.read();
    first.clock.nowMs += 5 * minute;
    const second = setUp(first.redis, first.clock);
    second.load.mockImplementation(away);
    expect(await second.read()).toEqual({ n: 1 });
  });

  it('may keep some answers for less time than others', async () => {
    let nowMs = 1_000_000;
    const load = vi.fn(async ({ id }: { id: number }): Promise<Answer> => ({ n: id }));
    const read = cachedRead<{ id: number }, Answer>({
      answer,
      load,
      keyOf: ({ id }) => String(id),
      freshForMs: ({ n }) => (n === 0 ? 1_000 : 10_000),
      keepForMs: minute,
      maxEntries: 10,
      now: () => nowMs,
    });
    const visit = async () => [await read({ id: 0 }), await read({ id: 1 })];
    await visit();
    nowMs += 2_000;
    await visit();
    expect(load.mock.calls.map(([{ id }]) => id)).toEqual([0, 1, 0]);
  });

  it('fails when nobody has an answer, and asks again the next time', async () => {
    const { read, load } = setUp();
    load.mockImplementationOnce(away);
    await expect(read()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await read()).toEqual({ n: 1 });
  });
});

describe('cachedRead, where changes are told', () => {
  it('asks once a minute while nothing changes, and more often once nobody tells', async () => {
    const { read, load, clock, told } = setUpFollowed();
    for (let second = 0; second < 60; second += 1) {
      await Promise.all([read(), read()]);
      clock.nowMs += 1_000;
    }
    expect(load).toHaveBeenCalledTimes(1);
    told.isFollowed = false;
    expect(await read()).toBe(2);
    clock.nowMs += 9_000;
    expect(await read()).toBe(2);
    clock.nowMs += 1_000;
    expect(await read()).toBe(3);
  });

  it('asks anew after a change, and once more when every backend has heard of it', async () => {
    const { read, load, clock, change } = setUpFollowed();
    await read();
    clock.nowMs += 5_000;
    change();
    expect(await read()).toBe(2);
    // The backend that was asked may not have heard yet.
    clock.nowMs += SETTLE_MS + 1;
    expect(await read()).toBe(3);
    clock.nowMs += 59_000;
    expect(await read()).toBe(3);
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('takes what was asked for before a change, and answered after it, for old', async () => {
    const { read, load, clock, change } = setUpFollowed();
    let answerNow = (_: Answer): void => undefined;
    const answered = new Promise<Answer>((resolve) => {
      answerNow = resolve;
    });
    load.mockReturnValueOnce(answered);
    const early = read();
    clock.nowMs += 500;
    change();
    clock.nowMs += 20_000;
    answerNow({ n: 1 });
    expect(await early).toBe(1);
    clock.nowMs += 1_000;
    expect(await read()).toBe(2);
  });

  it('asks at most once a second while changes come one after the other, or the backend is away', async () => {
    const { read, load, clock, change } = setUpFollowed();
    await read();
    for (let tenth = 0; tenth < 100; tenth += 1) {
      clock.nowMs += 100;
      change();
      await read();
    }
    expect(load.mock.calls.length).toBeLessThanOrEqual(11);
    load.mockClear();
    load.mockImplementation(away);
    for (let tenth = 0; tenth < 100; tenth += 1) {
      clock.nowMs += 100;
      expect(await read()).toBeGreaterThan(0);
    }
    expect(load.mock.calls.length).toBeLessThanOrEqual(11);
  });
});
