import { rateLimit } from '../../utils/rateLimit';

/*
 * Per address of the visitor. A family or an office shares one, so each is well above what people need; the lockout
 * of an account after eight wrong passwords stands beside them.
 */
export const signInLimit = rateLimit({ name: 'sign-in', points: 20, durationSeconds: 300 });
export const signUpLimit = rateLimit({ name: 'sign-up', points: 20, durationSeconds: 3_600 });
export const mailLimit = rateLimit({ name: 'forgot', points: 10, durationSeconds: 3_600 });
export const tokenLimit = rateLimit({ name: 'token', points: 30, durationSeconds: 300 });

/** Hashing a password takes about 100 ms here; every answer about an address takes at least this long. */
export const STEADY_ANSWER_MS = 400;
