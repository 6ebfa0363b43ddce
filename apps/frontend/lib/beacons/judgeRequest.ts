import { isbot } from 'isbot';

/** Is it a robot's request, or one that a browser made on its own ahead of a visit? Neither is counted. */
export const isUncountedRequest = (headers: Headers): boolean => {
  if (isbot(headers.get('user-agent') ?? '')) return true;
  const purposes = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => headers.get(name) ?? '');
  return purposes.some((purpose) => /prefetch|prerender|preview/i.test(purpose));
};

/** Global Privacy Control and Do Not Track: such a visitor is counted without any identifier. */
export const refusesIdentifiers = (headers: Headers): boolean =>
  headers.get('sec-gpc')?.trim() === '1' || headers.get('dnt')?.trim() === '1';

/**
 * Does the request come from one of this site's own pages? A browser always sends Origin with a beacon, and a page of
 * another site can forge neither it nor Host.
 */
export const isOwnOrigin = (headers: Headers, siteUrl: string): boolean => {
  const origin = headers.get('origin');
  if (!origin || !URL.canParse(origin)) return false;
  return origin === new URL(siteUrl).origin || new URL(origin).host === headers.get('host');
};
