import { DAY_MS, withoutAddresses } from '@convene/common';

/** What of Resend's answer decides: it never throws, it returns an error with the response's headers beside it. */
export type ResendFailure = {
  name: string;
  message: string;
  /** Null when no answer came at all. */
  statusCode: number | null;
  headers: Record<string, string> | null;
};

/**
 * What a failed send means:
 * - `rate-limited`: the account is over its rate; nothing was sent, every process slows down
 * - `unavailable`: Resend failed or did not answer in time; the mail may have been sent
 * - `in-progress`: the same mail is being sent by a call that nobody waits for any more
 * - `blocked`: no mail of this account can be sent until somebody or the next day mends it; nothing was sent
 * - `refused`: this mail will never be accepted; nothing was sent
 * - `conflict`: the key is known with another content; an earlier call may have been accepted
 */
export type MailFailure =
  | { kind: 'rate-limited'; retryAfterSeconds: number }
  | { kind: 'unavailable'; retryAfterSeconds: number | null }
  | { kind: 'in-progress' }
  | { kind: 'blocked'; retryAfterSeconds: number; needsSomebody: boolean }
  | { kind: 'refused' }
  | { kind: 'conflict' };

/** A send that failed. The message holds what Resend said, without the address. */
export class MailError extends Error {
  override readonly name = 'MailError';
  readonly failure: MailFailure;

  constructor(failure: MailFailure, message: string) {
    super(message);
    this.failure = failure;
  }
}

const RECHECK_ACCOUNT_SECONDS = 300;
const DEFAULT_RATE_LIMIT_SECONDS = 1;
const MAX_BLOCK_SECONDS = DAY_MS / 1000;

const positiveSeconds = (value: string | undefined): number | null => {
  const seconds = Number(value);
  return value !== undefined && value.trim() !== '' && Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
};

/** `retry-after` as seconds or as a date, else the end of the rate window; null where neither is given. */
export const retryAfterSecondsOf = (headers: Record<string, string> | null, now: Date): number | null => {
  const retryAfter = headers?.['retry-after'];
  const seconds = positiveSeconds(retryAfter);
  if (seconds !== null) return seconds;
  // Only what names a month: JavaScript also takes "-4" for a date.
  const date = retryAfter !== undefined && /[a-z]{3}/i.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN;
  if (!Number.isNaN(date)) return Math.max(0, (date - now.getTime()) / 1000);
  return positiveSeconds(headers?.['ratelimit-reset']);
};

const secondsToUtcMidnight = (now: Date): number => (DAY_MS - (now.getTime() % DAY_MS)) / 1000;

/** Errors that are about the account or its settings, whatever status they come with. */
const accountErrors = new Set([
  'missing_api_key',
  'invalid_api_key',
  'restricted_api_key',
  'invalid_from_address',
  'invalid_region',
]);

/** The one place that says what an error of Resend means. */
export const classifyFailure = (error: ResendFailure, now: Date): MailFailure => {
  const { name, statusCode, headers } = error;
  const retryAfterSeconds = retryAfterSecondsOf(headers, now);
  if (name === 'daily_quota_exceeded' || name === 'monthly_quota_exceeded') {
    // The month's quota is looked at again every day: a bigger plan may have been bought meanwhile.
    const seconds = retryAfterSeconds ?? secondsToUtcMidnight(now) + 60;
    return { kind: 'blocked', retryAfterSeconds: Math.min(seconds, MAX_BLOCK_SECONDS), needsSomebody: false };
  }
  if (name === 'invalid_idempotent_request') return { kind: 'conflict' };
  if (name === 'concurrent_idempotent_requests') return { kind: 'in-progress' };
  if (statusCode === 429 || name === 'rate_limit_exceeded') {
    return { kind: 'rate-limited', retryAfterSeconds: retryAfterSeconds ?? DEFAULT_RATE_LIMIT_SECONDS };
  }
  if (statusCode === null || statusCode === 408 || statusCode >= 500) return { kind: 'unavailable', retryAfterSeconds };
  // 401 and 403: key or domain. 404 and 405: RESEND_BASE_URL leads elsewhere.
  if (accountErrors.has(name) || [401, 403, 404, 405].includes(statusCode)) {
    return { kind: 'blocked', retryAfterSeconds: RECHECK_ACCOUNT_SECONDS, needsSomebody: true };
  }
  return { kind: 'refused' };
};

/** A failure as the error that is thrown. */
export const toMailError = (error: ResendFailure, now: Date): MailError =>
  new MailError(
    classifyFailure(error, now),
    `Resend: ${error.name}${error.statusCode === null ? '' : ` (${error.statusCode})`}: ${withoutAddresses(error.message)}`,
  );
