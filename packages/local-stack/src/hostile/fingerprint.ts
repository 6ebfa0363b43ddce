import pg from 'pg';

/** What goes on by itself, whoever asks: the books over commands, leases, runs of jobs, what a view costs. */
const operational = new Set([
  'redis_usage',
  'redis_usage_reports',
  'leases',
  'job_runs',
  'payload_migrations',
  'send_slots',
]);

/** Rows and a checksum of every table, by name. */
export const fingerprint = async (databaseUrl: string): Promise<Map<string, string>> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
    );
    const result = new Map<string, string>();
    for (const { name } of rows.filter((row) => !operational.has(row.name))) {
      const table = client.escapeIdentifier(name);
      const { rows: sums } = await client.query<{ sum: string }>(
        `SELECT count(*) || ' rows, ' || coalesce(sum(hashtextextended(t::text, 0)), 0) AS sum FROM ${table} AS t`,
      );
      result.set(name, sums[0]?.sum ?? '');
    }
    return result;
  } finally {
    await client.end();
  }
};

/** Tables that are not as they were. */
export const changesBetween = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));
