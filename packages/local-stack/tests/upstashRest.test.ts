import { createHash } from 'node:crypto';
import { Redis as Upstash } from '@upstash/redis';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestContext, type TestContext } from '../src/testing';

let context: TestContext;
let rest: Upstash;
let direct: Redis;

beforeAll(async () => {
  context = await createTestContext({ template: 'empty' });
  rest = new Upstash({ url: context.upstashUrl, token: context.upstashToken, retry: false });
  direct = new Redis(context.redisUrl);
  // One test stops the server under it.
  direct.on('error', () => undefined);
});
afterAll(async () => {
  direct.disconnect();
  await context.dispose();
});
beforeEach(() => direct.flushall());

const request = (
  path: string,
  { token = context.upstashToken, ...init }: RequestInit & { token?: string | null } = {},
): Promise<Response> =>
  fetch(context.upstashUrl + path, {
    method: 'POST',
    ...init,
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...init.headers },
  });

describe('through the official client', () => {
  it('keeps strings, numbers and JSON', async () => {
    expect(await rest.set('text', 'hello', { ex: 100 })).toBe('OK');
    expect(await rest.get('text')).toBe('hello');
    expect(await rest.ttl('text')).toBeGreaterThan(90);
    expect(await rest.incrby('number', 41)).toBe(41);
    expect(await rest.incr('number')).toBe(42);
    await rest.set('json', { a: [1, { b: 'c' }] });
    expect(await rest.get('json')).toEqual({ a: [1, { b: 'c' }] });
    expect(await rest.mget('text', 'none', 'number')).toEqual(['hello', null, 42]);
    expect(await rest.set('text', 'other', { nx: true })).toBeNull();
    expect(await rest.get('none')).toBeNull();
    expect(await rest.getdel('text')).toBe('hello');
    expect(await rest.del('json', 'number', 'none')).toBe(2);
  });

  it.each(['OK', '', ' ', 'ünïcödé 🦄', '"quoted"\n\0\u0001', '\u2028', 'null', 'T0s='])(
    'brings %j back',
    async (value) => {
      const raw = new Upstash({
        url: context.upstashUrl,
        token: context.upstashToken,
        automaticDeserialization: false,
      });
      await raw.set('odd', value);
      expect(await raw.get('odd')).toBe(value);
      expect(await direct.get('odd')).toBe(value);
      await raw.rpush('list', value);
      expect(await raw.lrange('list', 0, -1)).toEqual([value]);
    },
  );

  it('keeps hashes', async () => {
    expect(await rest.hset('hash', { a: 1, b: 'two', OK: 'OK' })).toBe(3);
    expect(await rest.hgetall('hash')).toEqual({ a: 1, b: 'two', OK: 'OK' });
    expect(await rest.hmget('hash', 'a', 'none')).toEqual({ a: 1, none: null });
    expect(await rest.hincrby('hash', 'a', 4)).toBe(5);
    expect(await rest.hgetall('none')).toBeNull();
    expect(await rest.hrandfield('hash', 3, true)).toEqual({ a: 5, b: 'two', OK: 'OK' });
    expect(await rest.hexists('hash', 'b')).toBe(1);
  });

  it('keeps sets, sorted sets and lists', async () => {
    expect(await rest.sadd('set', 'a', 'b')).toBe(2);
    expect((await rest.smembers('set')).toSorted()).toEqual(['a', 'b']);
    expect(await rest.smismember('set', ['a', 'z'])).toEqual([1, 0]);
    expect(await rest.zadd('sorted', { score: 1.5, member: 'low' }, { score: 9, member: 'high' })).toBe(2);
    expect(await rest.zrange('sorted', 0, -1, { withScores: true })).toEqual(['low', 1.5, 'high', 9]);
    expect(await rest.zscore('sorted', 'low')).toBe(1.5);
    expect(await rest.zpopmax('sorted', 1)).toEqual(['high', 9]);
    expect(await rest.rpush('list', 'a', 'b', 'c')).toBe(3);
    expect(await rest.lpop('list', 2)).toEqual(['a', 'b']);
    expect(await rest.lpop('none')).toBeNull();
  });

  it('keeps streams and geo points', async () => {
    const id = await rest.xadd('stream', '*', { name: 'first' });
    expect(await rest.xrange('stream', '-', '+')).toEqual({ [id]: { name: 'first' } });
    await rest.geoadd('geo', { longitude: 26.1, latitude: 44.43, member: 'Bucharest' });
    const [point] = await rest.geopos('geo', 'Bucharest');
    expect(point?.lng).toBeCloseTo(26.1, 3);
  });

  it('scans through all keys', async () => {
    const keys = Array.from({ length: 1_500 }, (_, index) => `scan:${index}`);
    await direct.mset(Object.fromEntries(keys.map((key) => [key, '1'])));
    const found = new Set<string>();
    let cursor = '0';
    do {
      const [next, page] = await rest.scan(cursor, { match: 'scan:*', count: 200 });
      for (const key of page) found.add(key);
      cursor = String(next);
    } while (cursor !== '0');
    expect(found.size).toBe(keys.length);
  });

  it('runs scripts by text and by hash, with nested replies', async () => {
    const script =
      "return { KEYS[1], tonumber(ARGV[1]), { 'nested', { 'deeper' } }, redis.call('SET', KEYS[1], ARGV[1]) }";
    expect(await rest.eval(script, ['k'], ['7'])).toEqual(['k', 7, ['nested', ['deeper']], 'OK']);
    const hash = await rest.scriptLoad(script);
    expect(hash).toBe(createHash('sha1').update(script).digest('hex'));
    expect(await rest.evalsha(hash, ['k'], ['8'])).toEqual(['k', 8, ['nested', ['deeper']], 'OK']);
    await expect(rest.evalsha('f'.repeat(40), [], [])).rejects.toThrow('NOSCRIPT');
  });

  it("takes Upstash's own flag out of a script, and still finds it by the client's hash", async () => {
    const script = rest.createScript<number>('#!lua flags=allow-key-locking\nreturn redis.call("INCR", KEYS[1])');
    expect(await script.exec(['locked'], [])).toBe(1);
    await direct.call('CONFIG', 'RESETSTAT');
    expect(await script.exec(['locked'], [])).toBe(2);
    expect(await direct.info('commandstats')).not.toMatch(/cmdstat_eval:/);
    expect(await rest.scriptExists(script.sha1)).toEqual([1]);
  });

  it('answers each command of a pipeline for itself', async () => {
    await direct.set('text', 'no hash');
    const replies = await rest.pipeline().set('a', 1).hget('text', 'field').incr('a').exec({ keepErrors: true });
    expect(replies.map(({ result }) => result)).toEqual(['OK', undefined, 2]);
    expect(replies[1]?.error).toMatch(/^WRONGTYPE/);
    expect(await direct.get('a')).toBe('2');
  });

  it('runs a transaction as one', async () => {
    const others = Array.from({ length: 50 }, () => rest.incr('n'));
    const sums = await Promise.all(
      Array.from({ length: 20 }, () =>
        rest.multi().incr('n').incr('n').get<number>('n').exec<[number, number, number]>(),
      ),
    );
    await Promise.all(others);
    for (const [first, second, third] of sums) expect([second, third]).toEqual([first + 1, first + 1]);
    expect(await rest.get('n')).toBe(90);
  });

  it('tells an error inside a transaction, and keeps the rest', async () => {
    await direct.set('text', 'no hash');
    const replies = await request('/multi-exec', {
      body: JSON.stringify([
        ['INCR', 'a'],
        ['HGET', 'text', 'f'],
        ['INCR', 'a'],
      ]),
    });
    expect(await replies.json()).toEqual([
      { result: 1 },
      { error: expect.stringMatching(/^WRONGTYPE/) },
      { result: 2 },
    ]);
  });

  it('runs nothing of a transaction with a command that does not exist', async () => {
    await expect(rest.multi().incr('a').exec()).resolves.toEqual([1]);
    const answer = await request('/multi-exec', { body: JSON.stringify([['INCR', 'a'], ['NOSUCH']]) });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.stringMatching(/^EXECABORT/) });
    expect(await direct.get('a')).toBe('1');
  });

  it('throws what Redis refuses', async () => {
    await direct.set('text', 'no number');
    await expect(rest.incr('text')).rejects.toThrow('ERR value is not an integer or out of range');
  });

  it('carries many at once and replies of megabytes', async () => {
    const big = 'é'.repeat(1_500_000);
    await rest.set('big', big);
    const replies = await Promise.all([
      rest.get('big'),
      ...Array.from({ length: 400 }, (_, n) => rest.set(`k:${n}`, n)),
    ]);
    expect(replies[0]).toBe(big);
    expect(await direct.dbsize()).toBe(401);
  });
});

describe('subscriptions', () => {
  const listenersOf = (channel: string) => direct.pubsub('NUMSUB', channel).then((reply) => reply[1]);

  it('brings what is published to a channel, whatever it holds, and nothing of others', async () => {
    const subscriber = rest.subscribe<unknown>(['news', 'other']);
    const received: unknown[] = [];
    const counts: unknown[] = [];
    subscriber.on('subscribe', (count) => counts.push(count));
    subscriber.on('message', ({ channel, message }) => received.push([channel, message]));
    await expect.poll(() => counts).toEqual([1, 1]);
    expect(await rest.publish('news', { a: [1, 'b, c'] })).toBe(1);
    await rest.publish('unheard', 'x');
    await rest.publish('news', 'ünïcödé, 🦄');
    await expect
      .poll(() => received)
      .toEqual([
        ['news', { a: [1, 'b, c'] }],
        ['news', 'ünïcödé, 🦄'],
      ]);
    await subscriber.unsubscribe(['news']);
    await expect.poll(() => listenersOf('news')).toBe(0);
    expect(await listenersOf('other')).toBe(1);
    await subscriber.unsubscribe();
    await expect.poll(() => listenersOf('other')).toBe(0);
  });

  it('brings what is published to the channels of a pattern', async () => {
    const subscriber = rest.psubscribe<unknown>('news:*');
    const received: unknown[] = [];
    subscriber.on('pmessage', (message) => received.push(message));
    await expect.poll(() => direct.pubsub('NUMPAT')).toBe(1);
    await rest.publish('news:a', { n: 1 });
    await expect.poll(() => received).toEqual([{ pattern: 'news:*', channel: 'news:a', message: { n: 1 } }]);
    await subscriber.unsubscribe();
    await expect.poll(() => direct.pubsub('NUMPAT')).toBe(0);
  });

  it('are refused without a token and without a channel', async () => {
    expect((await request('/subscribe/news', { token: null })).status).toBe(401);
    expect((await request('/subscribe')).status).toBe(400);
  });
});

describe('the protocol', () => {
  it('refuses a missing or wrong token by 401', async () => {
    for (const token of [null, 'wrong', context.upstashToken.slice(1)]) {
      const answer = await request('/', { token, body: '["PING"]' });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({ error: expect.stringMatching(/^WRONGPASS/) });
    }
  });

  it('answers a single error by 400', async () => {
    const answer = await request('/', { body: '["GET"]' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.stringContaining('wrong number of arguments') });
  });

  it.each([
    ['/', '{'],
    ['/', '{}'],
    ['/', '[]'],
    ['/pipeline', '["GET", "a"]'],
    ['/multi-exec', 'null'],
    ['/', '["SUBSCRIBE", "c"]'],
    ['/pipeline', '[["SET","a","1"],["SELECT","1"]]'],
    ['/multi-exec', '[["SET","a","1"],["WATCH","a"]]'],
    ['/', '["BLPOP","queue","1"]'],
    ['/', '["MULTI"]'],
    ['/', '["CLIENT","SETNAME","me"]'],
  ])('refuses %s with %s by 400 and runs nothing', async (path, body) => {
    const answer = await request(path, { body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.stringMatching(/^ERR /) });
    expect(await direct.dbsize()).toBe(0);
  });

  it('takes commands as paths, with the token in the query', async () => {
    const set = await request('/set/name?EX=100', { body: 'a value' });
    expect(await set.json()).toEqual({ result: 'OK' });
    const get = await fetch(`${context.upstashUrl}/get/name?_token=${context.upstashToken}`);
    expect(await get.json()).toEqual({ result: 'a value' });
    expect(await direct.ttl('name')).toBeGreaterThan(90);
  });

  it('keeps hashes flat and encodes only when asked', async () => {
    await direct.hset('hash', 'a', '1');
    const plain = await request('/', { body: '["HGETALL","hash"]' });
    expect(await plain.json()).toEqual({ result: ['a', '1'] });
    const encoded = await request('/', { body: '["HGETALL","hash"]', headers: { 'upstash-encoding': 'base64' } });
    expect(await encoded.json()).toEqual({ result: ['YQ==', 'MQ=='] });
    expect(encoded.headers.get('upstash-sync-token')).toBeTruthy();
  });

  it('gives each answer a sync token of its own, and takes it back', async () => {
    const first = await request('/', { body: '["SET","a","1"]' });
    const token = first.headers.get('upstash-sync-token');
    expect(token).toBeTruthy();
    const second = await request('/', { body: '["GET","a"]', headers: { 'upstash-sync-token': token ?? '' } });
    expect(await second.json()).toEqual({ result: '1' });
    expect(second.headers.get('upstash-sync-token')).not.toBe(token);
  });

  it('lets a command wait without holding up the others', async () => {
    const waiting = request('/', { body: '["XREAD","BLOCK","10000","STREAMS","queue","$"]' });
    await expect.poll(() => direct.call('CLIENT', 'LIST')).toContain('cmd=xread ');
    expect(await rest.ping()).toBe('PONG');
    const id = await direct.xadd('queue', '*', 'name', 'job');
    expect(await (await waiting).json()).toEqual({ result: [['queue', [[id, ['name', 'job']]]]] });
  });

  it('takes nothing off a stream for a client that went away', async () => {
    await direct.xgroup('CREATE', 'queue', 'g', '$', 'MKSTREAM');
    const leaving = new AbortController();
    const waiting = request('/', {
      body: '["XREADGROUP","GROUP","g","c","BLOCK","30000","STREAMS","queue",">"]',
      signal: leaving.signal,
    });
    await expect.poll(() => direct.call('CLIENT', 'LIST')).toContain('cmd=xreadgroup');
    leaving.abort();
    await expect(waiting).rejects.toThrow();
    await expect.poll(() => direct.call('CLIENT', 'LIST')).not.toContain('cmd=xreadgroup');
    await direct.xadd('queue', '*', 'name', 'job');
    expect(await direct.xpending('queue', 'g')).toEqual([0, null, null, null]);
  });

  it('tells without a token whether Redis answers', async () => {
    expect((await fetch(context.upstashUrl)).status).toBe(200);
  });

  it('answers 503 while Redis is away, and works again after', async () => {
    await context.stopRedis();
    const answer = await request('/', { body: '["INCR","n"]' });
    expect(answer.status).toBe(503);
    expect((await fetch(context.upstashUrl)).status).toBe(503);
    await context.startRedis();
    await expect.poll(async () => (await request('/', { body: '["GET","n"]' })).status).toBe(200);
    expect(await direct.get('n')).toBeNull();
  });
});
