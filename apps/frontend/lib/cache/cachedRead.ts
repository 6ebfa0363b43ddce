import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { CacheClient } from '@/lib/redis/index';
import { parseJson } from '@/lib/request/parseJson';
import { type Changes, freshnessOf, noChanges } from './changes';

export type SharedLevel = {
  client: () => CacheClient;
  key: string;
  /** How long Redis keeps a copy. */
  ttlSeconds: number;
  /** A process writes at most so often, however many visitors it has. */
  writeEveryMs: number;
  /** Up to which age a copy spares a new process its first call to the backend. */
  freshForMs: number;
};

export type CachedReadOptions<Query extends object, T extends object> = {
  answer: z.ZodType<T>;
  load: (query: Query) => Promise<T>;
  keyOf: (query: Query) => string;
  /** How long an answer is served without asking again, where nobody tells of changes. */
  freshForMs: number | ((value: T) => number);
  /** How long an answer may still be served while the backend is away. */
  keepForMs: number;
  maxEntries: number;
  shared?: SharedLevel;
  /** Of what the answers are made from. */
  changes?: Changes;
  now?: () => number;
};

/** `at`: when it was asked for. */
type Entry<T> = { value: T; at: number };
/** `triedAt`: when somebody last tried to get a newer one. */
type Kept<T> = Entry<T> & { triedAt: number };

/**
 * A read with up to two caches before it: this process's memory, and for a few reads Redis.
 *
 * Memory answers while fresh, and for longer where changes are told as they happen; concurrent misses share one call. Redis is asked only by a process that holds nothing
 * yet, and written at most every `writeEveryMs`, so its cost is bounded by time and process starts, not by visits.
 * When the backend is away the last good answer is served for `keepForMs`, a new process's from Redis.
 */
export const cachedRead = <Query extends object, T extends object>({
  answer,
  load,
  keyOf,
  freshForMs,
  keepForMs,
  maxEntries,
  shared,
  changes = noChanges,
  now = Date.now,
}: CachedReadOptions<Query, T>): ((query: Query) => Promise<T>) => {
  const storedSchema = z.object({ value: answer, at: z.number() });
  let writtenAt = Number.NEGATIVE_INFINITY;

  const readShared = async (): Promise<Entry<T> | null> => {
    if (!shared) return null;
    const text = await shared.client().get(shared.key);
    return text === null ? null : (storedSchema.safeParse(parseJson(text)).data ?? null);
  };

  const writeShared = async (entry: Entry<T>): Promise<void> => {
    if (!shared || entry.at - writtenAt < shared.writeEveryMs) return;
    const before = writtenAt;
    writtenAt = entry.at;
    const isWritten = await shared.client().set(shared.key, JSON.stringify(entry), shared.ttlSeconds);
    if (!isWritten) writtenAt = before;
  };

  const fetchEntry = async (query: Query, stale: Entry<T> | undefined): Promise<Entry<T>> => {
    const at = now();
    const copy = stale ? null : await readShared();
    if (copy) writtenAt = Math.max(writtenAt, copy.at);
    if (copy && shared && now() - copy.at < shared.freshForMs) return copy;
    try {
      const entry = { value: await load(query), at };
      void writeShared(entry);
      return entry;
    } catch (error) {
      const last = stale ?? copy;
      if (last && now() - last.at < keepForMs) return last;
      throw error;
    }
  };

  const memory = new LRUCache<string, Kept<T>, { query: Query }>({
    max: maxEntries,
    // An entry pushed out while its call is under way still gets its answer.
    ignoreFetchAbort: true,
    allowStaleOnFetchAbort: true,
    fetchMethod: async (_key, stale, { context }) => {
      const { value, at } = await fetchEntry(context.query, stale);
      return { value, at, triedAt: now() };
    },
  });

  const isFresh = ({ value, at, triedAt }: Kept<T>): boolean => {
    const unfollowedMs = typeof freshForMs === 'number' ? freshForMs : freshForMs(value);
    return now() - triedAt < freshnessOf({ askedAt: at, unfollowedMs, changes });
  };

  return async (query) => {
    const key = keyOf(query);
    const kept = memory.get(key);
    if (kept && isFresh(kept)) return kept.value;
    return (await memory.forceFetch(key, { context: { query }, forceRefresh: true })).value;
  };
};
