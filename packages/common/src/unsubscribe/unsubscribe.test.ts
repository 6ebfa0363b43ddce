import { describe, expect, it } from 'vitest';
import { openUnsubscribeToken, sealUnsubscribeToken, type UnsubscribeTarget } from './index';

const secret = 'an-unsubscribe-secret-of-32-characters';
const target: UnsubscribeTarget = { email: 'Ana@example.com', userId: 7, category: 'reminders' };

describe("an unsubscribe link's token", () => {
  it('brings back what it was made of, and is the same each time', () => {
    const token = sealUnsubscribeToken(target, secret);
    expect(openUnsubscribeToken(token, secret)).toEqual(target);
    expect(sealUnsubscribeToken(target, secret)).toBe(token);
    const withoutAccount = { ...target, userId: null };
    expect(openUnsubscribeToken(sealUnsubscribeToken(withoutAccount, secret), secret)).toEqual(withoutAccount);
  });

  it('shows nobody the address', () => {
    const token = sealUnsubscribeToken(target, secret);
    expect(token).toMatch(/^[\w-]+$/);
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('example.com');
  });

  it('is another one for each address, account and category', () => {
    const tokens = [
      target,
      { ...target, email: 'bo@example.com' },
      { ...target, userId: 8 },
      { ...target, category: 'listings' as const },
    ].map((other) => sealUnsubscribeToken(other, secret));
    expect(new Set(tokens).size).toBe(4);
  });

  it('that was changed in any of its bits, cut, or made under another secret is none', () => {
    const token = Buffer.from(sealUnsubscribeToken(target, secret), 'base64url');
    for (let index = 0; index < token.length; index += 1) {
      const changed = Buffer.from(token);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(openUnsubscribeToken(changed.toString('base64url'), secret)).toBeNull();
    }
    expect(openUnsubscribeToken(token.subarray(0, -1).toString('base64url'), secret)).toBeNull();
    expect(openUnsubscribeToken(token.toString('base64url'), `${secret}.`)).toBeNull();
    for (const nonsense of ['', 'a', 'ä', 'x'.repeat(400)]) expect(openUnsubscribeToken(nonsense, secret)).toBeNull();
  });
});
