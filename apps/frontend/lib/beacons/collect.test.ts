import { PEER_ADDRESS_HEADER } from '@convene/common/clientIp';
import { errorAnswerSchema } from '@convene/common/errors';
import type { ForwardedEvent } from '@convene/common/metrics';
import { describe, expect, it } from 'vitest';
import { env } from '@/env';
import type { Session } from '@/lib/session/seal';
import { type CollectEdges, collectBeacon } from './collect';
import type { CollectedMetric } from './collector';
import { signVisitorId, verifyVisitorId } from './visitorCookie';

const browser = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const nowMs = Date.UTC(2026, 10, 24, 12);
const view = { type: 'view', listing: { kind: 'events', listingId: '12' } };
const session: Session = {
  token: 't',
  userId: '7',
  roles: ['client'],
  avatarUrl: null,
  displayName: 'Ana',
  expiresAt: nowMs,
};

const collect = async (
  body: unknown,
  {
    headers = {},
    edges = {},
    room = Number.POSITIVE_INFINITY,
  }: { headers?: Record<string, string>; edges?: Partial<CollectEdges>; room?: number } = {},
) => {
  const events: { metric: CollectedMetric; event: ForwardedEvent }[] = [];
  const request = new Request('http://localhost:3000/collect', {
    method: 'POST',
    headers: {
      origin: 'http://localhost:3000',
      'user-agent': browser,
      [PEER_ADDRESS_HEADER]: '203.0.113.9',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const response = await collectBeacon(request, {
    collector: {
      add: (metric, event) => {
        if (events.length >= room) return false;
        events.push({ metric, event });
        return true;
      },
    },
    session: null,
    visitorCookie: undefined,
    now: () => nowMs,
    isOverLimit: async () => false,
    ...edges,
  });
  return { response, events, cookie: response.headers.get('set-cookie') };
};

const codeOf = async (response: Response) => errorAnswerSchema.parse(await response.json()).error.code;

describe('collectBeacon', () => {
  it('takes a view, and gives a new visitor a signed cookie that scripts cannot read', async () => {
    const { response, events, cookie } = await collect(view);
    expect(response.status).toBe(202);
    const sessionId = events[0]?.event.visitor.sessionId;
    expect(events).toEqual([
      {
        metric: 'view',
        event: { kind: 'events', listingId: 12, at: nowMs, visitor: { sessionId, ip: '203.0.113.9' } },
      },
    ]);
    expect(cookie).toMatch(/^convene_visitor=[\w.-]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
    expect(verifyVisitorId(/=([^;]+)/.exec(cookie ?? '')?.[1], env.SESSION_SECRET)).toBe(sessionId);
  });

  it('knows a visitor again, and does not renew the cookie', async () => {
    const visitorCookie = signVisitorId('known-visitor', env.SESSION_SECRET);
    const { events, cookie } = await collect(view, { edges: { visitorCookie } });
    expect(events[0]?.event.visitor).toEqual({ sessionId: 'known-visitor', ip: '203.0.113.9' });
    expect(cookie).toBeNull();
  });

  it('gives a visitor with a forged cookie a new id', async () => {
    const { events, cookie } = await collect(view, { edges: { visitorCookie: 'known-visitor.forged' } });
    expect(events[0]?.event.visitor.sessionId).not.toBe('known-visitor');
    expect(cookie).not.toBeNull();
  });

  it('counts the signed-in as themselves, without a visitor cookie', async () => {
    const { events, cookie } = await collect(view, { edges: { session } });
    expect(events[0]?.event.visitor).toEqual({ userId: '7', ip: '203.0.113.9' });
    expect(cookie).toBeNull();
  });

  it('keeps nothing about those who object, and removes what it had', async () => {
    const objections: Record<string, string>[] = [{ 'sec-gpc': '1' }, { dnt: '1' }];
    for (const headers of objections) {
      const { response, events, cookie } = await collect(view, { headers, edges: { session } });
      expect(response.status).toBe(202);
      expect(events[0]?.event.visitor).toEqual({});
      expect(cookie).toBeNull();
    }
    const visitorCookie = signVisitorId('known-visitor', env.SESSION_SECRET);
    const before = await collect(view, { headers: { 'sec-gpc': '1' }, edges: { visitorCookie } });
    expect(before.events[0]?.event.visitor).toEqual({});
    expect(before.cookie).toMatch(/^convene_visitor=; Path=\/; Max-Age=0;/);
  });

  it('believes no address that the client itself sends', async () => {
    const { events } = await collect(view, { headers: { 'x-forwarded-for': '198.51.100.1' } });
    expect(events[0]?.event.visitor.ip).toBe('203.0.113.9');
  });

  it('takes impressions one by one', async () => {
    const listings = [1, 2, 3].map((listingId) => ({ kind: 'locations', listingId }));
    const { response, events } = await collect({ type: 'impressions', listings });
    expect(response.status).toBe(202);
    expect(events.map(({ metric, event }) => [metric, event.listingId])).toEqual([
      ['impression', 1],
      ['impression', 2],
      ['impression', 3],
    ]);
  });

  it('ignores robots, prefetches and staff', async () => {
    const uncounted: Parameters<typeof collect>[1][] = [
      { headers: { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' } },
      { headers: { 'user-agent': 'curl/8.5.0' } },
      { headers: { 'sec-purpose': 'prefetch;prerender' } },
      { headers: { purpose: 'prefetch' } },
      { edges: { session: { ...session, roles: ['client', 'moderator'] } } },
    ];
    for (const options of uncounted) {
      const { response, events, cookie } = await collect(view, options);
      expect([response.status, events.length, cookie]).toEqual([204, 0, null]);
    }
  });

  it('refuses other sites', async () => {
    for (const origin of ['https://evil.example', 'null', '']) {
      const { response, events } = await collect(view, { headers: { origin, host: 'localhost:3000' } });
      expect(response.status).toBe(403);
      expect(await codeOf(response)).toBe('forbidden');
      expect(events).toEqual([]);
    }
  });

  it('answers bad bodies in the one error shape, and takes nothing from them', async () => {
    const bad: [unknown, number, string][] = [
      ['', 400, 'bad-json'],
      ['{', 400, 'bad-json'],
      ['[]', 400, 'invalid-input'],
      [{ type: 'click' }, 400, 'invalid-input'],
      [{ type: 'view' }, 400, 'invalid-input'],
      [{ type: 'view', listing: { kind: 'parties', listingId: 1 } }, 400, 'invalid-input'],
      [{ type: 'view', listing: { kind: 'events', listingId: '1:2' } }, 400, 'invalid-input'],
      [{ type: 'view', listing: { kind: 'events', listingId: '1\u0000' } }, 400, 'invalid-input'],
      [{ type: 'impressions', listings: [] }, 400, 'invalid-input'],
      [
        { type: 'impressions', listings: Array.from({ length: 101 }, () => ({ kind: 'events', listingId: 1 })) },
        400,
        'invalid-input',
      ],
      ['x'.repeat(16_385), 413, 'body-too-large'],
    ];
    for (const [body, status, code] of bad) {
      const { response, events } = await collect(body);
      expect(response.status).toBe(status);
      expect(await codeOf(response)).toBe(code);
      expect(events).toEqual([]);
    }
  });

  it('says when an address sends too much, and when there is no room', async () => {
    const limited = await collect(view, { edges: { isOverLimit: async (ip) => ip === '203.0.113.9' } });
    expect(limited.response.status).toBe(429);
    const full = await collect(view, { room: 0 });
    expect(full.response.status).toBe(503);
    expect(full.response.headers.get('retry-after')).toBe('60');
  });
});
