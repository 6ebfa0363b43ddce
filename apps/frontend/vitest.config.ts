import path from 'node:path';
import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: {
    alias: {
      '@': path.resolve(import.meta.dirname),
      // Next resolves it to an empty module on the server; outside Next it would throw.
      'server-only': path.resolve(import.meta.dirname, 'tests/serverOnly.ts'),
    },
  },
  test: { name: 'frontend', environment: 'node', setupFiles: ['tests/setupEnv.ts'] },
});
