import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { CacheClient } from '@/lib/redis/index';
import { parseJson } from '@/lib/request/parseJson';

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
  /** How long an answer is served without asking again. */
  freshForMs: number | ((value: T) => number);
  /** How long an answer may still be served while the backend is away. */
  keepForMs: number;
  maxEntries: number;
  shared?: SharedLevel;
  now?: () => number;
};

type Entry<T> = { value: T; at: number };

/**
 * A read with up to two caches before it: this process's memory, and for a few reads Redis.
 *
 * Memory answers while fresh; concurrent misses share one call. Redis is asked only by a process that holds nothing
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
    const copy = stale ? null : await readShared();
    if (copy) writtenAt = Math.max(writtenAt, copy.at);
    if (copy && shared && now() - copy.at < shared.freshForMs) return { value: copy.value, at: now() };
    try {
      const entry = { value: await load(query), at: now() };
      void writeShared(entry);
      return entry;
    } catch (error) {
      const last = stale ?? copy;
      if (last && now() - last.at < keepForMs) return last;
      throw error;
    }
  };

  const memory = new LRUCache<string, Entry<T>, { query: Query }>({
    max: maxEntries,
    ttl: 1,
    // Reads the clock every time: these few reads can afford it, and tests inject theirs.
    ttlResolution: 0,
    perf: { now },
    // An entry pushed out while its call is under way still gets its answer.
    ignoreFetchAbort: true,
    allowStaleOnFetchAbort: true,
    fetchMethod: async (_key, stale, { context, options }) => {
      const entry = await fetchEntry(context.query, stale);
      options.ttl = typeof freshForMs === 'number' ? freshForMs : freshForMs(entry.value);
      return entry;
    },
  });

  return async (query) => (await memory.forceFetch(keyOf(query), { context: { query } })).value;
};
