import type { FeedSort } from '@convene/common/api';
import type { SqlExecutor } from '@convene/coordination';
import { type ComposedList, EXACT_TOTAL_LIMIT } from './composedList';
import { type FeedFilters, type MapFilters, sortOf } from './query';
import { readRelevantList } from './relevantList';
import { readSearchedText } from './searchedText';
import { readBestIds, segmentOf, type TextMatch } from './segment';

/**
 * A segment in the order that was asked for, nothing of it put on top.
 *
 * @param options.placed only what has a place on the map
 */
export const readSortedList = async (
  sql: SqlExecutor,
  filters: FeedFilters | MapFilters,
  { sort = sortOf(filters), placed = false }: { sort?: FeedSort; placed?: boolean } = {},
): Promise<ComposedList> => {
  const condition = placed ? 'AND listing.latitude IS NOT NULL AND listing.longitude IS NOT NULL' : '';
  const read = async (match?: TextMatch): Promise<ComposedList> => {
    const segment = await segmentOf(sql, { filters, sort, match });
    const ids = await readBestIds(sql, segment, { condition, limit: EXACT_TOTAL_LIMIT + 1 });
    return { segment, ids, isWhole: ids.length <= EXACT_TOTAL_LIMIT, composed: 0 };
  };
  if (filters.text === undefined) return read();

  const text = await readSearchedText(sql, filters.text);
  // The slugs are looked up all the same: one that nothing has is an error, whatever the text.
  if (!text) return { segment: await segmentOf(sql, { filters, sort }), ids: [], isWhole: true, composed: 0 };
  const found =
    sort === 'relevance'
      ? await readRelevantList(sql, { filters, text, condition })
      : await read({ by: 'words', query: text.query, within: 'document' });
  // It may be misspelt. Where anything has the words as they are, what is spelt like them would be noise.
  return found.ids.length > 0 ? found : read({ by: 'similarity', text: filters.text });
};
