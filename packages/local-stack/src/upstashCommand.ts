/*
 * What a request to Upstash's REST API means as Redis commands, and what Redis answers means as JSON. No I/O.
 */

export type RestCommand = [name: string, ...args: string[]];

/** A request that Redis never sees; Upstash answers it by 400 and this text. */
export class RestRequestError extends Error {
  override readonly name = 'RestRequestError';
}

/**
 * What a connection of one's own is needed for, and here it belongs to everybody: its state, transactions step by step
 * (POST /multi-exec has them), messages (POST /subscribe has them), waiting for others.
 */
const connectionCommands = new Set([
  'AUTH',
  'HELLO',
  'SELECT',
  'QUIT',
  'RESET',
  'CLIENT',
  'ASKING',
  'READONLY',
  'READWRITE',
  'MULTI',
  'EXEC',
  'DISCARD',
  'WATCH',
  'UNWATCH',
  'SUBSCRIBE',
  'PSUBSCRIBE',
  'SSUBSCRIBE',
  'UNSUBSCRIBE',
  'PUNSUBSCRIBE',
  'SUNSUBSCRIBE',
  'MONITOR',
  'SYNC',
  'PSYNC',
  'SHUTDOWN',
  'BLPOP',
  'BRPOP',
  'BRPOPLPUSH',
  'BLMOVE',
  'BLMPOP',
  'BZPOPMIN',
  'BZPOPMAX',
  'BZMPOP',
  'WAIT',
  'WAITAOF',
]);

const toArgument = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null) return 'null';
  return JSON.stringify(value);
};

/** One command from its JSON array. @throws RestRequestError */
export const toRestCommand = (value: unknown): RestCommand => {
  if (!Array.isArray(value)) throw new RestRequestError('ERR failed to parse command: it is no JSON array');
  const [name, ...args] = value.map(toArgument);
  if (name === undefined || name === '') throw new RestRequestError('ERR empty command');
  return [name, ...args];
};

/** The commands of a pipeline or transaction. @throws RestRequestError */
export const toRestCommands = (value: unknown): RestCommand[] => {
  if (!Array.isArray(value)) throw new RestRequestError('ERR failed to parse pipeline request: it is no JSON array');
  return value.map(toRestCommand);
};

const decodeSegment = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new RestRequestError('ERR failed to parse command: the path is not encoded as it should be');
  }
};

const segmentsOf = (pathname: string): string[] => pathname.replace(/^\/+/, '').split('/').map(decodeSegment);

/**
 * The command that a path spells: `/set/key/value`, a POST's body appended as one more argument, then the query's
 * names and values (`?EX=100`).
 */
export const pathCommand = ({
  pathname,
  query,
  body,
}: {
  pathname: string;
  query: URLSearchParams;
  body: string | undefined;
}): RestCommand => {
  const segments = segmentsOf(pathname);
  const fromQuery = [...query]
    .filter(([name]) => name !== '_token')
    .flatMap(([name, value]) => (value === '' ? [name] : [name, value]));
  return toRestCommand([...segments, ...(body === undefined ? [] : [body]), ...fromQuery]);
};

export type SubscriptionRequest = { isPattern: boolean; names: string[] };

/** What a path such as `/subscribe/a/b` or `/psubscribe/a*` asks to listen to; null for one that does not. */
export const subscriptionOf = (pathname: string): SubscriptionRequest | null => {
  const [name = '', ...names] = segmentsOf(pathname);
  const upper = name.toUpperCase();
  if (upper !== 'SUBSCRIBE' && upper !== 'PSUBSCRIBE') return null;
  if (names.length === 0 || names.includes('')) {
    throw new RestRequestError(`ERR wrong number of arguments for '${name.toLowerCase()}' command`);
  }
  return { isPattern: upper === 'PSUBSCRIBE', names };
};

export const assertServed = ([name]: RestCommand): void => {
  const upper = name.toUpperCase();
  if (connectionCommands.has(upper)) throw new RestRequestError(`ERR Command is not available: '${name}'`);
};

/** Whether the command may make its connection wait, and everybody behind it: of the client's, reads of streams. */
export const isBlocking = ([name, ...args]: RestCommand): boolean => {
  const upper = name.toUpperCase();
  return (upper === 'XREAD' || upper === 'XREADGROUP') && args.some((arg) => arg.toUpperCase() === 'BLOCK');
};

const LOCKING_FLAG = 'allow-key-locking';

/**
 * A script without the flag that only Upstash knows; Redis would refuse it. The line stays, so that line numbers in
 * errors do. Returns undefined when there is nothing to take away.
 */
export const withoutLockingFlag = (script: string): string | undefined => {
  const firstLine = /^#!lua[^\n]*/.exec(script)?.[0];
  if (!firstLine?.includes(LOCKING_FLAG)) return undefined;
  const flags = /flags=(\S*)/.exec(firstLine)?.[1]?.split(',') ?? [];
  const kept = flags.filter((flag) => flag !== LOCKING_FLAG && flag !== '');
  // Without any flag left the line goes: it alone would already change how Redis treats the script.
  const line = kept.length > 0 ? `#!lua flags=${kept.join(',')}` : '';
  return line + script.slice(firstLine.length);
};

/** A reply of Redis as ioredis gives it in buffer mode. */
export type RedisReply = Buffer | string | number | null | Error | RedisReply[];

export const isRedisReply = (value: unknown): value is RedisReply =>
  value === null ||
  typeof value === 'number' ||
  typeof value === 'string' ||
  Buffer.isBuffer(value) ||
  value instanceof Error ||
  (Array.isArray(value) && value.every(isRedisReply));

/** A reply as JSON, each string encoded as the client wishes. An error inside an array becomes its text. */
export const replyToJson = (reply: RedisReply, isBase64: boolean): unknown => {
  const text = (value: Buffer | string): string => {
    if (isBase64) return Buffer.from(value).toString('base64');
    return Buffer.isBuffer(value) ? value.toString('utf8') : value;
  };
  if (Array.isArray(reply)) return reply.map((item) => replyToJson(item, isBase64));
  if (reply instanceof Error) return text(reply.message);
  if (Buffer.isBuffer(reply) || typeof reply === 'string') return text(reply);
  return reply;
};
