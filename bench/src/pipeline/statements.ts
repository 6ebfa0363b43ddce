import type { Pool } from 'pg';

/** Counts the statements that a pool's connections are sent, the ones of transactions too. Before the first of them. */
export const countStatements = (pool: Pool): (() => number) => {
  let statements = 0;
  pool.on('connect', (client) => {
    const send = client.query.bind(client);
    client.query = new Proxy(client.query, {
      apply: (_query, _self, args: Parameters<typeof send>) => {
        statements += 1;
        return send(...args);
      },
    });
  });
  return () => statements;
};
