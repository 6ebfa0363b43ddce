import { randomUUID } from 'node:crypto';
import { metricsAnswerSchema } from '@convene/common/metrics';
import { recordPeerAddress } from '@convene/common/peerAddress';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GroupCommit } from '../../src/collections/Feed/groupCommit';
import { record } from '../../src/collections/Feed/scripts/record';
import { type Collector, startCollectorServer } from '../../src/collector/server';
import { SERVICE_TOKEN_HEADER } from '../../src/endpoints/http';
import { ListingDirectory } from '../../src/endpoints/metrics/listingDirectory';
import { env } from '../../src/env';
import { createHarness, type Harness, insertListings, keyOf } from './harness';

const now = new Date('2025-01-15T12:00:00.000Z');
const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

let harness: Harness;
let collector: Collector;
const addresses: (string | null)[] = [];
beforeAll(async () => {
  harness = await createHarness();
  await insertListings(harness.pool, { kind: 'locations', ids: [1] });
  recordPeerAddress();
  const context = {
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

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${collector.port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': chrome, connection: 'close', ...headers },
    body: JSON.stringify(body),
  });

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
