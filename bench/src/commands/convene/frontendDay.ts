import { z } from 'zod';
import { momentsOfDay } from '../arrivals';
import { seededRandom } from '../random';
import { appFunction, importApp, talk } from './childSide';
import { backendAnswer } from './frontendAnswers';

/*
 * Page views of one frontend process, from its start to its end, on a virtual clock: the app's own reads and caches
 * with every Redis command really sent. The backend's answers are made up here; none costs a Redis command.
 */

const settings = z
  .object({
    BENCH_PAGE_VIEWS: z.coerce.number().int(),
    BENCH_SEED: z.coerce.number().int(),
    BENCH_FROM_MS: z.coerce.number(),
    BENCH_TO_MS: z.coerce.number(),
    BENCH_DAY_MS: z.coerce.number(),
    BACKEND_URL: z.string(),
  })
  .parse(process.env);

let nowMs = settings.BENCH_DAY_MS + settings.BENCH_FROM_MS;
Date.now = () => nowMs;

let inFlight = 0;
const realFetch = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (url.origin === new URL(settings.BACKEND_URL).origin) return Response.json(backendAnswer(url));
  inFlight += 1;
  try {
    return await realFetch(input, init);
  } finally {
    inFlight -= 1;
  }
};

const reads = await importApp(
  'frontend/lib/backend/reads.ts',
  z.object({
    getHomeRails: appFunction<() => Promise<unknown>>(),
    getTaxonomies: appFunction<() => Promise<unknown>>(),
    getFeed: appFunction<(query: { kind: string; page: number; pageSize: number }) => Promise<unknown>>(),
    getListing: appFunction<(kind: string, slug: string) => Promise<unknown>>(),
  }),
);
const { redisCommands } = await importApp(
  'frontend/lib/redis/index.tsx',
  z.object({ redisCommands: appFunction<() => { totals: () => Record<string, number> }>() }),
);

const random = seededRandom(settings.BENCH_SEED);

/** What the site's three kinds of pages read. */
const viewPage = async (): Promise<unknown> => {
  const page = random();
  if (page < 0.25) return Promise.all([reads.getHomeRails(), reads.getTaxonomies()]);
  if (page < 0.6) {
    const query = { kind: 'locations', page: 1 + Math.floor(random() * 5), pageSize: 24 };
    return Promise.all([reads.getFeed(query), reads.getTaxonomies()]);
  }
  return reads.getListing('locations', `listing-${Math.floor(random() * 400)}`);
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const moments = momentsOfDay({ count: settings.BENCH_PAGE_VIEWS, seed: settings.BENCH_SEED });
for (const atMs of moments) {
  if (atMs < settings.BENCH_FROM_MS || atMs >= settings.BENCH_TO_MS) continue;
  nowMs = settings.BENCH_DAY_MS + atMs;
  await viewPage();
  // A page does not wait for the cache to be written; the clock does.
  while (inFlight > 0) await turn();
}

talk(() => ({ frontend: redisCommands().totals() })).ready();
