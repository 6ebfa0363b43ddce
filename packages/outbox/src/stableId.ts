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

/** SQL that makes of a text expression the id that {@link stableId} makes of the same text. */
export const stableIdSql = (text: string): string =>
  `(SELECT substr(hex, 1, 8) || '-' || substr(hex, 9, 4) || '-8' || substr(hex, 14, 3) || '-8' || substr(hex, 18, 3)
           || '-' || substr(hex, 21, 12)
    FROM encode(sha256(convert_to(${text}, 'UTF8')), 'hex') AS hex)`;
