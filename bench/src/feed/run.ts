import { parseArgs } from 'node:util';
import { createTestContext } from '@convene/local-stack/testing';
import { Pool } from 'pg';
import { z } from 'zod';
import { report } from '../lib/report';
import { buildBackend, startBackend } from '../lib/servers';
import { markdownTable, milliseconds, number, quantile } from '../lib/table';
import { openLoop } from './openLoop';
import { type Explained, explainAll } from './plans';
import { seedMarket, seedRatings } from './seed';

const PER_SECOND = 200;
/** Small tables that Postgres rightly reads whole. */
const small = new Set(['cities', 'listing_types', 'facilities', 'media']);

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    listings: { type: 'string' },
  },
});
const listings = z.coerce
  .number()
  .int()
  .min(1_000)
  .parse(values.listings ?? (values.quick ? 10_000 : 100_000));
const seconds = values.quick ? 5 : 20;

const say = (what: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${what}`);

const queriesOf = (...queries: string[]) =>
  queries.flatMap((query) => ['locations', 'events', 'services'].map((kind) => `kind=${kind}${query}`));

const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const scenarios: { title: string; queries: string[] }[] = [
  { title: 'first page of a kind', queries: queriesOf('') },
  { title: 'first page of a city', queries: queriesOf('&city=city-1', '&city=city-7', '&city=city-30') },
  {
    title: 'first page of a city and type',
    queries: ['locations', 'events', 'services'].flatMap((kind) =>
      [1, 3].map((type) => `kind=${kind}&city=city-2&type=type-${type}-${kind}`),
    ),
  },
  {
    title: 'filtered by price, capacity, dates, rating',
    queries: [
      'kind=locations&priceMin=2000&priceMax=20000&currency=EUR&capacityMin=60',
      `kind=events&from=${dayFromNow(7)}&to=${dayFromNow(14)}`,
      'kind=services&ratingMin=4&priceMax=30000&currency=RON',
    ],
  },
  {
    title: 'filtered by facilities',
    queries: ['facility-1', 'facility-1,facility-2', 'facility-3,facility-8'].map(
      (facilities) => `kind=locations&facilities=${facilities}`,
    ),
  },
  { title: 'page 20 of a kind', queries: queriesOf('&page=20') },
  { title: 'page 200 of a kind', queries: queriesOf('&page=200') },
  { title: 'a word that much of the market has', queries: queriesOf('&text=balar', '&text=ba', '&text=city') },
  {
    title: 'rare words, unfinished ones, two of them',
    queries: queriesOf('&text=zopal', '&text=meg', '&text=nisto+lar'),
  },
  { title: 'misspelt words', queries: queriesOf('&text=balatr', '&text=zoapl') },
  { title: 'newest, cheapest, best rated', queries: queriesOf('&sort=newest', '&sort=price-asc', '&sort=rating') },
  {
    title: 'pieces of the map: country, region, town',
    queries: queriesOf('&bounds=20,43,30,49', '&bounds=23,45,25,47', '&bounds=26,44.2,26.4,44.6'),
  },
];
/** What other endpoints find. */
const beside: { title: string; paths: string[] }[] = [
  {
    title: 'points of the map',
    paths: queriesOf('&bounds=20,43,30,49', '&bounds=23,45,25,47').map((query) => `map?${query}`),
  },
  {
    title: 'suggestions, letter by letter',
    paths: ['b', 'ba', 'bal', 'bala', 'balar', 'ci', 'cit', 'city', 'zopl', 'meg'].map(
      (text) => `suggest?text=${text}`,
    ),
  },
  { title: 'taxonomies', paths: ['taxonomies'] },
];
/** Nothing of these can be kept from one request to the next: what the statements themselves cost. */
const unalike = {
  title: 'a city at a price, no two alike',
  queries: Array.from(
    { length: PER_SECOND * seconds },
    (_, index) => `kind=services&city=city-${1 + (index % 40)}&priceMin=${500 + index}&currency=EUR`,
  ),
};
/** A tenth of the requests a second: nobody's visitors all drag maps or search for something new at the same time. */
const unalikeFinds = {
  title: 'a word or a piece of the map, no two alike',
  perSecond: PER_SECOND / 10,
  queries: Array.from({ length: (PER_SECOND / 10) * seconds }, (_, index) =>
    index % 2 === 0
      ? `kind=services&text=${['balar', 'zopal', 'meg', 'nisto'][(index / 2) % 4]}&priceMax=${1_000_000 - index}&currency=EUR`
      : `kind=locations&bounds=${(20 + (index % 90) / 10).toFixed(2)},44,${(22 + (index % 89) / 10).toFixed(2)},47`,
  ),
};
const mixed = { title: 'all of these in turn', queries: scenarios.flatMap(({ queries }) => queries) };

const right = (title: string) => ({ title, align: 'right' as const });

const planTable = (explained: { title: string; statements: Explained[] }[]): string =>
  markdownTable(
    [{ title: 'asked for' }, right('statements'), right('in Postgres'), { title: 'indexes' }, { title: 'read whole' }],
    explained.map(({ title, statements }) => [
      title,
      number(statements.length),
      milliseconds(statements.reduce((sum, { ms }) => sum + ms, 0)),
      [...new Set(statements.flatMap(({ indexes }) => indexes))].join(', '),
      [...new Set(statements.flatMap(({ readWhole }) => readWhole))].join(', ') || '–',
    ]),
  );

const context = await createTestContext();
Object.assign(process.env, context.env.backend, { LOG_LEVEL: 'silent' });
const pool = new Pool({ connectionString: context.databaseUrl });
try {
  await buildBackend(say);
  say(`${number(listings)} listings`);
  await seedMarket(pool, { listings });
  const [{ aggregateDaily }, { rankSegments }, { createFeed }, { feedQuerySchema }] = await Promise.all([
    import('../../../apps/backend/src/collections/Feed/workers/aggregateDaily'),
    import('../../../apps/backend/src/collections/Feed/workers/rankSegments'),
    import('../../../apps/backend/src/endpoints/feed/feed'),
    import('@convene/common/api'),
  ]);
  await aggregateDaily({ pool });
  await seedRatings(pool);
  await rankSegments({ pool });
  await pool.query('VACUUM ANALYZE');

  const explained: { title: string; statements: Explained[] }[] = [];
  for (const { title, queries } of scenarios) {
    const query = feedQuerySchema.parse(Object.fromEntries(new URLSearchParams(queries[0])));
    explained.push({ title, statements: await explainAll(pool, (sql) => createFeed(sql).page(query)) });
  }

  const server = await startBackend({
    ...context.env.backend,
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
    SCHEDULERS_ENABLED: 'false',
  });
  const rows: string[][] = [];
  try {
    const urlsOf = (queries: string[]) => queries.map((query) => `${server.origin}/api/feed?${query}`);
    const series = [
      ...[...scenarios, mixed, unalike].map(({ title, queries }) => ({
        title,
        urls: urlsOf(queries),
        perSecond: PER_SECOND,
      })),
      { ...unalikeFinds, urls: urlsOf(unalikeFinds.queries) },
      ...beside.map(({ title, paths }) => ({
        title,
        urls: paths.map((path) => `${server.origin}/api/${path}`),
        perSecond: PER_SECOND,
      })),
    ];
    say('warming up');
    // As the site asks, since an address alone is limited.
    const asTheSite = { 'x-convene-service-token': context.env.backend.SERVICE_TOKEN ?? '' };
    await openLoop({ urls: urlsOf(mixed.queries), perSecond: 100, seconds: 5, headers: asTheSite });
    for (const { title, urls, perSecond } of series) {
      const { latenciesMs, failures, bytes } = await openLoop({ urls, perSecond, seconds, headers: asTheSite });
      say(`${title}: p99 ${milliseconds(quantile(latenciesMs, 0.99))}`);
      rows.push([
        title,
        number(latenciesMs.length),
        milliseconds(quantile(latenciesMs, 0.5)),
        milliseconds(quantile(latenciesMs, 0.99)),
        milliseconds(latenciesMs.at(-1) ?? Number.NaN),
        number(failures),
        `${number(bytes / Math.max(1, latenciesMs.length) / 1024)} kB`,
      ]);
    }
  } finally {
    await server.stop();
  }
  await report({
    name: 'feed',
    command: `pnpm bench:feed${values.quick ? ' --quick' : ''}`,
    body: [
      `The production backend over ${number(listings)} listings, ${PER_SECOND} requests a second at fixed moments for ${seconds} s each; sender, backend and Postgres share the machine. Times run from the moment at which a request was due.`,
      markdownTable(
        [
          { title: 'asked for' },
          right('answered'),
          right('p50'),
          right('p99'),
          right('slowest'),
          right('failed'),
          right('an answer'),
        ],
        rows,
      ),
      'What Postgres does for one such page, by EXPLAIN ANALYZE:',
      planTable(explained),
    ].join('\n\n'),
  });
  const readWhole = explained.flatMap(({ statements }) => statements.flatMap((one) => one.readWhole));
  const large = readWhole.filter((table) => !small.has(table));
  if (large.length > 0) {
    console.error(`Read from one end to the other: ${[...new Set(large)].join(', ')}`);
    process.exitCode = 1;
  }
} finally {
  await pool.end();
  await context.dispose();
}
