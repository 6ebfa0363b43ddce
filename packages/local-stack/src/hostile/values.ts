import { DIRTY_COUNTERS_KEY } from '@convene/common/keys';
import type { Random } from './random';

/** Texts that have broken somebody's software. */
const texts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u2066gnp.exe',
  '🧑🏽‍🚀'.repeat(50),
  'ș'.repeat(300),
  'x'.repeat(5_000),
  '../../../../etc/passwd',
  '..%2f..%2f',
  '%00',
  '%',
  '%ff%fe',
  "' OR 1=1 --",
  "'; DROP TABLE users; --",
  '1) UNION SELECT password FROM users --',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '{{7*7}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is sent as it stands
  '${7*7}',
  '__proto__',
  'constructor',
  'toString',
  'a:b:c',
  DIRTY_COUNTERS_KEY,
  '&|!:*()\\<->',
  '\r\nSet-Cookie: a=b',
  '-1',
  '0',
  '1e309',
  '9007199254740993',
  '2147483648',
  'NaN',
  'true',
  'null',
  'undefined',
  '2026-02-30',
  '0000-00-00T00:00:00Z',
  '+275761-01-01',
  'a@b',
  'nobody@example.com\nbcc: all@example.com',
  '(a+)+$',
  '[[[[[[[[',
  'http://169.254.169.254/latest/meta-data',
  'file:///etc/passwd',
];

const numbers = [-1, 0, 0.5, 1e308, -1e308, 2_147_483_648, 9_007_199_254_740_992, 1e-300];

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

export const hostileText = (random: Random): string => random.pick(texts);

/** Anything that JSON can say. */
export const hostileValue = (random: Random): unknown => {
  const kinds: (() => unknown)[] = [
    () => hostileText(random),
    () => random.pick(numbers),
    () => null,
    () => random.chance(0.5),
    () => [],
    () => ({}),
    () => Array.from({ length: random.below(300) }, () => hostileText(random)),
    () => nested(random.below(200)),
    () => ({ [hostileText(random)]: hostileText(random) }),
    () => ({ equals: hostileText(random), in: [1, null], like: '%' }),
    () => JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}'),
  ];
  return random.pick(kinds)();
};

/** `body` with some of its fields made hostile, taken away, or joined by ones that nobody asked for. */
export const spoiled = (body: Record<string, unknown>, random: Random): Record<string, unknown> => {
  const result: Record<string, unknown> = { ...body };
  const names = Object.keys(body);
  for (let times = 0; times <= random.below(3); times += 1) {
    const name = names.length > 0 && random.chance(0.7) ? random.pick(names) : hostileText(random);
    if (random.chance(0.2)) delete result[name];
    else result[name] = hostileValue(random);
  }
  return result;
};

export type Body = { contentType: string | null; bytes: Buffer };

/** As long as those of browsers: parsers take no short ones. */
const BOUNDARY = '----WebKitFormBoundary7MA4YWxkTrZu0gW';

const part = (name: string, content: string): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; ${name}\r\n\r\n${content}\r\n`;

const contentTypes = [
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  `multipart/form-data; boundary=${BOUNDARY}`,
  `multipart/form-data; boundary=${BOUNDARY}`,
  'multipart/form-data',
  'application/xml',
  'image/png',
  ';;;',
  null,
];

const rawBodies = [
  '',
  'null',
  '[]',
  '"text"',
  '1e400',
  '{',
  '{"a":1,}',
  '{"a":1}{"a":2}',
  '\ufeff{}',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `{"a":"${'x'.repeat(200_000)}"}`,
  '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n<svg onload=alert(1)>\r\n--x--',
  '--x\r\nContent-Disposition: form-data; name="_payload"\r\n\r\n{"roles":["admin"]}\r\n--x--',
  `${part('name="file"; filename="a.png"', '<svg onload=alert(1)>')}--${BOUNDARY}--\r\n`,
  `${part('name="_payload"', '{"roles":["admin"]}')}--${BOUNDARY}--\r\n`,
  `${part('name="file"', '{"filename":"../../a"}')}--${BOUNDARY}--\r\n`,
  `${part('name="$ACTION_ID_x"', '')}${part('name="$ACTION_1:0"', '{')}--${BOUNDARY}--\r\n`,
  part('name="_payload"', '{'),
  'a=1&a=2&__proto__[x]=1',
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
];

/** A body that is not what the endpoint asks for. */
export const hostileBody = (base: Record<string, unknown> | undefined, random: Random): Body => {
  if (base && random.chance(0.7)) {
    return {
      contentType: random.chance(0.9) ? 'application/json' : random.pick(contentTypes),
      bytes: Buffer.from(JSON.stringify(spoiled(base, random))),
    };
  }
  if (random.chance(0.1)) {
    const bytes = Buffer.from(Array.from({ length: random.below(2_000) }, () => random.below(256)));
    return { contentType: random.pick(contentTypes), bytes };
  }
  return { contentType: random.pick(contentTypes), bytes: Buffer.from(random.pick(rawBodies)) };
};

const queryNames = [
  'where[email][like]',
  'where[or][0][and][0][id][equals]',
  'where[resetPasswordToken][exists]',
  'where[owner.password][like]',
  'sort',
  'depth',
  'limit',
  'page',
  'pageSize',
  'locale',
  'draft',
  'trash',
  'select[password]',
  'populate[users][hash]',
  'joins[x][limit]',
  'kind',
  'city',
  'type',
  'text',
  'bounds',
  'priceMin',
  'facilities',
  'from',
  'token',
  'next',
  '_rsc',
  '__nextLocale',
];

/** With lone surrogates replaced: `encodeURIComponent` throws at them. */
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

export const hostileQuery = (random: Random): string => {
  if (random.chance(0.3)) return '';
  const pairs = Array.from({ length: 1 + random.below(4) }, () => {
    const name = random.chance(0.8) ? random.pick(queryNames) : hostileText(random);
    const value = hostileText(random);
    // Some of them as they stand, to meet whoever decodes.
    return random.chance(0.8)
      ? `${encodeURIComponent(wellFormed(name))}=${encodeURIComponent(wellFormed(value))}`
      : `${name}=${value}`.replace(/[^\x21-\x7e]/g, '');
  });
  return `?${pairs.join('&')}`;
};

/** A segment of a path, as it can stand in a request line. */
export const hostileSegment = (random: Random): string =>
  random.chance(0.5)
    ? String(random.pick([0, 1, 2, -1, 999_999_999_999]))
    : encodeURIComponent(wellFormed(hostileText(random))).slice(0, 2_000) || 'x';

export const hostileHeaders = (random: Random): Record<string, string> => {
  const headers: Record<string, string> = {
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0.0.0 Safari/537.36',
    // Another visitor each time, so that limits of an address are not all that is met.
    'x-forwarded-for': `10.${random.below(250)}.${random.below(250)}.${random.below(250)}`,
  };
  const more: (() => void)[] = [
    () => {
      headers['authorization'] = random.pick([
        'Bearer x',
        'JWT eyJhbGciOiJub25lIn0.eyJpZCI6MSwiY29sbGVjdGlvbiI6InVzZXJzIn0.',
        'users API-Key 1',
        'Basic Og==',
        'Bearer ',
      ]);
    },
    () => {
      headers['cookie'] = random.pick([
        'payload-token=eyJhbGciOiJub25lIn0.eyJpZCI6MX0.',
        'convene_session=x',
        '__Host-convene_session=a.b.c.d.e',
        'convene_locale=../../x; convene_theme=%00',
        'convene_visitor=x',
        ';;;=;',
      ]);
    },
    () => {
      headers['x-convene-service-token'] = hostileText(random).replace(/[^\x20-\x7e]/g, '') || 'x';
    },
    () => {
      headers['accept-language'] = random.pick(['xx-yy;q=9', '*', 'ro', ','.repeat(500)]);
    },
    () => {
      headers['x-http-method-override'] = random.pick(['GET', 'DELETE', 'PATCH']);
    },
    () => {
      headers['origin'] = random.pick(['null', 'https://evil.example']);
    },
    () => {
      headers['next-action'] = random.pick(['x', '0'.repeat(42), '__proto__']);
    },
    () => {
      headers['range'] = 'bytes=5-1';
    },
  ];
  for (let times = 0; times < random.below(3); times += 1) random.pick(more)();
  return headers;
};
