import { isListingKind, type ListingKind, listingKinds } from '../listings/index';
import { type Metric, metrics } from '../metrics/index';
import { isUtcDay, type UtcDay } from '../time/index';
import { isIPv4, parseIPv6 } from './ip';

/*
 * Every key that Convene itself writes to Redis. A builder throws InvalidKeyPart rather than make a key
 * that its parser could not read back; nothing else in the code base spells a key.
 *
 *   feed:counters:{kind}:{listingId}:{metric}:{date}         integer   7 days
 *   metrics:view:{kind}:{listingId}:{date}:{identifier}      '1'       end of the UTC day + 1 h
 *   feed:dirty                                               set       none
 *   feed:flush:{batchId}                                     hash      none, removed when acknowledged
 *   feed:flush:seq                                           integer   none
 *   feed:flush:inflight                                      set       none
 *   feed:recorded:{requestId}                                string    1 hour
 *   cache:{app}:{what}:...                                   JSON      seconds to minutes
 */

export const DIRTY_COUNTERS_KEY = 'feed:dirty';
export const FLUSH_SEQUENCE_KEY = 'feed:flush:seq';
export const FLUSH_INFLIGHT_KEY = 'feed:flush:inflight';
/** What the flush script puts before a batch id, which it forms by itself. */
export const FLUSH_BATCH_PREFIX = 'feed:flush:';
/** What every counter's key begins with; the flush script touches nothing else. */
export const COUNTER_KEY_PREFIX = 'feed:counters:';
/** What the adoption of counters from before the index looks for. */
export const COUNTER_SCAN_PATTERN = `${COUNTER_KEY_PREFIX}*`;

export const COUNTER_TTL_SECONDS = 7 * 24 * 3_600;
export const RECORDED_TTL_SECONDS = 3_600;

const MAX_PART_LENGTH = 64;

export class InvalidKeyPart extends Error {
  override readonly name = 'InvalidKeyPart';
  readonly code = 'invalid-key-part';
  readonly part: string;

  constructor(part: string, reason: string) {
    super(`${part} can't be part of a Redis key: ${reason}`);
    this.part = part;
  }
}

const keyPart = (name: string, value: string | number): string => {
  const text = String(value);
  if (text === '') throw new InvalidKeyPart(name, 'it is empty');
  if (text.length > MAX_PART_LENGTH) throw new InvalidKeyPart(name, `it is longer than ${MAX_PART_LENGTH} characters`);
  // \p{C} holds control, format, unassigned and lone surrogate characters; \p{Z} all spaces.
  if (/[:\p{C}\p{Z}]/u.test(text)) throw new InvalidKeyPart(name, 'it holds a colon, a space or a control character');
  return text;
};

const oneOf = <T extends string>(name: string, value: string, allowed: readonly T[]): T => {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new InvalidKeyPart(name, `it is none of ${allowed.join(', ')}`);
  return found;
};

const dayPart = (day: string): UtcDay => {
  if (!isUtcDay(day)) throw new InvalidKeyPart('date', 'it is no UTC day');
  return day;
};

const isKeyPart = (value: string | undefined): value is string => {
  if (value === undefined) return false;
  try {
    keyPart('part', value);
    return true;
  } catch {
    return false;
  }
};

export type CounterRef = { kind: ListingKind; listingId: string; metric: Metric; day: UtcDay };

/** `feed:counters:{kind}:{listingId}:{metric}:{date}` */
export const counterKey = ({
  kind,
  listingId,
  metric,
  day,
}: Omit<CounterRef, 'listingId' | 'day'> & { listingId: string | number; day: string }): string =>
  `feed:counters:${oneOf('kind', kind, listingKinds)}:${keyPart('listingId', listingId)}:${oneOf('metric', metric, metrics)}:${dayPart(day)}`;

/** The inverse of {@link counterKey}; null for anything that is not such a key. */
export const parseCounterKey = (key: string): CounterRef | null => {
  const [feed, counters, kind, listingId, metric, day, ...rest] = key.split(':');
  if (feed !== 'feed' || counters !== 'counters' || rest.length > 0) return null;
  const knownMetric = metrics.find((candidate) => candidate === metric);
  if (!isListingKind(kind) || !isKeyPart(listingId) || !knownMetric || day === undefined || !isUtcDay(day)) return null;
  return { kind, listingId, metric: knownMetric, day };
};

/** Who is taken to have looked: the first that is known. */
export type ViewIdentifier =
  | { type: 'user'; userId: string }
  | { type: 'session'; sessionId: string }
  | { type: 'ip'; maskedIp: string }
  | { type: 'anonymous' };

const identifierText = (identifier: ViewIdentifier): string => {
  switch (identifier.type) {
    case 'user':
      return `user:${keyPart('userId', identifier.userId)}`;
    case 'session':
      return `session:${keyPart('sessionId', identifier.sessionId)}`;
    case 'ip':
      return `ip:${keyPart('maskedIp', identifier.maskedIp)}`;
    case 'anonymous':
      return 'anonymous';
  }
};

const parseIdentifier = (parts: string[]): ViewIdentifier | null => {
  const [type, value, ...rest] = parts;
  if (type === 'anonymous' && value === undefined) return { type };
  if (rest.length > 0 || !isKeyPart(value)) return null;
  if (type === 'user') return { type, userId: value };
  if (type === 'session') return { type, sessionId: value };
  if (type === 'ip') return { type, maskedIp: value };
  return null;
};

export type ViewDedupeRef = { kind: ListingKind; listingId: string; day: UtcDay; identifier: ViewIdentifier };

/** `metrics:view:{kind}:{listingId}:{date}:{identifier}` */
export const viewDedupeKey = ({
  kind,
  listingId,
  day,
  identifier,
}: Omit<ViewDedupeRef, 'listingId' | 'day'> & { listingId: string | number; day: string }): string =>
  `metrics:view:${oneOf('kind', kind, listingKinds)}:${keyPart('listingId', listingId)}:${dayPart(day)}:${identifierText(identifier)}`;

/** The inverse of {@link viewDedupeKey}; null for anything that is not such a key. */
export const parseViewDedupeKey = (key: string): ViewDedupeRef | null => {
  const [first, second, kind, listingId, day, ...identifierParts] = key.split(':');
  if (first !== 'metrics' || second !== 'view') return null;
  if (!isListingKind(kind) || !isKeyPart(listingId) || day === undefined || !isUtcDay(day)) return null;
  const identifier = parseIdentifier(identifierParts);
  return identifier && { kind, listingId, day, identifier };
};

/**
 * An address as far as it is kept: an IPv4 one without its last octet (`192.168.1.x`), an IPv6 one as the 12 hex
 * digits of its /48, an IPv4-mapped IPv6 one as IPv4. Null for what is no address.
 */
export const maskIp = (address: string): string | null => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(mapped)) return `${mapped.split('.').slice(0, 3).join('.')}.x`;
  const groups = parseIPv6(address);
  if (!groups) return null;
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    const [high = 0, low = 0] = groups.slice(6);
    return `${high >> 8}.${high & 255}.${low >> 8}.x`;
  }
  return groups
    .slice(0, 3)
    .map((group) => group.toString(16).padStart(4, '0'))
    .join('');
};

/** `feed:flush:{batchId}` */
export const flushBatchKey = (batchId: string): string => {
  const id = keyPart('batchId', batchId);
  if (id === 'seq' || id === 'inflight') throw new InvalidKeyPart('batchId', 'it is the name of another key');
  return `${FLUSH_BATCH_PREFIX}${id}`;
};

/** The inverse of {@link flushBatchKey}. */
export const parseFlushBatchKey = (key: string): string | null => {
  if (!key.startsWith(FLUSH_BATCH_PREFIX)) return null;
  const id = key.slice(FLUSH_BATCH_PREFIX.length);
  return isKeyPart(id) && id !== 'seq' && id !== 'inflight' ? id : null;
};

/** `feed:recorded:{requestId}` */
export const recordedRequestKey = (requestId: string): string => `feed:recorded:${keyPart('requestId', requestId)}`;

/** The inverse of {@link recordedRequestKey}. */
export const parseRecordedRequestKey = (key: string): string | null => {
  const [feed, recorded, id, ...rest] = key.split(':');
  return feed === 'feed' && recorded === 'recorded' && rest.length === 0 && isKeyPart(id) ? id : null;
};

export type CacheRef = { app: string; what: string; parts: string[] };

/** `cache:{app}:{what}:...` */
export const cacheKey = ({ app, what, parts }: { app: string; what: string; parts: (string | number)[] }): string =>
  ['cache', keyPart('app', app), keyPart('what', what), ...parts.map((part) => keyPart('part', part))].join(':');

/** The inverse of {@link cacheKey}. */
export const parseCacheKey = (key: string): CacheRef | null => {
  const [cache, app, what, ...parts] = key.split(':');
  if (cache !== 'cache' || !isKeyPart(app) || !isKeyPart(what) || !parts.every(isKeyPart)) return null;
  return { app, what, parts };
};
