import { Secret, TOTP } from 'otpauth';

const ISSUER = 'Convene';
const PERIOD_SECONDS = 30;

/** 160 bits in base32, as authenticator apps take it. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

// SHA-1, six digits and thirty seconds are what every app knows (RFC 6238).
const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({
    issuer: ISSUER,
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
  });

/** `otpauth://…`, for a QR code. */
export const enrolmentUri = ({ secret, label }: { secret: string; label: string }): string =>
  totpOf(secret, label).toString();

/**
 * In which step of 30 seconds this code holds, with one step before and after `now` for clocks that differ; null for a
 * wrong one. The codes are compared in constant time.
 */
export const stepOfCode = ({ secret, code, now }: { secret: string; code: string; now: Date }): number | null => {
  const delta = totpOf(secret, '').validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / 1_000 / PERIOD_SECONDS) + delta;
};

export const isTotpCode = (code: string): boolean => /^\d{6}$/.test(code);
