import type { SqlExecutor } from '@convene/coordination';

/** A text as it is looked for: folded, and as a query of Postgres'. */
export type SearchedText = { folded: string; query: string };

/** Null where nothing of the text can be looked for, such as signs alone. */
export const readSearchedText = async (sql: SqlExecutor, text: string): Promise<SearchedText | null> => {
  const { rows } = await sql.query<{ folded: string; query: string | null }>(
    'SELECT convene_fold($1) AS folded, convene_search_query($1)::text AS query',
    [text],
  );
  const [searched] = rows;
  return searched?.query ? { folded: searched.folded, query: searched.query } : null;
};
