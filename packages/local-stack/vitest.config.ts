import { defineProject } from 'vitest/config';

export default defineProject({
  test: { name: 'local-stack', environment: 'node', testTimeout: 20_000, hookTimeout: 60_000 },
});
