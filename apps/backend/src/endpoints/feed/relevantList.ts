import type { SqlExecutor } from '@convene/coordination';
import { type ComposedList, EXACT_TOTAL_LIMIT } from './composedList';
import type { FeedFilters, MapFilters } from './query';
import type { SearchedText } from './searchedText';
import { readBestIds, type Segment, segmentOf } from './segment';

/**
 * Of so many that fit by their names, the best ranked ones, it is compared how well they fit. A word that half of the
 * market has in its titles costs no more than a rare one.
 */
const MOST_COMPARED = 2_000;

/**
 * The whole title counts most, then where the words are: title, type, city. Scores of ranks are from 0 to about 1.5, so
 * that they decide among listings that fit alike, and lift a good one above one that fits a little better.
 */
const readNamed = async (
  sql: SqlExecutor,
  { segment, text, condition }: { segment: Segment; text: SearchedText; condition: string },
): Promise<number[]> => {
  const { values } = segment;
  const folded = `$${values.length + 1}`;
  const query = `$${values.length + 2}::tsquery`;
  const { rows } = await sql.query<{ ids: number[] }>(
    `SELECT coalesce(array_agg(id), '{}') AS ids FROM (
       SELECT id FROM (
         SELECT listing.id, found.title, found.names, rank.score::float8 AS score FROM ${segment.sql} ${condition}
         ORDER BY ${segment.order} LIMIT ${MOST_COMPARED}) AS named
       ORDER BY 2 * (title = ${folded})::int + ts_rank(names, ${query}) + 0.5 * score DESC, id DESC
       LIMIT ${EXACT_TOTAL_LIMIT + 1}) AS best`,
    [...values, text.folded, text.query],
  );
  return rows[0]?.ids ?? [];
};

/**
 * What has all words of a text: first where title, type and city have them, by how well they fit and by rank, then
 * where only the texts do, by rank. Behind the list's end all that is left goes by rank.
 *
 * @param options.condition begins with AND
 */
export const readRelevantList = async (
  sql: SqlExecutor,
  { filters, text, condition }: { filters: FeedFilters | MapFilters; text: SearchedText; condition: string },
): Promise<ComposedList> => {
  const { query } = text;
  const [names, segment] = await Promise.all([
    segmentOf(sql, { filters, sort: 'rank', match: { by: 'words', query, within: 'names' } }),
    segmentOf(sql, { filters, sort: 'rank', match: { by: 'words', query, within: 'document' } }),
  ]);
  const named = await readNamed(sql, { segment: names, text, condition });
  const missing = EXACT_TOTAL_LIMIT + 1 - named.length;
  const others =
    missing > 0
      ? await readBestIds(
          sql,
          { ...segment, values: [...segment.values, query] },
          { condition: `${condition} AND NOT found.names @@ $${segment.values.length + 1}::tsquery`, limit: missing },
        )
      : [];
  const ids = [...named, ...others];
  return { segment, ids, isWhole: ids.length <= EXACT_TOTAL_LIMIT, composed: ids.length };
};
