import { createHash } from 'node:crypto';

/**
 * The same id for the same parts, wherever and however often it is made: a row under it is written once, whatever is
 * done twice. A UUID of version 8 (RFC 9562), whose bits are ours to choose: those of the parts' SHA-256.
 */
export const stableId = (...parts: (string | number)[]): string => {
  const hex = createHash('sha256').update(parts.join(':')).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
};
