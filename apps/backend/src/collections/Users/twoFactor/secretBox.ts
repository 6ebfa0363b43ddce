import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { env } from '../../../env';

/** A 256-bit key for one purpose (RFC 5869): who knows one of them knows none of the others. */
const keyFor = (purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', env.PAYLOAD_SECRET, 'convene-backend', purpose, 32));

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts what the database may keep but nobody read there (AES-256-GCM). `owner` is bound to it: another person's row
 * can't be given the text.
 */
export const seal = (text: string, owner: number): string => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor('two-factor-secret-v1'), iv).setAAD(Buffer.from(`user:${owner}`));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `v1.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
};

/** @throws Error where it was sealed for somebody else, by another PAYLOAD_SECRET, or altered */
export const unseal = (sealed: string, owner: number): string => {
  const [version, data] = sealed.split('.');
  if (version !== 'v1' || !data) throw new Error('The secret was sealed in a way that is not known.');
  const bytes = Buffer.from(data, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyFor('two-factor-secret-v1'), bytes.subarray(0, IV_BYTES)).setAAD(
    Buffer.from(`user:${owner}`),
  );
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
};

/** A keyed hash, in base64url: without PAYLOAD_SECRET nobody can try values against it, or make one. */
export const keyedHash = (purpose: string, text: string): string =>
  createHmac('sha256', keyFor(purpose)).update(text).digest('base64url');
