import { defineProject } from 'vitest/config';

export default defineProject({
  test: { name: 'outbox', environment: 'node', testTimeout: 20_000, hookTimeout: 120_000 },
});
