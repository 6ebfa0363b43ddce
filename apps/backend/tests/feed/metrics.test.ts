import { randomUUID } from 'node:crypto';
import { PEER_ADDRESS_HEADER } from '@convene/common/clientIp';
import { errorAnswerSchema } from '@convene/common/errors';
import { DIRTY_COUNTERS_KEY, viewDedupeKey } from '@convene/common/keys';
import { type ForwardedEvent, metricsAnswerSchema } from '@convene/common/metrics';
import type { SqlExecutor } from '@convene/coordination';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GroupCommit } from '../../src/collections/Feed/groupCommit';
import { type RecordRequest, record } from '../../src/collections/Feed/scripts/record';
import { routeHandlers, SERVICE_TOKEN_HEADER } from '../../src/endpoints/http';
import { type MetricsContext, metricsHandlers } from '../../src/endpoints/metrics';
import { ListingDirectory } from '../../src/endpoints/metrics/listingDirectory';
import { env } from '../../src/env';
import { rateLimit } from '../../src/utils/rateLimit';
import { createHarness, type Harness, insertListings, keyOf, monitored } from './harness';

const OWNER = 501;
const MODERATOR = 502;
const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const now = new Date('2025-01-15T12:00:00.000Z');

let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
  const { pool } = harness;
  await pool.query(
    `INSERT INTO users (id, display_name, email) VALUES ($1, 'Owner', 'owner@example.org'), ($2, 'Mod', 'mod@example.org')`,
    [OWNER, MODERATOR],
  );
  await pool.query(`INSERT INTO users_roles ("order", parent_id, value) VALUES (1, $1, 'host'), (1, $2, 'moderator')`, [
    OWNER,
    MODERATOR,
  ]);
  await insertListings(pool, { kind: 'locations', ids: [1, 2, 3, 4], ownerId: OWNER });
  await pool.query("UPDATE locations SET _status = 'draft' WHERE id = 3");
  await pool.query('UPDATE locations SET deleted_at = now() WHERE id = 4');
});
afterAll(() => harness.dispose());

let statements: number;
let moment: Date;
let write: (requests: RecordRequest[]) => ReturnType<typeof record>;
let sessionUser: string | null;
let routes: Record<'view' | 'impression', ReturnType<typeof routeHandlers<Record<string, never>>>>;
beforeEach(async () => {
  await harness.raw.flushall();
  statements = 0;
  moment = now;
  sessionUser = null;
  write = (requests) => record(harness.redis, requests);
  const counting: SqlExecutor = {
    query: (text, params) => {
      statements += 1;
      return harness.pool.query(text, params);
    },
  };
  const context: MetricsContext = {
    commit: new GroupCommit({ windowMs: 0, write: (requests) => write(requests) }),
    directory: new ListingDirectory(() => counting),
    sessionOf: () => Promise.resolve(sessionUser === null ? null : { userId: sessionUser }),
    allowAddress: rateLimit({ name: `test-${randomUUID()}`, points: 50, durationSeconds: 60 }),
    now: () => moment,
  };
  const { view, impression } = metricsHandlers(() => context);
  routes = { view: routeHandlers({ POST: view }), impression: routeHandlers({ POST: impression }) };
});

const emptyParams = { params: Promise.resolve({}) };

type Sending = { endpoint?: 'view' | 'impression'; headers?: Record<string, string> };

const send = (body: unknown, { endpoint = 'view', headers = {} }: Sending = {}) =>
  routes[endpoint].POST(
    new Request(`http://localhost:3001/api/metrics/${endpoint}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': chrome,
        [PEER_ADDRESS_HEADER]: '203.0.113.9',
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
    emptyParams,
  );

const token = { [SERVICE_TOKEN_HEADER]: env.SERVICE_TOKEN };
const forward = (events: ForwardedEvent[], more: Sending & { requestId?: string } = {}) =>
  send({ requestId: more.requestId ?? randomUUID(), events }, { ...more, headers: { ...token, ...more.headers } });
const event = (listingId: number, visitor: ForwardedEvent['visitor'], at = now): ForwardedEvent => ({
  kind: 'locations',
  listingId,
  at: at.getTime(),
  visitor,
});

const verdictsOf = async (response: Response) => {
  expect(response.status).toBe(200);
  return metricsAnswerSchema.parse(await response.json()).verdicts;
};
const errorOf = async (response: Response) => [
  response.status,
  errorAnswerSchema.parse(await response.json()).error.code,
];
const views = (listingId = 1, day = '2025-01-15') => harness.raw.get(keyOf(listingId, 'views', day));
const expectNothingWritten = async () => expect(await harness.raw.dbsize()).toBe(0);

describe('what the frontend forwards', () => {
  test('is counted once a visitor, listing and day, and answered when it is in Redis', async () => {
    const visitors = [
      { sessionId: 's1' },
      { sessionId: 's1' },
      { userId: '9', sessionId: 's1' },
      { ip: '198.51.100.7' },
    ];
    expect(await verdictsOf(await forward(visitors.map((visitor) => event(1, visitor))))).toEqual([
      'counted',
      'duplicate',
      'counted',
      'counted',
    ]);
    expect(await views()).toBe('3');
    expect(await verdictsOf(await forward([event(1, { ip: '198.51.100.200' })]))).toEqual(['duplicate']);
  });

  test('a view that is forwarded again under its id counts once and is answered alike', async () => {
    const requestId = randomUUID();
    const events = [event(1, { sessionId: 's1' }), event(2, { sessionId: 's1' })];
    const first = await verdictsOf(await forward(events, { requestId }));
    expect(await verdictsOf(await forward(events, { requestId }))).toEqual(first);
    expect([await views(1), await views(2)]).toEqual(['1', '1']);
  });

  test('impressions count every time, but once under one id', async () => {
    const requestId = randomUUID();
    const events = [event(1, { sessionId: 's1' }), event(1, { sessionId: 's1' }), event(2, {})];
    for (let times = 0; times < 2; times += 1) {
      expect(await verdictsOf(await forward(events, { requestId, endpoint: 'impression' }))).toEqual([
        'counted',
        'counted',
        'counted',
      ]);
    }
    expect(await harness.raw.get(keyOf(1, 'impressions'))).toBe('2');
    expect(await views()).toBeNull();
  });

  test("the owner's, staff's and unknown listings' events are sorted out, each with its verdict", async () => {
    const answer = await forward([
      event(1, { userId: String(OWNER) }),
      event(1, { userId: String(MODERATOR) }),
      event(77, { sessionId: 's1' }),
      event(3, { sessionId: 's1' }),
      event(3, { userId: String(OWNER) }),
      event(4, { sessionId: 's1' }),
      event(2, { sessionId: 's1' }),
    ]);
    expect(await verdictsOf(answer)).toEqual([
      'ignored',
      'ignored',
      'unknown-listing',
      'unknown-listing',
      'ignored',
      'unknown-listing',
      'counted',
    ]);
    expect(await harness.raw.smembers(DIRTY_COUNTERS_KEY)).toEqual([keyOf(2)]);
  });

  test('the day is that of arrival at the collector, up to an hour back', async () => {
    moment = new Date('2025-01-16T00:20:00.000Z');
    const late = new Date('2025-01-15T23:58:00.000Z');
    await forward([event(1, { sessionId: 's1' }, late), event(1, { sessionId: 's1' }, moment)]);
    await forward([event(2, { sessionId: 's1' }, new Date('2025-01-14T10:00:00.000Z'))]);
    expect([await views(1, '2025-01-15'), await views(1, '2025-01-16')]).toEqual(['1', '1']);
    expect([await views(2, '2025-01-14'), await views(2, '2025-01-15')]).toEqual([null, '1']);
    const dedupe = (day: '2025-01-15' | '2025-01-16') =>
      viewDedupeKey({ kind: 'locations', listingId: 1, day, identifier: { type: 'session', sessionId: 's1' } });
    // To the end of the UTC day and an hour.
    expect(await harness.raw.ttl(dedupe('2025-01-15'))).toBe(40 * 60);
    expect(await harness.raw.ttl(dedupe('2025-01-16'))).toBe((24 * 60 - 20 + 60) * 60);
  });

  test('a view costs one client command, and listings are asked for once a minute', async () => {
    await forward([event(1, { sessionId: 'warm-up' })]);
    expect(statements).toBe(1);
    const { client } = await monitored(harness.raw, async () => {
      await forward([event(1, { sessionId: 's1' })]);
    });
    expect(client).toEqual(['evalsha']);
    expect(statements).toBe(1);
    await forward(Array.from({ length: 200 }, (_, index) => event(1 + (index % 2), { sessionId: `s${index}` })));
    expect(statements).toBe(2);
  });
});

describe('what comes without the service token', () => {
  test('is counted by the address that the server itself sees', async () => {
    expect(await verdictsOf(await send({ kind: 'locations', listingId: 1 }))).toEqual(['counted']);
    expect(await verdictsOf(await send({ kind: 'locations', listingId: '1' }))).toEqual(['duplicate']);
    const elsewhere = { headers: { [PEER_ADDRESS_HEADER]: '192.0.2.1' } };
    expect(await verdictsOf(await send({ kind: 'locations', listingId: 1 }, elsewhere))).toEqual(['counted']);
    const keys = (await harness.raw.keys('metrics:view:*')).sort();
    expect(keys.map((key) => key.split(':').at(-1))).toEqual(['192.0.2.x', '203.0.113.x']);
  });

  test('is not believed about visitors or times', async () => {
    const body = { events: [{ ...event(1, { userId: '7' }, new Date('2025-01-15T11:30:00Z')) }] };
    await send(body);
    expect((await harness.raw.keys('metrics:view:*')).map((key) => key.split(':').slice(4).join(':'))).toEqual([
      '2025-01-15:ip:203.0.113.x',
    ]);
  });

  test("is the signed-in user's where there is a session, and the owner's does not count", async () => {
    sessionUser = '9';
    await send({ kind: 'locations', listingId: 1 });
    expect((await harness.raw.keys('metrics:view:*'))[0]?.endsWith(':user:9')).toBe(true);
    sessionUser = String(OWNER);
    expect(await verdictsOf(await send({ kind: 'locations', listingId: 1 }))).toEqual(['ignored']);
  });

  test.each<Record<string, string>>([{ 'sec-gpc': '1' }, { dnt: '1' }])(
    'keeps no identifier of who asks not to be tracked: %j',
    async (headers) => {
      sessionUser = '9';
      expect(await verdictsOf(await send({ kind: 'locations', listingId: 1 }, { headers }))).toEqual(['counted']);
      const keys = await harness.raw.keys('metrics:view:*');
      expect(keys.map((key) => key.split(':').slice(5))).toEqual([['anonymous']]);
    },
  );

  test.each<Record<string, string>>([
    { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' },
    { 'user-agent': '' },
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'x-moz': 'prefetch' },
    { 'next-router-prefetch': '1' },
    { 'user-agent': chrome.replace('Chrome/', 'HeadlessChrome/') },
    { 'sec-ch-ua': '"HeadlessChrome";v="142", "Not A(Brand";v="99"' },
    { 'x-automation': 'selenium' },
  ])('robots and loading ahead are answered and cost no command: %j', async (headers) => {
    const { client } = await monitored(harness.raw, async () => {
      expect(await verdictsOf(await send({ kind: 'locations', listingId: 1 }, { headers }))).toEqual(['ignored']);
    });
    expect(client).toEqual([]);
    expect(statements).toBe(0);
  });

  test("where no proxy is trusted, X-Forwarded-For is nobody's address and opens no other allowance", async () => {
    const forged = (index: number) => ({ headers: { 'x-forwarded-for': `198.51.${index}.1` } });
    const answers = await Promise.all(
      Array.from({ length: 51 }, (_, index) => send({ kind: 'locations', listingId: 1 }, forged(index))),
    );
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
    expect((await harness.raw.keys('metrics:view:*')).map((key) => key.split(':').at(-1))).toEqual(['203.0.113.x']);
  });

  test("what a stranger says of a visitor's address is not heard, and a refused request costs no command", async () => {
    await send({ kind: 'locations', listingId: 1 }, { headers: { 'x-convene-client-ip': '192.0.2.1' } });
    expect((await harness.raw.keys('metrics:view:*')).map((key) => key.split(':').at(-1))).toEqual(['203.0.113.x']);
    for (let sent = 1; sent < 50; sent += 1) await send({ kind: 'locations', listingId: 1 });
    const { client } = await monitored(harness.raw, async () => {
      expect(await errorOf(await send({ kind: 'locations', listingId: 1 }))).toEqual([429, 'too-many-requests']);
    });
    expect(client).toEqual([]);
  });

  test('one unknown listing is a 404, among several a verdict', async () => {
    expect(await errorOf(await send({ kind: 'locations', listingId: 77 }))).toEqual([404, 'not-found']);
    expect(await errorOf(await send({ kind: 'events', listingId: 1 }, { endpoint: 'impression' }))).toEqual([
      404,
      'not-found',
    ]);
    await expectNothingWritten();
    const events = [
      { kind: 'locations', listingId: 77 },
      { kind: 'locations', listingId: 1 },
    ];
    expect(await verdictsOf(await send({ events }, { endpoint: 'impression' }))).toEqual([
      'unknown-listing',
      'counted',
    ]);
  });

  test("a stranger's request id can't have somebody else's event taken for counted", async () => {
    const requestId = randomUUID();
    await send({ kind: 'locations', listingId: 1, requestId });
    expect(await verdictsOf(await forward([event(2, { sessionId: 's1' })], { requestId }))).toEqual(['counted']);
    expect(await verdictsOf(await send({ kind: 'locations', listingId: 1, requestId }))).toEqual(['counted']);
    expect([await views(1), await views(2)]).toEqual(['1', '1']);
  });

  test('is limited per address', async () => {
    const answers = await Promise.all(
      Array.from({ length: 51 }, () => send({ kind: 'locations', listingId: 1 }, { endpoint: 'impression' })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    const elsewhere = { headers: { [PEER_ADDRESS_HEADER]: '192.0.2.1' } };
    expect((await send({ kind: 'locations', listingId: 1 }, elsewhere)).status).toBe(200);
  });
});

describe('bad input is refused in the one shape, and nothing is written', () => {
  const id = randomUUID();
  const one = event(1, { sessionId: 's1' });
  test.each<[string, unknown, Sending, number, string]>([
    ['no JSON', '{"kind":', {}, 400, 'bad-json'],
    ['an empty body', '', {}, 400, 'bad-json'],
    ['another media type', '{}', { headers: { 'content-type': 'text/plain' } }, 415, 'unsupported-media-type'],
    ['an unknown kind', { kind: 'planets', listingId: 1 }, {}, 400, 'invalid-input'],
    ['no listing', { kind: 'locations' }, {}, 400, 'invalid-input'],
    ['an id with a colon', { kind: 'locations', listingId: '1:views' }, {}, 400, 'invalid-input'],
    ['an id with a control character', { kind: 'locations', listingId: '1\n' }, {}, 400, 'invalid-input'],
    ['an id beyond Postgres', { kind: 'locations', listingId: 2_147_483_648 }, {}, 400, 'invalid-input'],
    ['no events', { events: [] }, {}, 400, 'invalid-input'],
    ['too many events', { events: Array(201).fill({ kind: 'locations', listingId: 1 }) }, {}, 400, 'invalid-input'],
    ['too large', { kind: 'locations', listingId: 1, filler: 'x'.repeat(70_000) }, {}, 413, 'body-too-large'],
    [
      'a wrong token',
      { requestId: id, events: [one] },
      { headers: { [SERVICE_TOKEN_HEADER]: 'x' } },
      401,
      'unauthenticated',
    ],
    ['a forwarded request without an id', { events: [one] }, { headers: token }, 400, 'invalid-input'],
    [
      'a session that breaks keys',
      { requestId: id, events: [{ ...one, visitor: { sessionId: 'a:b' } }] },
      { headers: token },
      400,
      'invalid-input',
    ],
    [
      'a session id without end',
      { requestId: id, events: [{ ...one, visitor: { sessionId: 's'.repeat(65) } }] },
      { headers: token },
      400,
      'invalid-input',
    ],
    [
      'an address that is none',
      { requestId: id, events: [{ ...one, visitor: { ip: '1.2.3' } }] },
      { headers: token },
      400,
      'invalid-input',
    ],
  ])('%s', async (_, body, sending, status, code) => {
    for (const endpoint of ['view', 'impression'] as const) {
      expect(await errorOf(await send(body, { ...sending, endpoint }))).toEqual([status, code]);
    }
    await expectNothingWritten();
  });

  test('another method is told which one there is', async () => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'] as const) {
      const answer = await routes.view[method](
        new Request('http://localhost/api/metrics/view', { method }),
        emptyParams,
      );
      expect(answer.headers.get('allow')).toBe('POST');
      expect(await errorOf(answer)).toEqual([405, 'method-not-allowed']);
    }
  });
});

describe('when something is away', () => {
  test('Redis: 503 with Retry-After; the same request counts once when it is back', async () => {
    const requestId = randomUUID();
    const events = [event(1, { sessionId: 's1' })];
    const impatient = harness.client({ deadlineMs: 600, attemptTimeoutMs: 250 });
    write = (requests) => record(impatient, requests);
    await harness.context.stopRedis();
    try {
      const answer = await forward(events, { requestId });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await errorOf(answer)).toEqual([503, 'unavailable']);
    } finally {
      await harness.context.startRedis();
    }
    write = (requests) => record(harness.redis, requests);
    await expect
      .poll(async () => (await forward(events, { requestId })).status, { timeout: 10_000, interval: 100 })
      .toBe(200);
    expect(await verdictsOf(await forward(events, { requestId }))).toEqual(['counted']);
    await expect.poll(() => views(), { timeout: 10_000 }).toBe('1');
  });

  test('Redis: requests of a while together cost a few tries, and with the circuit open none', async () => {
    const tries: number[] = [];
    const impatient = harness.client({ deadlineMs: 600, attemptTimeoutMs: 250, failuresToOpen: 2 });
    write = (requests) => {
      tries.push(requests.length);
      return record(impatient, requests);
    };
    await harness.context.stopRedis();
    try {
      const first = await Promise.all(Array.from({ length: 20 }, () => forward([event(1, { sessionId: 's1' })])));
      expect(first.map(({ status }) => status)).toEqual(Array(20).fill(503));
      expect(impatient.circuit().isOpen).toBe(true);
      const sent = harness.commands.total();
      const answer = await forward([event(1, { sessionId: 's1' })]);
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(harness.commands.total()).toBe(sent);
    } finally {
      await harness.context.startRedis();
    }
  });

  test("Redis' data at fault: 503, nothing written", async () => {
    await harness.raw.set(DIRTY_COUNTERS_KEY, 'not a set');
    const answer = await forward([event(1, { sessionId: 's1' })]);
    expect(answer.headers.get('retry-after')).toBe('60');
    expect(await errorOf(answer)).toEqual([503, 'unavailable']);
    expect(await harness.raw.dbsize()).toBe(1);
  });

  test('Postgres: 503, nothing written', async () => {
    const directory = new ListingDirectory(() => ({ query: () => Promise.reject(new Error('connection refused')) }));
    const { view } = metricsHandlers(() => ({
      commit: new GroupCommit({ windowMs: 0, write }),
      directory,
      sessionOf: () => Promise.resolve(null),
      allowAddress: () => Promise.resolve(),
      now: () => now,
    }));
    routes = { ...routes, view: routeHandlers({ POST: view }) };
    expect(await errorOf(await forward([event(1, { sessionId: 's1' })]))).toEqual([503, 'unavailable']);
    await expectNothingWritten();
  });
});
