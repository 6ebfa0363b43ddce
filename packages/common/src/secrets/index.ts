import { timingSafeEqual } from 'node:crypto';

/** Do both strings hold the same secret? Takes the same time wherever they differ. */
export const secretsMatch = (given: string, expected: string): boolean => {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Does an Authorization header show `secret` as `Bearer …`? */
export const isBearerOf = (authorization: string | null | undefined, secret: string): boolean =>
  secretsMatch(/^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '', secret);
