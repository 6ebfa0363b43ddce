import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { locales } from '@convene/common';
import { previewTypes, renderPreview } from '../previews/previews';
import { startPreviewServer } from '../previews/server';

/*
 * Every mail with its sample data, in every language, as HTML and text.
 *   pnpm --filter @convene/worker emails                      in a browser, until Ctrl-C
 *   pnpm --filter @convene/worker emails --no-open            on that page, without opening a browser
 *   pnpm --filter @convene/worker emails --write <directory>  as files
 */

const DEFAULT_PORT = 3_005;

const { values } = parseArgs({
  // pnpm hands a separating -- through.
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: { port: { type: 'string' }, open: { type: 'boolean', default: true }, write: { type: 'string' } },
  allowNegative: true,
});

const writeFiles = async (directory: string): Promise<void> => {
  await mkdir(directory, { recursive: true });
  for (const type of previewTypes) {
    for (const locale of locales) {
      const { subject, html, text } = await renderPreview(type, locale);
      await writeFile(path.join(directory, `${type}.${locale}.html`), html);
      await writeFile(path.join(directory, `${type}.${locale}.txt`), `Subject: ${subject}\n\n${text}\n`);
    }
  }
  console.log(`${previewTypes.length * locales.length} mails are in ${directory}`);
};

const openers: Partial<Record<NodeJS.Platform, [command: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Asks for a browser; says so where none comes. */
const openBrowser = (url: string): void => {
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  const opener = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  const complain = () => console.log('No browser could be opened: please open the address yourself.');
  opener.once('error', complain);
  opener.once('exit', (code) => code !== 0 && complain());
  opener.unref();
};

/** The usual port, so that the page can be loaded again; where somebody has it, any other. */
const start = async () => {
  if (values.port !== undefined) return startPreviewServer({ port: Number(values.port) });
  try {
    return await startPreviewServer({ port: DEFAULT_PORT });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      return startPreviewServer({ port: 0 });
    throw error;
  }
};

const serve = async (): Promise<void> => {
  const server = await start();
  console.log(`${previewTypes.length} mails are at ${server.url} (Ctrl-C ends)`);
  if (values.open) openBrowser(server.url);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
};

await (values.write === undefined ? serve() : writeFiles(path.resolve(values.write)));
