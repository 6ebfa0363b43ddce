import { z } from 'zod';

/** Why the admin's sign-in page is shown again. */
export const adminSignInFailureSchema = z.enum([
  'credentials',
  'code-needed',
  'code-wrong',
  'too-many',
  'suspended',
  'enrol',
  'no-business',
]);
export type AdminSignInFailure = z.infer<typeof adminSignInFailureSchema>;

const base = 'http://own.invalid';

/** `path` where it is one of the admin's own, else the admin's first page: nobody is led to another site. */
export const safeAdminPath = (path: unknown): string => {
  if (typeof path !== 'string' || !/^\/admin(?:[/?#]|$)/.test(path) || /[\\\p{Cc}]/u.test(path)) return '/admin';
  if (!URL.canParse(path, base)) return '/admin';
  const { origin, pathname, search, hash } = new URL(path, base);
  return origin === base && /^\/admin(?:\/|$)/.test(pathname) ? `${pathname}${search}${hash}` : '/admin';
};
