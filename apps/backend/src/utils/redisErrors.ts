import { ConveneError } from '@convene/common/errors';

/** Did a command that failed reach Redis? `no` is certain; `unknown` means that it may have been executed. */
export type Executed = 'no' | 'unknown';

/** Redis could not be asked, or its answer was lost. The same request has a chance later. */
export class RedisUnavailable extends ConveneError {
  readonly executed: Executed;

  constructor({
    executed,
    retryAfterSeconds,
    cause,
  }: {
    executed: Executed;
    retryAfterSeconds: number;
    cause?: unknown;
  }) {
    super('unavailable', 'Counting is out of reach at the moment. Please try again.', { retryAfterSeconds, cause });
    this.executed = executed;
  }
}

/**
 * Is it a {@link RedisUnavailable}? By its shape, not its class: Next may load this module twice in one process, and
 * the client, which exists once, throws the class of whoever made it.
 */
export const isRedisUnavailable = (error: unknown): error is RedisUnavailable =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'unavailable' &&
  'executed' in error &&
  (error.executed === 'no' || error.executed === 'unknown');

/** Redis answered that it refuses the command: a wrong type, a fault in a script. Trying again changes nothing. */
export class RedisReplyError extends Error {
  override readonly name = 'RedisReplyError';
  /** The reply's first word, for example `WRONGTYPE` or `NOSCRIPT`. */
  readonly code: string;

  constructor(code: string, reply: string) {
    super(reply);
    this.code = code;
  }
}

/** Is it a {@link RedisReplyError}, of whichever copy of this module? */
export const isRedisReplyError = (error: unknown): error is RedisReplyError =>
  error instanceof Error && error.name === 'RedisReplyError';

/** A reply that is not what the command promises: some proxy's page, a truncated body, null in place of a number. */
export class UnexpectedReply extends Error {
  override readonly name = 'UnexpectedReply';
}

export type Failure =
  | { type: 'reply'; error: RedisReplyError }
  | { type: 'unavailable'; executed: Executed; reason: string; cause: unknown };

/** Failures of opening a connection: nothing was sent. */
const notSentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Replies with which Redis turns a command away before it runs, and that pass by themselves or by an operator. */
const turnedAwayCodes = new Set([
  'LOADING',
  'BUSY',
  'MASTERDOWN',
  'READONLY',
  'OOM',
  'MISCONF',
  'NOREPLICAS',
  'TRYAGAIN',
  'CLUSTERDOWN',
  'NOAUTH',
  'WRONGPASS',
  'NOPERM',
]);
/** What the REST endpoint itself says in Redis' style when it is Redis that it can't reach. */
const lostTexts = /could not be reached|connection|timed? ?out|unavailable|internal (server )?error/i;
const turnedAwayTexts = /max (daily|monthly)? ?(request|requests|concurrent|command)|rate limit|unauthorized/i;

const codeOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
};

/** The client appends the whole command to a message; it holds visitors' keys and must not reach a log. */
const withoutCommand = (message: string): string => message.split(', command was:')[0] ?? message;

/**
 * What an error of the REST client means. The client tells no HTTP status, so an answer counts as Redis' own when it
 * begins like one: with a word in capitals.
 */
export const classifyFailure = (error: unknown): Failure => {
  const name = error instanceof Error ? error.name : '';
  const message = error instanceof Error ? withoutCommand(error.message) : String(error);
  const unavailable = (executed: Executed): Failure => ({
    type: 'unavailable',
    executed,
    reason: codeOf(error) ?? (name === 'UpstashError' ? message : name || 'unknown'),
    cause: name === 'UpstashError' ? new Error(message) : error,
  });
  if (name === 'UpstashError') {
    const word = /^([A-Z][A-Z0-9]+)\b/.exec(message)?.[1];
    if (turnedAwayTexts.test(message) || (word && turnedAwayCodes.has(word))) return unavailable('no');
    if (word && !lostTexts.test(message)) return { type: 'reply', error: new RedisReplyError(word, message) };
    return unavailable('unknown');
  }
  const code = codeOf(error);
  return unavailable(code && notSentCodes.has(code) ? 'no' : 'unknown');
};
