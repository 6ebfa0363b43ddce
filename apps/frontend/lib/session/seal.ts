import { roleSchema } from '@convene/common/listings';
import { opaqueIdSchema } from '@convene/common/metrics';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import { deriveKey } from './keys';

export const sessionSchema = z.object({
  /** The backend's own session token; it never reaches the browser in the clear. */
  token: z.string().min(1),
  userId: opaqueIdSchema,
  roles: z.array(roleSchema),
  displayName: z.string(),
  /** Sessions from before there were pictures have none. */
  avatarUrl: z.string().nullable().default(null),
  /** Seconds since 1970. */
  expiresAt: z.number().int(),
});
export type Session = z.infer<typeof sessionSchema>;

const sessionKey = (secret: string) => deriveKey(secret, 'session-cookie-v1');

/** The session as an encrypted, authenticated text for a cookie (JWE, direct key, A256GCM). */
export const sealSession = (session: Session, secret: string): Promise<string> =>
  new EncryptJWT({ session })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setIssuedAt()
    .setExpirationTime(session.expiresAt)
    .encrypt(sessionKey(secret));

/** The session in a sealed text; null for one that is altered, foreign, malformed or expired at `now`. */
export const unsealSession = async ({
  sealed,
  secret,
  now,
}: {
  sealed: string;
  secret: string;
  now: Date;
}): Promise<Session | null> => {
  try {
    const { payload } = await jwtDecrypt(sealed, sessionKey(secret), {
      currentDate: now,
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    const parsed = sessionSchema.safeParse(payload['session']);
    return parsed.success ? parsed.data : null;
  } catch {
    // Whatever is wrong with a cookie, its bearer is nobody.
    return null;
  }
};
