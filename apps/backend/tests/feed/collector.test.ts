import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { metricsAnswerSchema } from '@convene/common/metrics';
import { recordPeerAddress } from '@convene/common/peerAddress';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GroupCommit } from '../../src/collections/Feed/groupCommit';
import { record } from '../../src/collections/Feed/scripts/record';
import { serveIngestAheadOfNext } from '../../src/collector/aheadOfNext';
import { type Collector, startCollectorServer } from '../../src/collector/server';
import { SERVICE_TOKEN_HEADER } from '../../src/endpoints/http';
import type { MetricsContext } from '../../src/endpoints/metrics';
import { ListingDirectory } from '../../src/endpoints/metrics/listingDirectory';
import { env } from '../../src/env';
import { createHarness, type Harness, insertListings, keyOf } from './harness';

const now = new Date('2025-01-15T12:00:00.000Z');
const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

let harness: Harness;
let collector: Collector;
let context: MetricsContext;
const addresses: (string | null)[] = [];
beforeAll(async () => {
  harness = await createHarness();
  await insertListings(harness.pool, { kind: 'locations', ids: [1] });
  recordPeerAddress();
  context = {
    commit: new GroupCommit({ windowMs: 0, write: (requests) => record(harness.redis, requests) }),
    directory: new ListingDirectory(() => harness.pool),
    sessionOf: () => Promise.resolve(null),
    allowAddress: (address: string | null) => {
      addresses.push(address);
      return Promise.resolve();
    },
    now: () => now,
  };
  collector = await startCollectorServer({ contextOf: () => context, port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await collector.stop();
  await harness.dispose();
});

const postTo = (port: number, path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': chrome, connection: 'close', ...headers },
    body: JSON.stringify(body),
  });

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  postTo(collector.port, path, body, headers);

test('counts what the frontend forwards, as the Next route does', async () => {
  const events = [{ kind: 'locations', listingId: 1, at: now.getTime(), visitor: { sessionId: 's1' } }];
  const headers = { [SERVICE_TOKEN_HEADER]: env.SERVICE_TOKEN };
  const answer = await post('/api/metrics/impression', { requestId: randomUUID(), events }, headers);
  expect(metricsAnswerSchema.parse(await answer.json()).verdicts).toEqual(['counted']);
  expect(await harness.raw.get(keyOf(1, 'impressions'))).toBe('1');
  expect((await post('/api/metrics/view', { events }, { [SERVICE_TOKEN_HEADER]: 'x' })).status).toBe(401);
});

test("a stranger's address is the socket's, whatever is said in its name", async () => {
  const forged = { 'x-convene-peer-address': '203.0.113.9', 'x-forwarded-for': '203.0.113.8' };
  const answer = await post('/api/metrics/view', { kind: 'locations', listingId: 1 }, forged);
  expect(metricsAnswerSchema.parse(await answer.json()).verdicts).toEqual(['counted']);
  expect(addresses.at(-1)).toBe('127.0.0.1');
  expect((await harness.raw.keys('metrics:view:*')).map((key) => key.split(':').at(-1))).toEqual(['127.0.0.x']);
});

test('has nothing else', async () => {
  expect((await post('/api/account', {})).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${collector.port}/api/metrics/view`)).status).toBe(405);
});

test("in the app's own process events are answered ahead of its server, and nothing else is", async () => {
  const seen: string[] = [];
  const app = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.end('the app');
  }).listen(0, '127.0.0.1');
  await once(app, 'listening');
  const address = app.address();
  if (typeof address !== 'object' || !address) throw new Error('not listening');
  const giveBack = serveIngestAheadOfNext(() => context);
  try {
    const headers = { [SERVICE_TOKEN_HEADER]: env.SERVICE_TOKEN };
    const events = [{ kind: 'locations', listingId: 1, at: now.getTime(), visitor: { sessionId: 'ahead' } }];
    const counted = await postTo(address.port, '/api/metrics/view', { requestId: randomUUID(), events }, headers);
    expect(metricsAnswerSchema.parse(await counted.json()).verdicts).toEqual(['counted']);
    const refused = await postTo(address.port, '/api/metrics/impression?from=nobody', { events: 'none' }, headers);
    expect([refused.status, await refused.json()]).toMatchObject([400, { error: { code: 'invalid-input' } }]);
    expect(seen).toEqual([]);

    for (const path of ['/api/metrics/view/', '/api/metrics', '/api/account']) {
      expect(await (await postTo(address.port, path, {})).text()).toBe('the app');
    }
    await fetch(`http://127.0.0.1:${address.port}/api/metrics/view`, { headers: { connection: 'close' } });
    expect(seen).toEqual([
      'POST /api/metrics/view/',
      'POST /api/metrics',
      'POST /api/account',
      'GET /api/metrics/view',
    ]);
  } finally {
    giveBack();
    app.close();
  }
  expect(await (await post('/api/metrics/view', {})).json()).toMatchObject({ error: { code: 'invalid-input' } });
});
