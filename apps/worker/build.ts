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

const outdir = process.argv[2] ?? 'dist';

await rm(outdir, { recursive: true, force: true });
await build({
  // The worker, and what is done by hand beside it: `node dist/job.mjs`, `node dist/failed.mjs`.
  entryPoints: { index: 'src/index.ts', job: 'src/cli/job.ts', failed: 'src/cli/failed.ts' },
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  jsx: 'automatic',
  sourcemap: true,
  logLevel: 'info',
  plugins: [registryPackagesStayOutside],
});
