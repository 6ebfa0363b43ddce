import path from 'node:path';
import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { alias: { '@payload-config': path.resolve(import.meta.dirname, 'src/payload.config.ts') } },
  test: { name: 'backend', environment: 'node', hookTimeout: 120_000, setupFiles: ['./tests/setupEnv.ts'] },
});
