import type { SpanProcessor } from '@opentelemetry/sdk-trace';

/** Attributes that are a path or an address, by the old names and the new. */
const addresses = ['http.target', 'http.url', 'url.full', 'url.path'];
const QUERY = 'url.query';

/** As tokens are written in paths: long, in hexadecimal digits, or three parts of a JWT. */
const token = /^(?:[0-9a-f]{20,}|[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,})$/i;
/** What follows these is one, however it is written. */
const beforeToken = new Set(['verify', 'reset', 'reset-password', 'unsubscribe']);

const withoutUserInfo = (address: string): string => address.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/@]*@/i, '$1');

/** Without query and fragment, without a password, and without what in its path may be a token. */
export const withoutSecrets = (address: string): string => {
  const segments = withoutUserInfo(address.replace(/[?#].*$/s, '')).split('/');
  return segments
    .map((segment, index) =>
      segment && (token.test(segment) || beforeToken.has(segments[index - 1] ?? '')) ? '…' : segment,
    )
    .join('/');
};

/** Names of spans hold the method and an address, or a route. */
const withoutSecretsInName = (name: string): string =>
  name
    .split(' ')
    .map((word) => (word.includes('/') ? withoutSecrets(word) : word))
    .join(' ');

/**
 * Cuts out of every span, before it reaches the processors that send it, what in addresses is nobody else's business:
 * whoever reads the traces must not be able to confirm, reset or unsubscribe in somebody's name.
 */
export const secretCuttingProcessor: SpanProcessor = {
  onStart: () => undefined,
  onEnding: (span) => {
    for (const name of addresses) {
      const address = span.attributes[name];
      if (typeof address === 'string') span.setAttribute(name, withoutSecrets(address));
    }
    if (span.attributes[QUERY] !== undefined) span.setAttribute(QUERY, '');
    const name = withoutSecretsInName(span.name);
    if (name !== span.name) span.updateName(name);
  },
  onEnd: () => undefined,
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
};
