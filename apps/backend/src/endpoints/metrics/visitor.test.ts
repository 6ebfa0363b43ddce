import { describe, expect, test } from 'vitest';
import { allowanceOf, arrivalDay, identifierOf, isNobody, wantsNoTracking } from './visitor';

const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

test('a visitor is who is known first: user, session, address, nobody in particular', () => {
  const all = { userId: '7', sessionId: 's-1', ip: '203.0.113.9' };
  expect(identifierOf(all)).toEqual({ type: 'user', userId: '7' });
  expect(identifierOf({ ...all, userId: undefined })).toEqual({ type: 'session', sessionId: 's-1' });
  expect(identifierOf({ ip: '203.0.113.9' })).toEqual({ type: 'ip', maskedIp: '203.0.113.x' });
  expect(identifierOf({ ip: '2001:db8:1:2::3' })).toEqual({ type: 'ip', maskedIp: '20010db80001' });
  expect(identifierOf({ ip: 'not an address' })).toEqual({ type: 'anonymous' });
  expect(identifierOf({})).toEqual({ type: 'anonymous' });
});

test('an allowance is that of an IPv4 address, or of an IPv6 network', () => {
  expect(allowanceOf('203.0.113.9')).toBe('203.0.113.9');
  expect(allowanceOf('2001:db8:1:2::3')).toBe(allowanceOf('2001:db8:1:ffff::4'));
  expect(allowanceOf('2001:db8:1:2::3')).not.toBe(allowanceOf('2001:db8:2:2::3'));
  expect(allowanceOf(null)).toBeNull();
});

describe('the day of an event', () => {
  const now = new Date('2025-03-10T00:20:00.000Z');
  const at = (iso: string) => new Date(iso).getTime();

  test('is that of its arrival, an hour back at most, and never in the future', () => {
    expect(arrivalDay(at('2025-03-10T00:10:00Z'), now)).toBe('2025-03-10');
    expect(arrivalDay(at('2025-03-09T23:59:59Z'), now)).toBe('2025-03-09');
    expect(arrivalDay(at('2025-03-01T12:00:00Z'), now)).toBe('2025-03-09');
    expect(arrivalDay(at('2025-03-11T12:00:00Z'), now)).toBe('2025-03-10');
    expect(arrivalDay(at('2025-03-01T12:00:00Z'), new Date('2025-03-10T05:00:00Z'))).toBe('2025-03-10');
  });

  test.each(['Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/Bucharest'])(
    'is UTC where the server is in %s',
    (zone) => {
      const before = process.env.TZ;
      process.env.TZ = zone;
      try {
        expect(arrivalDay(at('2025-03-09T23:59:59Z'), now)).toBe('2025-03-09');
        expect(arrivalDay(at('2025-03-10T00:00:00Z'), now)).toBe('2025-03-10');
      } finally {
        if (before === undefined) delete process.env.TZ;
        else process.env.TZ = before;
      }
    },
  );
});

describe('who does not count', () => {
  test.each([
    [{ 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }],
    [{ 'user-agent': 'curl/8.5.0' }],
    [{}],
    [{ 'user-agent': chrome, 'sec-purpose': 'prefetch;prerender' }],
    [{ 'user-agent': chrome, purpose: 'prefetch' }],
    [{ 'user-agent': chrome, 'next-router-prefetch': '1' }],
  ])('%j', (headers) => {
    expect(isNobody(new Headers(headers))).toBe(true);
  });

  test('a browser does', () => {
    expect(isNobody(new Headers({ 'user-agent': chrome }))).toBe(false);
  });
});

test('Sec-GPC and DNT are heard', () => {
  expect(wantsNoTracking(new Headers({ 'sec-gpc': '1' }))).toBe(true);
  expect(wantsNoTracking(new Headers({ dnt: '1' }))).toBe(true);
  expect(wantsNoTracking(new Headers({ dnt: '0' }))).toBe(false);
  expect(wantsNoTracking(new Headers())).toBe(false);
});
