import { randomInt } from 'node:crypto';
import { keyedHash } from './secretBox';

export const RECOVERY_CODES = 10;

/** Without what is easily taken for something else (Crockford's base 32). */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 10;

const newCode = (): string => {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
};

/** For whoever has lost their telephone: 50 bits each, so that nobody guesses one in the tries they have. */
export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, newCode);

/** As people type them: large letters, without the dash, with spaces, and o, i and l for 0 and 1. */
const normalised = (code: string): string =>
  code.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');

/** What is kept of a code. */
export const hashOfRecoveryCode = (code: string, userId: number): string =>
  keyedHash('recovery-code-v1', `${userId}:${normalised(code)}`);
