import { defineConfig } from 'vitest/config';

/** The one config from which the tests of every app and package run. */
export default defineConfig({
  test: {
    projects: ['apps/*', 'packages/*'],
  },
});
