/**
 * What the admin's pages may load: scripts by nonce only, and nothing of a third party but pictures.
 *
 * Styles may stand in the page: Payload's own components put them there, without a nonce.
 */
export const adminContentPolicy = ({
  nonce,
  backendOrigin,
  isDevelopment,
}: {
  nonce: string;
  /** Where the admin's requests go; its own origin, unless somebody looks at it by another name. */
  backendOrigin: string;
  /** Next's development server evaluates code. */
  isDevelopment: boolean;
}): string =>
  [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'unsafe-inline'`,
    // Uploads may be kept in a bucket.
    `img-src 'self' data: blob: https: ${backendOrigin}`,
    `connect-src 'self' ${backendOrigin}${isDevelopment ? ' ws:' : ''}`,
    `font-src 'self' data:`,
    // Previews of mails.
    `frame-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'self'`,
  ].join('; ');
