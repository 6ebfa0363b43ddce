import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { opaqueIdSchema } from '@convene/common/metrics';
import { deriveKey } from '@/lib/session/keys';

export const VISITOR_COOKIE = 'convene_visitor';
/** 13 months of 30 days, counted from the first visit: the cookie is never renewed. */
export const VISITOR_COOKIE_MAX_AGE_SECONDS = 13 * 30 * 86_400;

const signatureOf = (id: string, secret: string): string =>
  createHmac('sha256', deriveKey(secret, 'visitor-cookie-v1')).update(id).digest('base64url').slice(0, 22);

/** A new visitor's id: 128 random bits that say nothing about anyone. */
export const newVisitorId = (): string => randomBytes(16).toString('base64url');

/** `id.signature`: nobody can make up ids to be counted more often, only drop their own. */
export const signVisitorId = (id: string, secret: string): string => `${id}.${signatureOf(id, secret)}`;

/** The id in a signed cookie value; null for one that this site has not made. */
export const verifyVisitorId = (value: string | undefined, secret: string): string | null => {
  const [id = '', signature = '', ...rest] = (value ?? '').split('.');
  if (rest.length > 0 || !opaqueIdSchema.safeParse(id).success) return null;
  const given = Buffer.from(signature);
  const expected = Buffer.from(signatureOf(id, secret));
  return given.length === expected.length && timingSafeEqual(given, expected) ? id : null;
};
