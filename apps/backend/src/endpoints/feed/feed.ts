import { type FeedAnswer, feedQuerySchema, type ListingCard } from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { LRUCache } from 'lru-cache';
import { listingCards } from '../../readModels/listingCards';
import { getPool } from '../../utils/postgres';
import { jsonAnswer, type RouteHandler, readQuery } from '../http';
import { type ComposedList, EXACT_TOTAL_LIMIT, readComposedList, readIdsBehind } from './composedList';
import type { FeedPageQuery } from './query';

/** Visitors' caches keep a page for half a minute anyway; this spares Postgres what many ask for at once. */
const FRESH_FOR_MS = 10_000;
/** After that the first who asks makes it be read anew, and nobody waits for it until it is that much older. */
const STALE_FOR_MS = 20_000;
/** About 16 kB each where a segment is large. */
const MOST_LISTS = 500;
/** Pages behind a list's end: some hundred bytes each. */
const MOST_DEEP_PAGES = 1_000;
/** About 1 kB each. */
const MOST_CARDS = 5_000;

export type Feed = { page: (query: FeedPageQuery) => Promise<FeedAnswer> };

/** What was read, one reading at a time for each key, and kept for some seconds. */
const keptFor = <Answer extends object>(freshForMs: number, max: number) => {
  const kept = new LRUCache<string, Answer, () => Promise<Answer>>({
    max,
    ttl: freshForMs,
    fetchMethod: (_key, _stale, { context: read }) => read(),
  });
  return (key: string, read: () => Promise<Answer>): Promise<Answer> =>
    kept.forceFetch(key, {
      context: read,
      // What was read in one moment, as after a start, is not all read anew in one moment.
      ttl: freshForMs * (1 + Math.random()),
      allowStale: kept.getRemainingTTL(key) > -STALE_FOR_MS,
    });
};

/**
 * The feed, best first, with what it read kept in this process for some seconds: the order of each segment that was
 * asked for, read once however many ask at the same moment, and the cards.
 */
export const createFeed = (sql: SqlExecutor, { freshForMs = FRESH_FOR_MS }: { freshForMs?: number } = {}): Feed => {
  const keptList = keptFor<ComposedList>(freshForMs, MOST_LISTS);
  const keptDeepPage = keptFor<number[]>(freshForMs, MOST_DEEP_PAGES);
  const cards = new LRUCache<string, ListingCard>({ max: MOST_CARDS, ttl: freshForMs });

  const cardsOf = async (kind: ListingKind, ids: number[]): Promise<ListingCard[]> => {
    const found = new Map(ids.map((id) => [id, cards.get(`${kind}/${id}`)]));
    const missing = ids.filter((id) => !found.get(id));
    for (const card of await listingCards(sql, { kind, ids: missing })) {
      cards.set(`${kind}/${card.id}`, card);
      found.set(card.id, card);
    }
    return ids.flatMap((id) => found.get(id) ?? []);
  };

  return {
    page: async ({ page, pageSize, ...filters }) => {
      const key = JSON.stringify(filters, Object.keys(filters).toSorted());
      const list = await keptList(key, () => readComposedList(sql, filters));
      const offset = (page - 1) * pageSize;
      const end = offset + pageSize;
      const ids =
        list.isWhole || end <= list.ids.length
          ? list.ids.slice(offset, end)
          : await keptDeepPage(`${key} ${offset} ${pageSize}`, () =>
              readIdsBehind(sql, list, { offset, limit: pageSize }),
            );
      return {
        items: await cardsOf(filters.kind, ids),
        page,
        pageSize,
        total: Math.min(list.ids.length, EXACT_TOTAL_LIMIT),
        totalIsExact: list.isWhole,
      };
    },
  };
};

let feedOfProcess: Feed | undefined;

/** GET /api/feed: one page of a segment. */
export const feed: RouteHandler = async (request) => {
  const query = readQuery(request, feedQuerySchema);
  feedOfProcess ??= createFeed(getPool());
  return jsonAnswer(await feedOfProcess.page(query), 200, { 'Cache-Control': 'public, max-age=30' });
};
