import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { acquireLease } from '@convene/coordination';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { record } from '../../src/collections/Feed/scripts/record';
import { countedInPostgres, createHarness, type Harness, insertListings, keyOf } from './harness';

const backend = path.resolve(import.meta.dirname, '../..');

let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
  await insertListings(harness.pool, { kind: 'locations', ids: [1] });
});
afterAll(() => harness.dispose());

const run = (job: string, env: Record<string, string> = {}) =>
  new Promise<{ code: number | string | null; output: string }>((resolve) => {
    execFile(
      path.join(backend, 'node_modules/.bin/tsx'),
      ['src/cli/feed.ts', job],
      {
        cwd: backend,
        env: { NODE_ENV: 'test', PATH: process.env.PATH, ...harness.context.env.backend, LOG_LEVEL: 'error', ...env },
      },
      (error, stdout, stderr) => resolve({ code: error ? (error.code ?? null) : 0, output: stdout + stderr }),
    );
  });

test('the three jobs run by hand, one after the other', { timeout: 60_000 }, async () => {
  await record(harness.redis, [{ requestId: randomUUID(), events: [{ counterKey: keyOf(1), amount: 3 }] }]);
  const flushed = await run('flush');
  expect(flushed.output).toMatch(/flush: done in \d+ ms[\s\S]*events +3/);
  expect(flushed.code).toBe(0);
  expect(await countedInPostgres(harness.pool)).toEqual(new Map([[keyOf(1), 3]]));
  expect(await run('aggregate')).toMatchObject({ code: 0, output: expect.stringMatching(/listings +1/) });
  expect(await run('rank')).toMatchObject({ code: 0, output: expect.stringMatching(/rows +1/) });
});

test('tell by their exit code what went wrong', { timeout: 60_000 }, async () => {
  const [usage, down, misconfigured] = await Promise.all([
    run('sweep'),
    run('flush', { PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:14399' }),
    run('flush', { DATABASE_URL: 'somewhere' }),
  ]);
  expect(usage).toMatchObject({ code: 2, output: expect.stringContaining('flush | aggregate | rank') });
  expect(down).toMatchObject({ code: 1, output: expect.stringContaining('ECONNREFUSED') });
  expect(misconfigured).toMatchObject({ code: 1, output: expect.stringContaining('DATABASE_URL') });
  await acquireLease(harness.pool, { name: 'feed:flush', holder: 'somebody', ttlSeconds: 60 });
  expect(await run('flush')).toMatchObject({ code: 3, output: expect.stringContaining('another process') });
});
