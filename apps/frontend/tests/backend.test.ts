import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { feedAnswerSchema, listingAnswerSchema, taxonomiesSchema } from '@convene/common/api';
import { CircuitBreaker } from '@convene/common/circuit';
import { CommandCounter, UsageReporter, usageReportSchema } from '@convene/common/commands';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Collector } from '@/lib/beacons/collector';
import { retryAfterMsOf, sendToBackend } from '@/lib/beacons/sendToBackend';
import { type CacheClient, createCacheClient } from '@/lib/redis/index';
import { sendUsageTo } from '@/lib/redis/usage';
import { type FixtureBackend, startFixtureBackend } from './fixtureBackend';

const requestId = '6f7cf4a2-3ad4-4ba4-9d1c-3a1a7ef7f0a1';
const event = { kind: 'events' as const, listingId: 3, at: 1_795_000_000_000, visitor: { sessionId: 'abc' } };

describe('over HTTP', () => {
  let backend: FixtureBackend;

  beforeAll(async () => {
    backend = await startFixtureBackend();
    vi.stubEnv('BACKEND_URL', backend.origin);
    vi.resetModules();
  });
  afterEach(() => backend.failWith(null));
  afterAll(async () => {
    vi.unstubAllEnvs();
    await backend.stop();
  });

  it('reads what the shared schemas describe, with the service token and the visitor named', async () => {
    const { callBackend } = await import('@/lib/backend/http');
    const get = <T>(path: string, answer: z.ZodType<T>, query = {}) =>
      callBackend({ method: 'GET', path, answer, query, clientIp: '203.0.113.9' });
    const feed = await get('feed', feedAnswerSchema, { kind: 'events', city: undefined, page: 2, pageSize: 24 });
    expect([feed.items.length, feed.total]).toEqual([16, 40]);
    expect((await get('taxonomies', taxonomiesSchema)).cities).toHaveLength(12);
    expect(await get('listings/events/an-old-slug', listingAnswerSchema)).toEqual({
      movedTo: { kind: 'events', slug: 'the-old-print-hall' },
    });
    expect(backend.received[0]?.headers).toMatchObject({
      'x-convene-service-token': 'service-token-for-the-tests-0123456789',
      'x-convene-client-ip': '203.0.113.9',
    });
  });

  it("passes on the backend's own errors by their code", async () => {
    const { callBackend } = await import('@/lib/backend/http');
    const missing = callBackend({ method: 'GET', path: 'listings/events/nope', answer: listingAnswerSchema });
    await expect(missing).rejects.toMatchObject({ code: 'not-found' });
    const wrong = callBackend({
      method: 'POST',
      path: 'auth/sign-in',
      body: { email: 'a@b.example', password: 'x' },
      answer: z.object({}),
    });
    await expect(wrong).rejects.toMatchObject({ code: 'wrong-credentials' });
  });

  it('takes failures and unknown shapes for a backend that is away', async () => {
    const { callBackend } = await import('@/lib/backend/http');
    const odd = callBackend({ method: 'GET', path: 'taxonomies', answer: z.object({ other: z.string() }) });
    await expect(odd).rejects.toMatchObject({ code: 'unavailable' });
    backend.failWith('internal');
    const failing = callBackend({ method: 'GET', path: 'taxonomies', answer: taxonomiesSchema });
    await expect(failing).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('forwards a batch, and tells what the backend acknowledged', async () => {
    const send = sendToBackend({ origin: backend.origin, serviceToken: 'secret' });
    const { signal } = new AbortController();
    const outcome = await send('impression', { requestId, events: [event] }, signal);
    expect(outcome).toEqual({ type: 'acknowledged', verdicts: ['counted'] });
    expect(backend.forwarded.at(-1)).toEqual({ metric: 'impression', batch: { requestId, events: [event] } });
    expect(backend.received.at(-1)?.headers['x-convene-service-token']).toBe('secret');
  });

  it('knows what is worth a retry', async () => {
    const send = sendToBackend({ origin: backend.origin, serviceToken: 'secret' });
    const { signal } = new AbortController();
    const attempt = () => send('view', { requestId, events: [event] }, signal);
    backend.failWith('unavailable');
    expect(await attempt()).toEqual({ type: 'later', reason: '503 unavailable', retryAfterMs: 1_000 });
    backend.failWith('too-many-requests');
    expect(await attempt()).toMatchObject({ type: 'later' });
    backend.failWith('invalid-input');
    expect(await attempt()).toEqual({ type: 'rejected', reason: '400 invalid-input' });
    backend.failWith('forbidden');
    expect(await attempt()).toMatchObject({ type: 'rejected' });
  });

  it('does not take an answer for another request as an acknowledgement', async () => {
    const send = sendToBackend({
      origin: backend.origin,
      serviceToken: 'secret',
      fetch: async () => Response.json({ requestId: '11111111-1111-4111-8111-111111111111', verdicts: ['counted'] }),
    });
    const outcome = await send('view', { requestId, events: [event] }, new AbortController().signal);
    expect(outcome).toMatchObject({ type: 'later' });
  });

  it('loses nothing to an outage: the same batch arrives once the backend is back', async () => {
    backend.failWith('unavailable');
    const before = backend.forwarded.length;
    const collector = new Collector({
      send: sendToBackend({ origin: backend.origin, serviceToken: 'secret' }),
      now: Date.now,
      sleep: async () => backend.failWith(null),
      newRequestId: () => requestId,
      random: () => 0,
      log: { warn: () => {} },
    });
    collector.add('view', { ...event, at: Date.now() });
    await collector.drain();
    expect(backend.forwarded.slice(before).map(({ batch }) => batch.requestId)).toEqual([requestId]);
    expect(collector.counts).toMatchObject({ requests: 2, retries: 1, acknowledged: { view: { counted: 1 } } });
  });

  it('reads Retry-After in seconds, up to a minute', () => {
    const of = (value: string) => retryAfterMsOf(new Headers({ 'retry-after': value }));
    expect([of('3'), of('0'), of('7200'), of('soon'), of('-1')]).toEqual([3_000, 0, 60_000, undefined, undefined]);
  });
});

describe('the cache in Redis', () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  const startServer = async (handle: Parameters<typeof createServer>[1]): Promise<string> => {
    const server = createServer(handle);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address: AddressInfo | string | null = server.address();
    if (!address || typeof address === 'string') throw new Error('the server has no port');
    return `http://127.0.0.1:${address.port}`;
  };

  const clientOf = (url: string): { cache: CacheClient; counter: CommandCounter; breaker: CircuitBreaker } => {
    const counter = new CommandCounter('frontend');
    const breaker = new CircuitBreaker({
      failuresToOpen: 3,
      firstPauseMs: 30_000,
      longestPauseMs: 30_000,
      now: Date.now,
    });
    return { cache: createCacheClient({ url, token: 'token', counter, breaker }), counter, breaker };
  };

  it('sends each command once, writes with a time to live, and returns text as it was', async () => {
    const commands: unknown[] = [];
    const kept = '{"n":1}';
    const url = await startServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const command = JSON.parse(Buffer.concat(chunks).toString());
      commands.push(command);
      const result = command[0] === 'set' ? 'OK' : Buffer.from(kept).toString('base64');
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ result }));
    });
    const { cache, counter } = clientOf(url);
    expect(await cache.set('k', kept, 60)).toBe(true);
    expect(await cache.get('k')).toBe(kept);
    expect(commands).toEqual([
      ['set', 'k', kept, 'ex', 60],
      ['get', 'k'],
    ]);
    expect(counter.totals()).toEqual({ get: 1, set: 1 });
  });

  it('is a miss, soon, when Redis hangs; and after three times nobody waits any more', async () => {
    let requests = 0;
    const url = await startServer(() => {
      requests += 1;
    });
    const { cache, counter, breaker } = clientOf(url);
    for (let time = 0; time < 3; time += 1) expect(await cache.get('k')).toBeNull();
    expect(breaker.isOpen).toBe(true);
    expect(await cache.get('k')).toBeNull();
    expect(await cache.set('k', 'v', 60)).toBe(false);
    expect(requests).toBe(3);
    expect(counter.totals()).toEqual({ get: 3 });
  });

  it('tells the backend what it has sent, again until that is acknowledged, under one id', async () => {
    const received: { token: unknown; report: unknown }[] = [];
    const url = await startServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      received.push({
        token: request.headers['x-convene-service-token'],
        report: usageReportSchema.parse(JSON.parse(Buffer.concat(chunks).toString())),
      });
      response.writeHead(received.length === 1 ? 503 : 200).end('{}');
    });
    const counter = new CommandCounter('frontend', 'cache');
    const errors: unknown[] = [];
    const reporter = new UsageReporter({
      counters: () => [counter],
      send: sendUsageTo({ origin: url, serviceToken: 'the token' }),
      onError: (error) => errors.push(error),
      now: () => new Date('2025-01-15T12:00:00.000Z'),
    });
    counter.count('get', { times: 3 });
    await reporter.report();
    await reporter.stop();
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining('503') })]);
    expect(received).toHaveLength(2);
    expect(received[1]).toEqual(received[0]);
    expect(received[0]).toMatchObject({
      token: 'the token',
      report: { entries: [{ day: '2025-01-15', source: 'cache', command: 'get', count: 3 }] },
    });
  });

  it('is a miss when Redis refuses or is not there', async () => {
    const url = await startServer((_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"Unauthorized"}');
    });
    expect(await clientOf(url).cache.get('k')).toBeNull();
    expect(await clientOf('http://127.0.0.1:9').cache.set('k', 'v', 60)).toBe(false);
  });
});
