const base = 'http://own.invalid';

/**
 * Where to go after signing in: `next` if it is a path of this site, else `fallback`. A second slash or a backslash
 * after the first would make browsers leave for another host.
 */
export const safeNextPath = (next: unknown, fallback: string): string => {
  if (typeof next !== 'string' || !next.startsWith('/') || /^\/[/\\]/.test(next) || /\p{Cc}/u.test(next))
    return fallback;
  if (!URL.canParse(next, base)) return fallback;
  const url = new URL(next, base);
  if (url.origin !== base || url.pathname.startsWith('//')) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
};
