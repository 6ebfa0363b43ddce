import { hkdfSync } from 'node:crypto';

/** A 256-bit key for one purpose, derived from the one secret (RFC 5869), so that no two purposes share a key. */
export const deriveKey = (secret: string, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, 'convene-frontend', purpose, 32));
