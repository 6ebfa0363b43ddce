import { describe, expect, it } from 'vitest';
import { checkHuman, issueTicket, MIN_FILL_MS } from './humanCheck';

const secret = 'a-secret-of-at-least-thirty-two-characters';
const shownMs = Date.UTC(2026, 10, 24, 12);
const check = (afterMs: number, given: { honeypot?: unknown; ticket?: unknown } = {}) =>
  checkHuman({ honeypot: '', ticket: issueTicket(shownMs, secret), secret, nowMs: shownMs + afterMs, ...given });

describe('checkHuman', () => {
  it('lets a form pass that someone took time to fill', () => {
    expect(check(20_000)).toEqual({ type: 'human', waitMs: 0 });
  });

  it('has a quick one wait out the rest', () => {
    expect(check(400)).toEqual({ type: 'human', waitMs: MIN_FILL_MS - 400 });
    expect(check(-5_000)).toEqual({ type: 'human', waitMs: MIN_FILL_MS });
  });

  it('knows a robot by the field that nobody sees', () => {
    expect(check(20_000, { honeypot: 'https://spam.example' })).toEqual({ type: 'robot' });
    expect(check(20_000, { honeypot: null })).toEqual({ type: 'robot' });
  });

  it('refuses a ticket that is missing, altered or a week old', () => {
    const signature = issueTicket(shownMs, secret).split('.')[1];
    for (const ticket of [null, '', 'x.y', `${shownMs - 60_000}.${signature}`]) {
      expect(check(20_000, { ticket })).toEqual({ type: 'invalid' });
    }
    expect(check(8 * 86_400_000)).toEqual({ type: 'invalid' });
  });
});
