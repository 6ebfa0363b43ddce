import { defineConfig } from 'vitest/config';

/** The one config from which the tests of every app and package run. */
export default defineConfig({
  test: {
    projects: ['apps/*', 'packages/*', 'bench', 'tooling'],
    // A Postgres of this run's own, on a free port: beside a running `pnpm dev` nothing meets.
    globalSetup: ['./packages/local-stack/src/testing/globalSetup.ts'],
  },
});
