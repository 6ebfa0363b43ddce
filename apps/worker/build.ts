import { build } from 'esbuild';

/*
 * One file with the worker, the workspace's packages and the templates in it; what comes from the registry stays
 * outside, in node_modules.
 */
await build({
  entryPoints: ['src/index.ts'],
  outfile: 'dist/index.mjs',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  jsx: 'automatic',
  sourcemap: true,
  packages: 'external',
  alias: {
    '@convene/common': '../../packages/common/src',
    '@convene/coordination': '../../packages/coordination/src',
    '@convene/outbox': '../../packages/outbox/src',
  },
});
