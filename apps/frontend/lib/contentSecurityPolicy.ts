/**
 * Own scripts by nonce only. Styles stand in the pages, where React puts them without a nonce; images come also from the
 * backend and from wherever it keeps uploads, by https.
 */
export const contentSecurityPolicy = ({
  nonce,
  imageOrigin,
  tileOrigin,
  isDevelopment,
}: {
  nonce: string;
  imageOrigin: string;
  /** Where map tiles come from, if from anywhere. */
  tileOrigin?: string | undefined;
  /** Next's development server evaluates code. */
  isDevelopment: boolean;
}): string =>
  [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob: https: ${imageOrigin}${tileOrigin ? ` ${tileOrigin}` : ''}`,
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    `font-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
