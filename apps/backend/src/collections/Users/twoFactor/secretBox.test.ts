import { expect, it } from 'vitest';
import { hashOfRecoveryCode, newRecoveryCodes, RECOVERY_CODES } from './recoveryCodes';
import { seal, unseal } from './secretBox';

it('opens for whom it was sealed, and tells nothing on the way', () => {
  const sealed = seal('GEZDGNBVGY3TQOJQ', 7);
  expect(sealed).not.toContain('GEZDGNBV');
  expect(seal('GEZDGNBVGY3TQOJQ', 7)).not.toBe(sealed);
  expect(unseal(sealed, 7)).toBe('GEZDGNBVGY3TQOJQ');
});

it('opens neither for another account nor altered', () => {
  const sealed = seal('GEZDGNBVGY3TQOJQ', 7);
  expect(() => unseal(sealed, 8)).toThrow();
  const last = sealed.at(-2) === 'A' ? 'B' : 'A';
  expect(() => unseal(`${sealed.slice(0, -2)}${last}${sealed.slice(-1)}`, 7)).toThrow();
  for (const none of ['', 'v1.', 'v2.AAAA', 'GEZDGNBVGY3TQOJQ']) expect(() => unseal(none, 7)).toThrow();
});

it('makes recovery codes that differ, and knows each however it is typed', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(RECOVERY_CODES);
  for (const code of codes) expect(code).toMatch(/^[0-9a-z]{5}-[0-9a-z]{5}$/);
  const hash = hashOfRecoveryCode('0a1bc-d2345', 7);
  for (const typed of ['0A1BC-D2345', 'oalbc d2345', ' 0aibcd2345 ']) expect(hashOfRecoveryCode(typed, 7)).toBe(hash);
  expect(hashOfRecoveryCode('0a1bc-d2345', 8)).not.toBe(hash);
});
