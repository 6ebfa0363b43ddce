import { z } from 'zod';

export const passwordSchema = z.string().min(10, 'must have at least 10 characters').max(128);
export const emailSchema = z.email('is not an e-mail address').max(254).toLowerCase();
export const displayNameSchema = z
  .string()
  .trim()
  .min(2, 'must have at least 2 characters')
  .max(80)
  .regex(/^[^\p{C}<>]*$/u, 'must not hold control characters, < or >');

/** Of what people say about themselves, in characters. */
export const MAX_BIO_LENGTH = 600;
