import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Far from UTC, to either side of it: where a local day is taken for a UTC day, tests of days fail. */
const timeZones = ['America/Los_Angeles', 'Pacific/Auckland'];

const elsewhere = timeZones.flatMap((timeZone) => [
  {
    extends: './apps/backend/vitest.config.ts',
    root: './apps/backend',
    test: {
      name: `backend in ${timeZone}`,
      env: { TZ: timeZone },
      include: ['tests/feed/{days,flush,metrics,ranking,record,schedulers}.test.ts', 'src/collections/Feed/*.test.ts'],
    },
  },
  {
    extends: './packages/common/vitest.config.ts',
    root: './packages/common',
    test: { name: `common in ${timeZone}`, env: { TZ: timeZone }, include: ['src/{time,keys,commands}/*.test.ts'] },
  },
]);

/** The one config from which the tests of every app and package run. */
export default defineConfig({
  test: {
    // Most tests wait for servers and processes: with a file for each core the cores are idle for more than half of the
    // time.
    maxWorkers: Math.max(4, availableParallelism()),
    reporters: ['default', './tooling/secondTries.ts'],
    projects: ['apps/*', 'packages/*', 'bench', 'tooling', ...elsewhere],
    // A Postgres of this run's own, on a free port: beside a running `pnpm dev` nothing meets.
    globalSetup: ['./packages/local-stack/src/testing/globalSetup.ts'],
  },
});
