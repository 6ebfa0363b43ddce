/** What these functions need of Postgres: a pool, a client or a transaction of `pg` all are one. */
export type SqlExecutor = {
  // biome-ignore lint/suspicious/noExplicitAny: rows come as the statement selects them; each caller names its own row type
  query<Row extends Record<string, any>>(
    text: string,
    params?: unknown[],
  ): Promise<{ rows: Row[]; rowCount: number | null }>;
};
