import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { machine } from './machine';

const documentPath = fileURLToPath(new URL('../../../docs/benchmarks.md', import.meta.url));

/** Puts `body` in place of what stands between the section's two marks; throws where the document has no such marks. */
export const replaceSection = (document: string, name: string, body: string): string => {
  const begin = `<!-- ${name} -->`;
  const end = `<!-- /${name} -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md has no section ${begin} … ${end}.`);
  return `${document.slice(0, from + begin.length)}\n${body.trim()}\n${document.slice(to)}`;
};

/**
 * Prints what a bench found; called with `--write`, also keeps it in `docs/benchmarks.md`, between the marks of its
 * name, with the day, the machine and the command that repeats it.
 */
export const report = async ({
  name,
  command,
  body,
  now = new Date(),
}: {
  /** The section's name, such as `commands`. */
  name: string;
  /** What was run, such as `pnpm bench:commands`. */
  command: string;
  body: string;
  now?: Date;
}): Promise<void> => {
  const source = `_${now.toISOString().slice(0, 10)} · ${machine()} · \`${command}\`_`;
  const section = `${source}\n\n${body.trim()}`;
  console.log(`\n${section}\n`);
  if (!process.argv.includes('--write')) return;
  await writeFile(documentPath, replaceSection(await readFile(documentPath, 'utf8'), name, section));
};
