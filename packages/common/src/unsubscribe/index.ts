import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { optionalCategories } from '../notifications/index';

/** Who does not want which mails any more. */
const targetSchema = z.object({
  /** As the mail was sent to it. */
  email: z.string().min(3).max(254),
  /** Null for somebody without an account. */
  userId: z.number().int().positive().nullable(),
  category: z.enum(optionalCategories),
});
export type UnsubscribeTarget = z.infer<typeof targetSchema>;

const IV_BYTES = 12;
const TAG_BYTES = 16;

const keyOf = (secret: string, use: 'seal' | 'iv'): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `convene unsubscribe ${use}`, 32));

/**
 * The token of a link that unsubscribes. Sealed by AES-256-GCM: it can be neither made nor changed without the secret,
 * so it is good for its own address and category alone, and does not show the address to whoever logs the link. The
 * same target gives the same token, since a mail that is sent again must be the same byte by byte: the nonce follows
 * from what is sealed.
 */
export const sealUnsubscribeToken = ({ email, userId, category }: UnsubscribeTarget, secret: string): string => {
  const plain = JSON.stringify([category, userId, email]);
  const iv = createHmac('sha256', keyOf(secret, 'iv')).update(plain).digest().subarray(0, IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, 'seal'), iv);
  return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
};

const decrypt = (sealed: Buffer, secret: string): string | null => {
  if (sealed.length <= IV_BYTES + TAG_BYTES) return null;
  const iv = sealed.subarray(0, IV_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, 'seal'), iv, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    // Not ours, or changed: the one thing that final() throws for.
    return null;
  }
};

/** What a token is good for; null for one that was not made by {@link sealUnsubscribeToken} under this secret. */
export const openUnsubscribeToken = (token: string, secret: string): UnsubscribeTarget | null => {
  const plain = decrypt(Buffer.from(token, 'base64url'), secret);
  if (plain === null) return null;
  const [category, userId, email] = z.tuple([z.unknown(), z.unknown(), z.unknown()]).parse(JSON.parse(plain));
  return targetSchema.parse({ category, userId, email });
};
