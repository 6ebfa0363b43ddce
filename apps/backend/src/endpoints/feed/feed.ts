import type { FeedAnswer, ListingCard, MapAnswer } from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { LRUCache } from 'lru-cache';
import { listingCards } from '../../readModels/listingCards';
import { mapPoints } from '../../readModels/mapPoints';
import { type ComposedList, EXACT_TOTAL_LIMIT, readComposedList, readIdsBehind } from './composedList';
import { type Freshness, keepReads } from './keptReads';
import { type FeedPageQuery, isSegment, keyOf, type MapFilters, sortOf } from './query';
import { readSortedList } from './sortedList';

/**
 * Where changes are heard of, only what time itself changes can be out of date: an event that ends, a new day's turn of
 * the sponsored.
 */
const FOLLOWED: Freshness = { freshForMs: 60_000, staleForMs: 60_000 };
/** Where they are not; visitors' caches keep a page for half a minute anyway. */
const UNFOLLOWED: Freshness = { freshForMs: 10_000, staleForMs: 20_000 };

export const feedFreshness = (isFollowed: boolean): Freshness => (isFollowed ? FOLLOWED : UNFOLLOWED);

/** About 16 kB each where a segment is large. */
const MOST_LISTS = 500;
/** Of texts, prices, days and pieces of the map there is no end: they must not push out what everybody asks for. */
const MOST_FOUND = 300;
/** Pages behind a list's end: some hundred bytes each. */
const MOST_DEEP_PAGES = 1_000;
/** About 1 kB each. */
const MOST_CARDS = 5_000;
/** About 100 kB each at their fullest. */
const MOST_MAPS = 100;
const MOST_POINTS = 500;

export type Feed = {
  page: (query: FeedPageQuery) => Promise<FeedAnswer>;
  map: (filters: MapFilters) => Promise<MapAnswer>;
  /** Ranks or listings have changed: what was read before is read anew. */
  forget: () => void;
};

/**
 * The feed, best first, with what it read kept in this process: the order of each segment that was asked for, read
 * once however many ask at the same moment, and the cards.
 *
 * @param options.isFollowed does somebody call `forget` when something changes?
 */
export const createFeed = (
  sql: SqlExecutor,
  { isFollowed = () => false }: { isFollowed?: () => boolean } = {},
): Feed => {
  const freshness = () => feedFreshness(isFollowed());
  const kept = keepReads({ freshness });
  const keptList = kept.of<ComposedList>(MOST_LISTS);
  const keptFound = kept.of<ComposedList>(MOST_FOUND);
  const keptDeepPage = kept.of<number[]>(MOST_DEEP_PAGES);
  const keptMap = kept.of<MapAnswer>(MOST_MAPS);
  const cards = new LRUCache<string, ListingCard>({ max: MOST_CARDS, ttl: UNFOLLOWED.freshForMs });

  let changes = 0;
  const cardsOnTheirWay = new Map<string, Promise<ListingCard[]>>();

  /** Those who miss the same cards at the same moment share one reading. */
  const readCards = (kind: ListingKind, ids: number[]): Promise<ListingCard[]> => {
    const key = `${kind}/${ids}`;
    const begun = cardsOnTheirWay.get(key);
    if (begun) return begun;
    const reading = listingCards(sql, { kind, ids }).finally(() => cardsOnTheirWay.delete(key));
    cardsOnTheirWay.set(key, reading);
    return reading;
  };

  const cardsOf = async (kind: ListingKind, ids: number[]): Promise<ListingCard[]> => {
    const found = new Map(ids.map((id) => [id, cards.get(`${kind}/${id}`)]));
    const missing = ids.filter((id) => !found.get(id));
    const askedAt = changes;
    for (const card of await readCards(kind, missing)) {
      // What was on its way when something changed may be as it was before.
      if (askedAt === changes) cards.set(`${kind}/${card.id}`, card, { ttl: freshness().freshForMs });
      found.set(card.id, card);
    }
    return ids.flatMap((id) => found.get(id) ?? []);
  };

  return {
    page: async ({ page, pageSize, ...filters }) => {
      const key = keyOf(filters);
      const isComposed = sortOf(filters) === 'rank' && filters.text === undefined;
      const list = await (isSegment(filters) ? keptList : keptFound)(key, () =>
        (isComposed ? readComposedList : readSortedList)(sql, filters),
      );
      const offset = (page - 1) * pageSize;
      const ids = list.ids.slice(offset, offset + pageSize);
      const missing = list.isWhole ? 0 : pageSize - ids.length;
      if (missing > 0) {
        const behind = { offset: offset + ids.length, limit: missing };
        ids.push(
          ...(await keptDeepPage(`${key} ${behind.offset} ${behind.limit}`, () => readIdsBehind(sql, list, behind))),
        );
      }
      return {
        items: await cardsOf(filters.kind, ids),
        page,
        pageSize,
        total: Math.min(list.ids.length, EXACT_TOTAL_LIMIT),
        totalIsExact: list.isWhole,
      };
    },
    map: (filters) =>
      keptMap(keyOf(filters), async () => {
        const sort = filters.text === undefined ? 'rank' : 'relevance';
        const { ids, isWhole } = await readSortedList(sql, filters, { sort, placed: true });
        return {
          points: await mapPoints(sql, { kind: filters.kind, ids: ids.slice(0, MOST_POINTS) }),
          total: Math.min(ids.length, EXACT_TOTAL_LIMIT),
          totalIsExact: isWhole,
        };
      }),
    forget: () => {
      changes += 1;
      kept.forget();
      cards.clear();
      cardsOnTheirWay.clear();
    },
  };
};
