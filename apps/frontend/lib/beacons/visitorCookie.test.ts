import { opaqueIdSchema } from '@convene/common/metrics';
import { describe, expect, it } from 'vitest';
import { newVisitorId, signVisitorId, VISITOR_COOKIE_MAX_AGE_SECONDS, verifyVisitorId } from './visitorCookie';

const secret = 'a-secret-of-at-least-thirty-two-characters';

describe('the visitor cookie', () => {
  it('holds an id that fits a key, and a signature that proves it ours', () => {
    const id = newVisitorId();
    expect(opaqueIdSchema.safeParse(id).success).toBe(true);
    expect(newVisitorId()).not.toBe(id);
    expect(verifyVisitorId(signVisitorId(id, secret), secret)).toBe(id);
  });

  it('is nothing when made up, altered, or signed by another secret', () => {
    const signed = signVisitorId('visitor-1', secret);
    const signature = signed.split('.')[1];
    for (const value of [
      undefined,
      '',
      'visitor-1',
      'visitor-1.',
      `visitor-2.${signature}`,
      `${signed}.x`,
      `.${signature}`,
      `visitor:1.${signature}`,
      `${signed.slice(0, -1)}~`,
    ]) {
      expect(verifyVisitorId(value, secret)).toBeNull();
    }
    expect(verifyVisitorId(signed, `${secret}!`)).toBeNull();
  });

  it('lasts no longer than 13 months', () => {
    expect(VISITOR_COOKIE_MAX_AGE_SECONDS).toBeLessThanOrEqual(395 * 86_400);
  });
});
