import { type FeedAnswer, feedQuerySchema, type ListingCard } from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { LRUCache } from 'lru-cache';
import { listingCards } from '../../readModels/listingCards';
import { getPool } from '../../utils/postgres';
import { jsonAnswer, type RouteHandler, readQuery } from '../http';
import { type ComposedList, EXACT_TOTAL_LIMIT, idsOfPage, readComposedList } from './composedList';
import type { FeedPageQuery } from './query';

/** Visitors' caches keep a page for half a minute anyway; this spares Postgres what many ask for at once. */
const FRESH_FOR_MS = 10_000;
/** About 16 kB each where a segment is large. */
const MOST_LISTS = 500;
/** About 1 kB each. */
const MOST_CARDS = 5_000;

export type Feed = { page: (query: FeedPageQuery) => Promise<FeedAnswer> };

/**
 * The feed, best first, with what it read kept in this process for some seconds: the order of each segment that was
 * asked for, read once however many ask at the same moment, and the cards.
 */
export const createFeed = (sql: SqlExecutor, { freshForMs = FRESH_FOR_MS }: { freshForMs?: number } = {}): Feed => {
  const lists = new LRUCache<string, ComposedList>({
    max: MOST_LISTS,
    ttl: freshForMs,
    fetchMethod: (filters) => readComposedList(sql, JSON.parse(filters)),
  });
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
      const list = await lists.forceFetch(JSON.stringify(filters, Object.keys(filters).toSorted()));
      const ids = await idsOfPage(sql, list, { offset: (page - 1) * pageSize, limit: pageSize });
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
