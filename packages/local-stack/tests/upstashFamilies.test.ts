import { Redis as Upstash } from '@upstash/redis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestContext, type TestContext } from '../src/testing';

/* Every family of commands that the official client knows and a Redis 7 without modules has, through that client. */

let context: TestContext;
let rest: Upstash;

beforeAll(async () => {
  context = await createTestContext({ template: 'empty' });
  rest = new Upstash({ url: context.upstashUrl, token: context.upstashToken, retry: false });
});
afterAll(() => context.dispose());
beforeEach(async () => {
  await rest.flushall();
});

describe('families of commands', () => {
  it('strings', async () => {
    expect(await rest.mset({ a: 'one', b: 2 })).toBe('OK');
    expect(await rest.msetnx({ b: 3, c: 4 })).toBe(0);
    expect(await rest.append('a', '!')).toBe(4);
    expect(await rest.strlen('a')).toBe(4);
    expect(await rest.getrange('a', 1, 2)).toBe('ne');
    expect(await rest.setrange('a', 0, 'O')).toBe(4);
    expect(await rest.getset('a', 'new')).toBe('One!');
    expect(await rest.getex('a', { ex: 60 })).toBe('new');
    expect(await rest.incrbyfloat('b', 0.5)).toBe(2.5);
    expect(await rest.decrby('n', 3)).toBe(-3);
    expect(await rest.setnx('n', 1)).toBe(0);
    expect(await rest.setex('e', 60, 'x')).toBe('OK');
  });

  it('keys', async () => {
    await rest.set('a', 1);
    expect(await rest.type('a')).toBe('string');
    expect(await rest.exists('a', 'z')).toBe(1);
    expect(await rest.expire('a', 100)).toBe(1);
    expect(await rest.pttl('a')).toBeGreaterThan(90_000);
    expect(await rest.persist('a')).toBe(1);
    expect(await rest.copy('a', 'b')).toBe('COPIED');
    expect(await rest.rename('b', 'c')).toBe('OK');
    expect(await rest.renamenx('c', 'a')).toBe(0);
    expect((await rest.keys('*')).toSorted()).toEqual(['a', 'c']);
    expect(['a', 'c']).toContain(await rest.randomkey());
    expect(await rest.touch('a')).toBe(1);
    expect(await rest.unlink('a', 'c')).toBe(2);
    expect(await rest.dbsize()).toBe(0);
    expect((await rest.time())[0]).toBeGreaterThan(1_700_000_000);
    expect(await rest.echo('hé')).toBe('hé');
  });

  it('hashes', async () => {
    await rest.hset('h', { a: 1, b: { deep: true } });
    expect(await rest.hget('h', 'b')).toEqual({ deep: true });
    expect(await rest.hkeys('h')).toEqual(['a', 'b']);
    expect(await rest.hvals('h')).toEqual([1, { deep: true }]);
    expect(await rest.hlen('h')).toBe(2);
    expect(await rest.hstrlen('h', 'a')).toBe(1);
    expect(await rest.hsetnx('h', 'a', 2)).toBe(0);
    expect(await rest.hincrbyfloat('h', 'a', 0.25)).toBe(1.25);
    expect(await rest.hscan('h', 0, { match: 'a' })).toEqual(['0', ['a', 1.25]]);
    expect(await rest.hdel('h', 'a', 'b')).toBe(2);
  });

  it('lists', async () => {
    expect(await rest.rpush('l', 'a', 'b', 'c', 'b')).toBe(4);
    expect(await rest.lpushx('none', 'x')).toBe(0);
    expect(await rest.lindex('l', 1)).toBe('b');
    expect(await rest.linsert('l', 'before', 'b', 'x')).toBe(5);
    expect(await rest.lpos('l', 'b', { count: 0 })).toEqual([2, 4]);
    expect(await rest.lset('l', 1, 'y')).toBe('OK');
    expect(await rest.lrem('l', 1, 'y')).toBe(1);
    expect(await rest.lmove('l', 'm', 'left', 'right')).toBe('a');
    expect(await rest.ltrim('l', 0, 1)).toBe('OK');
    expect(await rest.lmpop(1, ['l'], 'LEFT', 2)).toEqual(['l', ['b', 'c']]);
    expect(await rest.rpop('m')).toBe('a');
  });

  it('sets', async () => {
    await rest.sadd('a', '1x', '2x');
    await rest.sadd('b', '2x', '3x');
    expect(await rest.sinter('a', 'b')).toEqual(['2x']);
    expect((await rest.sunion('a', 'b')).toSorted()).toEqual(['1x', '2x', '3x']);
    expect(await rest.sdiffstore('d', 'a', 'b')).toBe(1);
    expect(await rest.sismember('d', '1x')).toBe(1);
    expect(await rest.smove('a', 'b', '1x')).toBe(1);
    expect((await rest.sscan('b', 0))[1]).toHaveLength(3);
    expect(await rest.srem('b', '1x')).toBe(1);
    expect(await rest.scard('b')).toBe(2);
    expect(await rest.spop('a')).toBe('2x');
  });

  it('sorted sets', async () => {
    await rest.zadd('z', { score: 1, member: 'a' }, { score: 2, member: 'b' }, { score: 3, member: 'c' });
    expect(await rest.zincrby('z', 5, 'a')).toBe(6);
    expect(await rest.zrank('z', 'a')).toBe(2);
    expect(await rest.zrevrank('z', 'a')).toBe(0);
    expect(await rest.zrange('z', 2, 3, { byScore: true })).toEqual(['b', 'c']);
    expect(await rest.zcount('z', '-inf', 3)).toBe(2);
    expect(await rest.zmscore('z', ['a', 'none'])).toEqual([6, null]);
    expect(await rest.zpopmin('z', 1)).toEqual(['b', 2]);
    expect(await rest.zunionstore('u', 1, 'z', { weights: [2] })).toBe(2);
    expect((await rest.zscan('u', 0))[1]).toEqual(['c', 6, 'a', 12]);
    expect(await rest.zremrangebyrank('u', 0, 0)).toBe(1);
    expect(await rest.zcard('u')).toBe(1);
  });

  it('streams, with groups', async () => {
    const id = await rest.xadd('s', '*', { name: 'a' });
    expect(await rest.xlen('s')).toBe(1);
    expect(await rest.xgroup('s', { type: 'CREATE', group: 'g', id: '0' })).toBe('OK');
    expect(await rest.xreadgroup('g', 'c', 's', '>')).toEqual([['s', [[id, ['name', 'a']]]]]);
    expect(await rest.xpending('s', 'g', '-', '+', 10)).toHaveLength(1);
    expect(await rest.xack('s', 'g', id)).toBe(1);
    expect(await rest.xread('s', '0')).toEqual([['s', [[id, ['name', 'a']]]]]);
    expect(await rest.xtrim('s', { strategy: 'MAXLEN', threshold: 0, exactness: '=' })).toBe(1);
  });

  it('geo points', async () => {
    await rest.geoadd('g', { longitude: 26.1, latitude: 44.43, member: 'Bucharest' });
    await rest.geoadd('g', { longitude: 23.59, latitude: 46.77, member: 'Cluj' });
    expect(await rest.geodist('g', 'Bucharest', 'Cluj', 'KM')).toBeGreaterThan(300);
    expect(await rest.geohash('g', 'Cluj')).toHaveLength(1);
    const found = await rest.geosearch(
      'g',
      { type: 'FROMMEMBER', member: 'Cluj' },
      { type: 'BYRADIUS', radius: 50, radiusType: 'KM' },
      'ASC',
    );
    expect(found).toEqual([{ member: 'Cluj' }]);
  });

  it('bitmaps and HyperLogLogs', async () => {
    expect(await rest.setbit('b', 7, 1)).toBe(0);
    expect(await rest.getbit('b', 7)).toBe(1);
    expect(await rest.bitcount('b')).toBe(1);
    expect(await rest.bitpos('b', 1)).toBe(7);
    expect(await rest.bitop('not', 'inverse', 'b')).toBe(1);
    // The client's auto-pipelining does not know its chains.
    const single = new Upstash({
      url: context.upstashUrl,
      token: context.upstashToken,
      retry: false,
      enableAutoPipelining: false,
    });
    expect(await single.bitfield('n').incrby('u8', 0, 5).get('u8', 0).exec()).toEqual([5, 5]);
    expect(await rest.pfadd('p', 'a', 'b', 'a')).toBe(1);
    expect(await rest.pfcount('p')).toBe(2);
    expect(await rest.pfmerge('q', 'p')).toBe('OK');
  });

  it('functions and read-only scripts', async () => {
    expect(await rest.evalRo('return ARGV[1]', [], ['x'])).toBe('x');
    const code = "#!lua name=bench\nredis.register_function('twice', function(_, args) return args[1] * 2 end)";
    expect(await rest.functions.load({ code })).toBe('bench');
    expect(await rest.functions.call('twice', [], ['21'])).toBe(42);
    expect(await rest.functions.delete('bench')).toBe('OK');
  });

  it('many at once travel as one pipeline, in order', async () => {
    const numbers = await Promise.all(Array.from({ length: 50 }, () => rest.incr('n')));
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('what Redis has no module for is refused by Redis', async () => {
    await expect(rest.json.set('j', '$', { a: 1 })).rejects.toThrow("unknown command 'JSON.SET'");
  });
});
