import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fontSources, makeFont } from './fontFiles';

/*
 * Writes app/fonts/*.woff2 from the typefaces' packages (SIL Open Font License, see OFL.txt there). Run it after an
 * update of one of them: `pnpm --filter @convene/frontend fonts`.
 */

for (const [name, source] of Object.entries(fontSources)) {
  const font = await makeFont(source);
  await writeFile(path.resolve(import.meta.dirname, '../app/fonts', name), font);
  console.log(`${name}: ${(font.length / 1_000).toFixed(1)} kB`);
}
