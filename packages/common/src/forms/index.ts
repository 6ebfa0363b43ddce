import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { secretsMatch } from '../secrets/index';

/*
 * How the backend tells people from programs, where somebody writes: a field that only programs fill in, and the time
 * that filling in a form takes. When the form was opened is signed, since a program can claim anything.
 */

/** Nobody reads a form and writes into it faster. */
export const MIN_FILL_MS = 2_000;
/** A page that was left open for longer is loaded again before it is sent. */
export const MAX_FORM_AGE_MS = 24 * 3_600_000;

/** Goes with every form. `homepage` is the field that people don't see. */
export const formProofSchema = z.object({ stamp: z.string().max(200), homepage: z.string().max(1_000).default('') });
export type FormProof = z.infer<typeof formProofSchema>;

const signatureOf = (openedMs: string, secret: string): string =>
  createHmac('sha256', secret).update(`convene form ${openedMs}`).digest('base64url');

/** The stamp of a form that is opened now. Made on the frontend's server, which shares `secret` with the backend. */
export const makeFormStamp = (secret: string, now: Date): string => {
  const openedMs = now.getTime().toString(36);
  return `${openedMs}.${signatureOf(openedMs, secret)}`;
};

export type FormVerdict = 'human' | 'trapped' | 'forged' | 'too-fast' | 'too-old';

/** Who sent this form? */
export const judgeForm = (
  { stamp, homepage }: FormProof,
  { secret, now }: { secret: string; now: Date },
): FormVerdict => {
  if (homepage !== '') return 'trapped';
  const [openedMs = '', signature = ''] = stamp.split('.');
  if (!secretsMatch(signature, signatureOf(openedMs, secret))) return 'forged';
  const ageMs = now.getTime() - Number.parseInt(openedMs, 36);
  if (ageMs < MIN_FILL_MS) return 'too-fast';
  return ageMs > MAX_FORM_AGE_MS ? 'too-old' : 'human';
};
