import { expect, it } from 'vitest';
import { enrolmentUri, newSecret, stepOfCode } from './totp';

/** "12345678901234567890", the key of RFC 6238's own test vectors. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

// The RFC's codes have eight digits; six are their end.
it.each([
  [59, '287082', 1],
  [1_111_111_109, '081804', 37_037_036],
  [1_234_567_890, '005924', 41_152_263],
  [20_000_000_000, '353130', 666_666_666],
])('knows the code of second %d', (seconds, code, step) => {
  expect(stepOfCode({ secret, code, now: new Date(seconds * 1_000) })).toBe(step);
});

it('allows for a clock that is a step off, and no more', () => {
  const at = (seconds: number) => stepOfCode({ secret, code: '287082', now: new Date(seconds * 1_000) });
  expect([at(29), at(30), at(60), at(89), at(90)]).toEqual([1, 1, 1, 1, null]);
  expect(at(0)).toBe(1);
});

it('makes a secret of 160 bits, which an app reads from its address', () => {
  const made = newSecret();
  expect(made).toMatch(/^[A-Z2-7]{32}$/);
  expect(newSecret()).not.toBe(made);
  const uri = new URL(enrolmentUri({ secret: made, label: 'ana@example.com' }));
  expect([uri.protocol, uri.host]).toEqual(['otpauth:', 'totp']);
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({
    secret: made,
    issuer: 'Convene',
    digits: '6',
    period: '30',
  });
});
