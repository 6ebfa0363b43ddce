import { parseArgs } from 'node:util';
import { backendTargets, changesBetween, fingerprint, frontendTargets } from '@convene/local-stack/hostile';
import { createTestContext } from '@convene/local-stack/testing';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { z } from 'zod';
import { report } from '../lib/report';
import { buildBackend, buildFrontend, startBackend, startFrontend } from '../lib/servers';
import { markdownTable, number } from '../lib/table';
import { attack } from './attack';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
    requests: { type: 'string' },
    seed: { type: 'string' },
  },
});
const requests = z.coerce
  .number()
  .int()
  .positive()
  .parse(values.requests ?? 20_000);
const seed = z.coerce
  .number()
  .int()
  .parse(values.seed ?? 1);

const say = (what: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${what}`);

const prepare = async (databaseUrl: string): Promise<void> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `INSERT INTO locations (id, title, slug, moderation_status, _status, tier, approved_at)
     SELECT id, 'Listing ' || id, 'listing-' || id, 'approved', 'published', 'standard', now()
     FROM generate_series(1, 20) AS id`,
  );
  await client.query(
    `INSERT INTO users (email, display_name, locale, verification, _verified) VALUES ('ana@example.com', 'Ana', 'en', 'none', true)`,
  );
  await client.end();
};

/** Payload's collections, as their tables' permissions list them. */
const collectionsOf = async (backend: string): Promise<string[]> => {
  const answer = await fetch(`${backend}/api/access`);
  return Object.keys(
    z.object({ collections: z.record(z.string(), z.unknown()) }).parse(await answer.json()).collections,
  );
};

if (!values['no-build']) {
  await buildBackend(say);
  await buildFrontend(say);
}
const context = await createTestContext();
await prepare(context.databaseUrl);
const common = { NODE_ENV: 'production', LOG_LEVEL: 'error', TRUSTED_PROXY_HOPS: '1' };
const backend = await startBackend({
  ...context.env.backend,
  ...common,
  SCHEDULERS_ENABLED: 'false',
  FEED_COMMIT_WINDOW_MS: '50',
});
const frontend = await startFrontend({ ...context.env.frontend, ...common, BACKEND_INTERNAL_URL: backend.origin });
const redis = new Redis(context.redisUrl, { protocol: 2 });
const targets = [...backendTargets(await collectionsOf(backend.origin)), ...frontendTargets()];
say(`${number(requests)} requests to ${targets.length} addresses, seed ${seed}`);

const before = await fingerprint(context.databaseUrl);
const { statuses, failures, sent } = await attack({
  targets,
  origins: { backend: backend.origin, frontend: frontend.origin },
  times: requests,
  seed,
  onProgress: (count) => say(`${number(count)} sent`),
});
const written = changesBetween(before, await fingerprint(context.databaseUrl));
const isAlive = (
  await Promise.all([`${backend.origin}/api/ready`, `${frontend.origin}/health`].map((url) => fetch(url)))
).every(({ ok }) => ok);
const keys = await redis.keys('*');
const strangeKeys = keys.filter(
  (key) => !/^(feed:(counters|dirty|recorded|flush)|metrics:view:|cache:|bull:)/.test(key),
);

await report({
  name: 'fuzz',
  command: `pnpm bench:fuzz${values.requests ? ` --requests ${requests}` : ''}`,
  body: [
    `${number(sent)} malformed and hostile requests (seed ${seed}) to the ${targets.length} addresses of the production builds: every route and page, and Payload's own. Bodies, queries, paths, headers, cookies and tokens are made up; nobody is signed in. “Refused”: the server ended the connection, as HTTP asks for.`,
    markdownTable(
      [{ title: 'app and answer' }, { title: 'times', align: 'right' }],
      [...statuses].toSorted(([a], [b]) => a.localeCompare(b)).map(([status, times]) => [status, number(times)]),
    ),
    markdownTable(
      [{ title: 'afterwards' }, { title: '', align: 'right' }],
      [
        ['answers of 5xx, stacks in answers, no answer in 15 s', number(failures.length)],
        ['tables that changed', written.length === 0 ? 'none' : written.join(', ')],
        ['Redis keys that nobody knows', number(strangeKeys.length)],
        ['both apps answer', isAlive ? 'yes' : 'no'],
      ],
    ),
  ].join('\n\n'),
});
for (const { what, method, address, seed: shot } of failures.slice(0, 40))
  say(`seed ${shot}: ${method} ${address.slice(0, 160)}: ${what}`);

redis.disconnect();
await frontend.stop();
await backend.stop();
await context.dispose();
if (failures.length + written.length + strangeKeys.length > 0 || !isAlive) process.exitCode = 1;
