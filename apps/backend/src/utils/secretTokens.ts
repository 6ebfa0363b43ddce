import { createHash, randomBytes } from 'node:crypto';

/** A token for a link, which nobody guesses (256 bits). */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is kept of a token: who reads the database can't use its links. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');
