import { describe, expect, it } from 'vitest';
import { judgeForm, MAX_FORM_AGE_MS, MIN_FILL_MS, makeFormStamp } from './index';

const secret = 'a-secret-of-at-least-32-characters';
const opened = new Date('2026-06-01T12:00:00Z');
const stamp = makeFormStamp(secret, opened);
const after = (ms: number) => ({ secret, now: new Date(opened.getTime() + ms) });

describe('a form', () => {
  it('comes from a human who took the time to fill it in', () => {
    expect(judgeForm({ stamp, homepage: '' }, after(MIN_FILL_MS))).toBe('human');
    expect(judgeForm({ stamp, homepage: '' }, after(MAX_FORM_AGE_MS))).toBe('human');
  });

  it('does not where the hidden field is filled in', () => {
    expect(judgeForm({ stamp, homepage: 'https://spam.example' }, after(60_000))).toBe('trapped');
  });

  it('is sent too fast, or was left open for too long', () => {
    expect(judgeForm({ stamp, homepage: '' }, after(MIN_FILL_MS - 1))).toBe('too-fast');
    expect(judgeForm({ stamp, homepage: '' }, after(MAX_FORM_AGE_MS + 1))).toBe('too-old');
  });

  it.each([
    ['nothing', ''],
    ['another time under the same signature', stamp.replace(/^[^.]+/, (1).toString(36))],
    ['no signature', `${stamp.split('.')[0]}.`],
    ['one of another secret', makeFormStamp('quite-another-secret-of-32-characters', opened)],
  ])('has a stamp that we did not make: %s', (_what, forged) => {
    expect(judgeForm({ stamp: forged, homepage: '' }, after(60_000))).toBe('forged');
  });
});
