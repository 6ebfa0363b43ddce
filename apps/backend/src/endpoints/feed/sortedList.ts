import type { FeedSort } from '@convene/common/api';
import type { SqlExecutor } from '@convene/coordination';
import { type ComposedList, EXACT_TOTAL_LIMIT } from './composedList';
import { type FeedFilters, type MapFilters, sortOf } from './query';
import { type Segment, segmentOf, type TextMatch } from './segment';

/** The first ids of the segment, in its order, one more than a list that is whole may have. */
const readIds = async (sql: SqlExecutor, segment: Segment, condition = ''): Promise<number[]> => {
  const { rows } = await sql.query<{ ids: number[] }>(
    `SELECT coalesce(array_agg(id), '{}') AS ids FROM (
       SELECT listing.id FROM ${segment.sql} ${condition}
       ORDER BY ${segment.order} LIMIT ${EXACT_TOTAL_LIMIT + 1}) AS best`,
    segment.values,
  );
  return rows[0]?.ids ?? [];
};

/** Null where nothing of the text can be looked for, such as signs alone. */
const wordsOf = async (sql: SqlExecutor, text: string): Promise<TextMatch | null> => {
  const { rows } = await sql.query<{ query: string | null }>('SELECT convene_search_query($1)::text AS query', [text]);
  const query = rows[0]?.query;
  return query ? { by: 'words', text, query } : null;
};

const listOf = (segment: Segment, ids: number[]): ComposedList => ({
  segment,
  ids,
  isWhole: ids.length <= EXACT_TOTAL_LIMIT,
  composed: 0,
});

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
    return listOf(segment, await readIds(sql, segment, condition));
  };
  const { text } = filters;
  if (text === undefined) return read();

  const words = await wordsOf(sql, text);
  // The slugs are looked up all the same: one that nothing has is an error, whatever the text.
  if (!words) return listOf(await segmentOf(sql, { filters, sort }), []);
  const found = await read(words);
  // It may be misspelt. Where anything has the words as they are, what is spelt like them would be noise.
  return found.ids.length > 0 ? found : read({ by: 'similarity', text });
};
