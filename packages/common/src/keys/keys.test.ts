import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listingKinds } from '../listings/index';
import { metrics } from '../metrics/index';
import { utcDayOf } from '../time/index';
import {
  cacheKey,
  counterKey,
  flushBatchKey,
  InvalidKeyPart,
  maskIp,
  parseCacheKey,
  parseCounterKey,
  parseFlushBatchKey,
  parseRecordedRequestKey,
  parseViewDedupeKey,
  recordedRequestKey,
  type ViewIdentifier,
  viewDedupeKey,
} from './index';

const kind = fc.constantFrom(...listingKinds);
const metric = fc.constantFrom(...metrics);
const day = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map(utcDayOf);
const part = fc.stringMatching(/^[A-Za-z0-9_.-]{1,64}$/);
const identifier: fc.Arbitrary<ViewIdentifier> = fc.oneof(
  part.map((userId) => ({ type: 'user' as const, userId })),
  part.map((sessionId) => ({ type: 'session' as const, sessionId })),
  part.map((maskedIp) => ({ type: 'ip' as const, maskedIp })),
  fc.constant({ type: 'anonymous' as const }),
);
const breaking = fc.constantFrom('', 'a:b', 'a b', 'a\u0000b', 'a\nb', '\u2028', 'x'.repeat(65), '\ud800', '\u200b');

describe('builders and parsers are each other’s inverse', () => {
  it('counter keys', () => {
    fc.assert(
      fc.property(fc.record({ kind, listingId: part, metric, day }), (ref) => {
        expect(parseCounterKey(counterKey(ref))).toEqual(ref);
      }),
    );
  });

  it('view dedupe keys', () => {
    fc.assert(
      fc.property(fc.record({ kind, listingId: part, day, identifier }), (ref) => {
        expect(parseViewDedupeKey(viewDedupeKey(ref))).toEqual(ref);
      }),
    );
  });

  it('flush, recorded and cache keys', () => {
    fc.assert(
      fc.property(part, fc.array(part, { maxLength: 5 }), (id, parts) => {
        fc.pre(id !== 'seq' && id !== 'inflight');
        expect(parseFlushBatchKey(flushBatchKey(id))).toBe(id);
        expect(parseRecordedRequestKey(recordedRequestKey(id))).toBe(id);
        expect(parseCacheKey(cacheKey({ app: 'frontend', what: id, parts }))).toEqual({
          app: 'frontend',
          what: id,
          parts,
        });
      }),
    );
  });

  it('what a parser takes, its builder makes again; anything else is null', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(part, kind, metric, day, breaking), { maxLength: 7 }), (parts) => {
        const counter = ['feed', 'counters', ...parts].join(':');
        const parsedCounter = parseCounterKey(counter);
        if (parsedCounter) expect(counterKey(parsedCounter)).toBe(counter);
        const view = ['metrics', 'view', ...parts].join(':');
        const parsedView = parseViewDedupeKey(view);
        if (parsedView) expect(viewDedupeKey(parsedView)).toBe(view);
      }),
    );
  });
});

describe('keys, to the letter', () => {
  it('are those that the founding document names', () => {
    expect(counterKey({ kind: 'locations', listingId: 123, metric: 'views', day: '2025-01-15' })).toBe(
      'feed:counters:locations:123:views:2025-01-15',
    );
    const view = { kind: 'locations', listingId: 123, day: '2025-01-15' } as const;
    expect(viewDedupeKey({ ...view, identifier: { type: 'user', userId: '456' } })).toBe(
      'metrics:view:locations:123:2025-01-15:user:456',
    );
    expect(viewDedupeKey({ ...view, identifier: { type: 'ip', maskedIp: '192.168.1.x' } })).toBe(
      'metrics:view:locations:123:2025-01-15:ip:192.168.1.x',
    );
    expect(viewDedupeKey({ ...view, identifier: { type: 'anonymous' } })).toBe(
      'metrics:view:locations:123:2025-01-15:anonymous',
    );
  });

  it('are not built of what could break them', () => {
    fc.assert(
      fc.property(breaking, (bad) => {
        const view = { kind: 'events', listingId: '1', day: '2025-01-15' } as const;
        expect(() => counterKey({ kind: 'events', listingId: bad, metric: 'views', day: '2025-01-15' })).toThrow(
          InvalidKeyPart,
        );
        expect(() => viewDedupeKey({ ...view, identifier: { type: 'session', sessionId: bad } })).toThrow(
          InvalidKeyPart,
        );
        expect(() => flushBatchKey(bad)).toThrow(InvalidKeyPart);
        expect(() => recordedRequestKey(bad)).toThrow(InvalidKeyPart);
        expect(() => cacheKey({ app: 'frontend', what: 'home', parts: [bad] })).toThrow(InvalidKeyPart);
      }),
    );
  });

  it.each(['2025-02-29', '2025-13-01', '25-01-01', '2025-1-1', 'today'])('%s is no day', (wrong) => {
    expect(() => counterKey({ kind: 'events', listingId: 1, metric: 'views', day: wrong })).toThrow(InvalidKeyPart);
    expect(parseCounterKey(`feed:counters:events:1:views:${wrong}`)).toBeNull();
  });

  it('a batch can’t take the name of another key', () => {
    for (const name of ['seq', 'inflight']) expect(() => flushBatchKey(name)).toThrow(InvalidKeyPart);
  });
});

describe('maskIp', () => {
  it.each([
    ['192.168.1.77', '192.168.1.x'],
    ['::ffff:203.0.113.9', '203.0.113.x'],
    ['::ffff:cb00:7109', '203.0.113.x'],
    ['2001:db8:1::1', '20010db80001'],
    ['2001:DB8:1:2:3:4:5:6', '20010db80001'],
    ['fe80::1%eth0', 'fe8000000000'],
    ['::', '000000000000'],
  ])('%s → %s', (address, masked) => {
    expect(maskIp(address)).toBe(masked);
  });

  it.each(['', 'localhost', '1.2.3', '1.2.3.256', '01.2.3.4', ':::', '1::2::3', '12345::', 'g::'])(
    '%s is none',
    (text) => {
      expect(maskIp(text)).toBeNull();
    },
  );

  it('tells no more of any address than its network, and is a part of a key', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        const masked = maskIp(address);
        expect(masked).toMatch(/^(\d{1,3}\.\d{1,3}\.\d{1,3}\.x|[0-9a-f]{12})$/);
      }),
    );
  });
});
