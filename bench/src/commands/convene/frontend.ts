import { DAY_MS } from '@convene/common/time';
import { startChild } from '../child';
import { type Environment, STARTS_A_DAY } from '../days';

/**
 * Plays a day's page views by the frontend's own reads, in as many processes one after another as are started in a
 * day. Tells what they themselves have counted.
 */
export const playFrontendDay = async ({
  environment,
  env,
  rest,
  pageViews,
  seed,
  dayStartMs,
}: {
  environment: Environment;
  env: Record<string, string>;
  rest: { url: string; token: string };
  pageViews: number;
  seed: number;
  dayStartMs: number;
}): Promise<Record<string, number>> => {
  const sums: Record<string, number> = {};
  for (let start = 0; start < STARTS_A_DAY; start += 1) {
    const child = await startChild({
      app: 'frontend',
      script: new URL('frontendDay.ts', import.meta.url),
      // As Next resolves the app's modules on the server.
      conditions: ['react-server'],
      env: {
        ...env,
        NODE_ENV: environment === 'development' ? 'development' : 'production',
        LOG_LEVEL: 'silent',
        NEXT_PRIVATE_UPSTASH_REDIS_REST_URL: rest.url,
        NEXT_PRIVATE_UPSTASH_REDIS_REST_TOKEN: rest.token,
        BENCH_PAGE_VIEWS: String(pageViews),
        BENCH_SEED: String(seed),
        BENCH_FROM_MS: String((start * DAY_MS) / STARTS_A_DAY),
        BENCH_TO_MS: String(((start + 1) * DAY_MS) / STARTS_A_DAY),
        BENCH_DAY_MS: String(dayStartMs),
      },
    });
    const { frontend = {} } = await child.counts();
    for (const [command, count] of Object.entries(frontend)) sums[command] = (sums[command] ?? 0) + count;
    await child.stop();
  }
  return sums;
};
