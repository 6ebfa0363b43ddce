import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { CommandCounter } from '@convene/common/commands';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Redis, type RedisSettings, redisScript } from './redis';
import { classifyFailure, isRedisReplyError, isRedisUnavailable } from './redisErrors';

type Answer = (response: ServerResponse, command: unknown[]) => void;

const result =
  (value: unknown): Answer =>
  (response) =>
    response.end(JSON.stringify({ result: value }));
const failure =
  (status: number, body: string): Answer =>
  (response) =>
    response.writeHead(status).end(body);
const error = (status: number, message: string) => failure(status, JSON.stringify({ error: message }));
const hangUp: Answer = (response) => response.socket?.destroy();
const neverAnswer: Answer = () => undefined;

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text);
};

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** An endpoint that gives these answers in turn, the last one again and again. */
const endpoint = async (...answers: Answer[]) => {
  const commands: unknown[][] = [];
  const server = createServer(async (request, response) => {
    const command = z.array(z.unknown()).parse(await readBody(request));
    commands.push(command);
    answers[Math.min(commands.length, answers.length) - 1]?.(response, command);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  closers.push(close);
  return { url: `http://127.0.0.1:${port}`, commands, close };
};

const clientOf = (url: string, settings: Partial<RedisSettings> = {}) => {
  const counter = new CommandCounter('backend');
  const redis = new Redis({ url, token: 'token', counter, sleep: () => Promise.resolve(), ...settings });
  return { redis, counter };
};

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (reason: unknown) => reason,
  );

describe('commands', () => {
  test('are sent as written, one request each, and their replies come back undecoded', async () => {
    const { url, commands } = await endpoint(
      result('OK'),
      result(null),
      result('12'),
      result('{"a":1}'),
      result(2),
      result(1),
      result(3),
      result(['17', ['k1', 'k2']]),
      result(['1', null]),
      result(4),
    );
    const { redis, counter } = clientOf(url);
    expect(await redis.set('k', 'v', { ex: 60 })).toBe('OK');
    expect(await redis.set('k', 'v', { ex: 60, nx: true })).toBeNull();
    expect(await redis.get('k')).toBe('12');
    expect(await redis.get('k')).toBe('{"a":1}');
    expect(await redis.del('a', 'b')).toBe(2);
    expect(await redis.expire('k', 30)).toBe(1);
    expect(await redis.incr('n')).toBe(3);
    expect(await redis.scan('0', { match: 'x*', count: 100 })).toEqual(['17', ['k1', 'k2']]);
    expect(await redis.mget('a', 'b')).toEqual(['1', null]);
    expect(await redis.eval('return 4', ['k'], [1, 'x'])).toBe(4);
    expect(commands.map((command) => command.join(' '))).toEqual([
      'set k v ex 60',
      'set k v nx ex 60',
      'get k',
      'get k',
      'del a b',
      'expire k 30',
      'incr n',
      'scan 0 match x* count 100',
      'mget a b',
      'eval return 4 1 k 1 x',
    ]);
    expect(counter.total()).toBe(10);
    expect(counter.totals()).toMatchObject({ set: 2, get: 2, eval: 1 });
  });

  test('a script goes as text first, then by its digest, and as text again where it was forgotten', async () => {
    const { url, commands } = await endpoint(
      result(1),
      result(1),
      error(400, 'NOSCRIPT No matching script. Please use EVAL.'),
      result(1),
      result(1),
    );
    const { redis, counter } = clientOf(url);
    const script = redisScript('one', 'return 1');
    const run = () => redis.evalScript(script, { keys: [], args: [], reply: z.number(), idempotent: false });
    for (let times = 0; times < 4; times += 1) expect(await run()).toBe(1);
    expect(commands.map(([name, text]) => `${name} ${text}`)).toEqual([
      'eval return 1',
      'evalsha e0e1f9fabfc9d4800c877a703b823ac0578ff8db',
      'evalsha e0e1f9fabfc9d4800c877a703b823ac0578ff8db',
      'eval return 1',
      'evalsha e0e1f9fabfc9d4800c877a703b823ac0578ff8db',
    ]);
    expect(counter.totals()).toEqual({ eval: 2, evalsha: 3 });
  });
});

describe('what fails', () => {
  test('is sent again within the deadline, each attempt counted', async () => {
    const { url, commands } = await endpoint(hangUp, failure(502, '<html>Bad gateway</html>'), result('v'));
    const { redis, counter } = clientOf(url);
    expect(await redis.get('k')).toBe('v');
    expect(commands).toHaveLength(3);
    expect(counter.totals()).toEqual({ get: 3 });
    expect(redis.health()).toMatchObject({ state: 'up' });
  });

  test('is not sent again where it may have been done and must not be done twice', async () => {
    const { url, commands } = await endpoint(hangUp);
    const { redis } = clientOf(url);
    for (const call of [
      () => redis.incr('n'),
      () => redis.set('k', 'v', { nx: true }),
      () => redis.eval('return 1', [], []),
    ]) {
      const reason = await failureOf(call());
      expect(isRedisUnavailable(reason) && reason.executed).toBe('unknown');
    }
    expect(commands).toHaveLength(3);
  });

  test('an answer that never comes is given up, and is unknown, not null', async () => {
    const { url } = await endpoint(neverAnswer);
    const { redis } = clientOf(url, { deadlineMs: 200, attemptTimeoutMs: 80 });
    const startedAt = performance.now();
    const reason = await failureOf(redis.get('k'));
    expect(isRedisUnavailable(reason) && reason.executed).toBe('unknown');
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(redis.health()).toMatchObject({ state: 'down', lastFailure: 'TimeoutError' });
  });

  test('a refused connection is certainly not executed, and a call that is repeatable or not is tried again', async () => {
    const { url, close } = await endpoint(result(1));
    close();
    const { redis, counter } = clientOf(url, { failuresToOpen: 100, deadlineMs: 300, random: () => 1 });
    const reason = await failureOf(redis.incr('n'));
    expect(isRedisUnavailable(reason) && reason.executed).toBe('no');
    expect(counter.total()).toBeGreaterThan(1);
    expect(redis.health()).toMatchObject({ state: 'down', lastFailure: 'ECONNREFUSED' });
  });

  test('a reply of another shape is no answer', async () => {
    const { url } = await endpoint(result({ some: 'page' }), result(null), result('1'));
    const { redis } = clientOf(url, { failuresToOpen: 100 });
    const reason = await failureOf(redis.incr('n'));
    expect(isRedisUnavailable(reason) && reason.executed).toBe('unknown');
    expect(isRedisUnavailable(await failureOf(redis.incr('n')))).toBe(true);
    expect(isRedisUnavailable(await failureOf(redis.incr('n')))).toBe(true);
  });

  test("Redis' refusal is final, names its code, and tells nothing of the command", async () => {
    const { url, commands } = await endpoint(error(400, 'WRONGTYPE Operation against a key'));
    const { redis } = clientOf(url);
    const reason = await failureOf(redis.get('metrics-of-somebody'));
    expect(isRedisReplyError(reason) && reason.code).toBe('WRONGTYPE');
    expect(String(reason)).not.toContain('somebody');
    expect(commands).toHaveLength(1);
    expect(redis.health()).toMatchObject({ state: 'up' });
  });

  test('after failures in a row nothing is sent for a while, and the caller is told at once when to come again', async () => {
    const { url, commands } = await endpoint(hangUp);
    let now = 0;
    const { redis } = clientOf(url, { failuresToOpen: 2, now: () => now });
    await failureOf(redis.incr('n'));
    await failureOf(redis.incr('n'));
    const reason = await failureOf(redis.incr('n'));
    expect(commands).toHaveLength(2);
    expect(isRedisUnavailable(reason) && [reason.executed, reason.retryAfterSeconds, reason.status]).toEqual([
      'no',
      1,
      503,
    ]);
    now = 1_000;
    await failureOf(redis.incr('n'));
    expect(commands).toHaveLength(3);
  });
});

describe('what a failure means', () => {
  const upstash = (message: string) => Object.assign(new Error(message), { name: 'UpstashError' });

  test.each([
    ['ERR max daily request limit exceeded. Limit: 10000, command was: ["get","k"]', 'no'],
    ['LOADING Redis is loading the dataset in memory', 'no'],
    ['WRONGPASS invalid or missing auth token', 'no'],
    ['Unauthorized', 'no'],
    ['ERR Redis could not be reached', 'unknown'],
    ['undefined', 'unknown'],
  ])('%s: executed %s', (message, executed) => {
    expect(classifyFailure(upstash(message))).toMatchObject({ type: 'unavailable', executed });
  });

  test.each(['WRONGTYPE Operation', 'ERR value is not an integer', 'RECORDFAULT nothing was counted'])(
    '%s',
    (message) => {
      expect(classifyFailure(upstash(message))).toMatchObject({ type: 'reply' });
    },
  );
});
