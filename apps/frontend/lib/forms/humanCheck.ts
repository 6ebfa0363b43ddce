import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '@/lib/session/keys';

/** Nobody reads and fills a form in less. */
export const MIN_FILL_MS = 1_500;
const MAX_AGE_MS = 7 * 86_400_000;

/** A field that people don't see and robots fill. */
export const HONEYPOT_FIELD = 'website';
export const TICKET_FIELD = 'ticket';

const signatureOf = (shownAt: string, secret: string): string =>
  createHmac('sha256', deriveKey(secret, 'form-ticket-v1')).update(shownAt).digest('base64url');

/** A signed note of when a form was shown, to go along as a hidden field. */
export const issueTicket = (shownAtMs: number, secret: string): string =>
  `${shownAtMs}.${signatureOf(String(shownAtMs), secret)}`;

export type HumanCheck = { type: 'robot' } | { type: 'invalid' } | { type: 'human'; waitMs: number };

/**
 * Judges a sent form. A quick one is not refused (a password manager is quick too) but has to wait out the rest of
 * the minimum time, which nobody notices who sends one form, and which makes many expensive.
 */
export const checkHuman = ({
  honeypot,
  ticket,
  secret,
  nowMs,
}: {
  honeypot: unknown;
  ticket: unknown;
  secret: string;
  nowMs: number;
}): HumanCheck => {
  if (typeof honeypot !== 'string' || honeypot !== '') return { type: 'robot' };
  const [shownAt = '', signature = ''] = typeof ticket === 'string' ? ticket.split('.') : [];
  const given = Buffer.from(signature);
  const expected = Buffer.from(signatureOf(shownAt, secret));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { type: 'invalid' };
  const ageMs = nowMs - Number(shownAt);
  if (ageMs > MAX_AGE_MS) return { type: 'invalid' };
  return { type: 'human', waitMs: Math.min(MIN_FILL_MS, Math.max(0, MIN_FILL_MS - ageMs)) };
};
