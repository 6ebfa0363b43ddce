import { rm } from 'node:fs/promises';
import { build, type Plugin } from 'esbuild';

/** Workspace packages are TypeScript and go into the bundle; what comes from the registry stays in node_modules. */
const registryPackagesStayOutside: Plugin = {
  name: 'registry-packages-stay-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@convene/') ? undefined : { path, external: true },
    );
  },
};

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/index.ts'],
  outfile: 'dist/index.mjs',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  jsx: 'automatic',
  sourcemap: true,
  logLevel: 'info',
  plugins: [registryPackagesStayOutside],
});
