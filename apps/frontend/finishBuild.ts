import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { build } from 'esbuild';

/*
 * The rest of a build, after Next's own. Beside each script and style sheet lies what Brotli makes of it at its best,
 * which takes too long to be done for each visitor: `lib/compressed.ts` has it served. And the script that stands in pages
 * whose scripts wait (`lib/onDemand`).
 */

const built = path.resolve(import.meta.dirname, '.next/standalone/apps/frontend/.next');

await build({
  entryPoints: [path.resolve(import.meta.dirname, 'lib/onDemand/starter.ts')],
  outfile: path.join(built, 'starter.js'),
  bundle: true,
  minify: true,
  format: 'iife',
  // It stands between the tags of a page whose bytes are changed as Latin-1. What would end it there esbuild writes otherwise.
  charset: 'ascii',
  // As old as the browsers that Next builds for.
  target: ['chrome111', 'edge111', 'firefox111', 'safari16.4'],
});

const compress = promisify(brotliCompress);
const SMALLEST_BYTES = 512;

const directory = path.join(built, 'static');
const files = (await readdir(directory, { recursive: true })).filter((file) => /\.(?:js|css)$/.test(file));

let before = 0;
let after = 0;
for (const file of files) {
  const content = await readFile(path.join(directory, file));
  if (content.length < SMALLEST_BYTES) continue;
  const compressed = await compress(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
  await writeFile(path.join(directory, `${file}.br`), compressed);
  before += content.length;
  after += compressed.length;
}
process.stdout.write(
  `Compressed scripts and styles: ${Math.round(before / 1_000)} kB to ${Math.round(after / 1_000)} kB\n`,
);
