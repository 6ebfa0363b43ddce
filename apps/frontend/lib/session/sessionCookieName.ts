import { env } from '@/env';

/** `__Host-` binds the cookie to this host and to https; browsers refuse the prefix over plain http. */
export const SESSION_COOKIE = env.cookiesAreSecure ? '__Host-convene_session' : 'convene_session';
