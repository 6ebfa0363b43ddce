import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/*
 * What the Markdown files of the house say that can be held to it: links, code, commands.
 */

export const root = path.resolve(import.meta.dirname, '..');

/** Made by machines, and no part of the house; a checkout without git has no list of what is. */
const made = new Set(['node_modules', '.git', '.next', '.turbo', '.data', 'dist', 'coverage', 'test-results']);

const filesBelow = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (made.has(entry.name)) return [];
    const name = path.posix.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(name) : [name];
  });

/** Every file, as a path from the root. */
export const houseFiles: readonly string[] = filesBelow('');

export type MarkdownDocument = {
  /** From the root. */
  file: string;
  text: string;
  /** What a link leads to, without images' titles. */
  links: string[];
  anchors: ReadonlySet<string>;
  /** What stands in backticks within a line. */
  spans: string[];
  /** Lines of indented blocks, and of fenced ones without a language. */
  blockLines: string[];
};

/** As GitHub makes an anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

const anchorsOf = (lines: string[]): Set<string> => {
  const anchors = new Set<string>();
  for (const line of lines) {
    const heading = /^#{1,6} (.+)$/.exec(line)?.[1];
    if (heading === undefined) continue;
    const anchor = anchorOf(heading);
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count += 1) unique = `${anchor}-${count}`;
    anchors.add(unique);
  }
  return anchors;
};

export const parseMarkdown = (file: string, text: string): MarkdownDocument => {
  const prose: string[] = [];
  const blockLines: string[] = [];
  let fence: { language: string } | null = null;
  let previous = '';
  let inBlock = false;
  for (const line of text.split('\n')) {
    const fenced = /^\s*```(\w*)/.exec(line);
    if (fenced) {
      fence = fence ? null : { language: fenced[1] ?? '' };
    } else if (fence) {
      if (fence.language === '' || fence.language === 'sh') blockLines.push(line);
    } else {
      // An indented block begins after an empty line; what is indented below an item of a list goes on with it.
      inBlock = /^ {4}\S/.test(line) && (inBlock || previous.trim() === '');
      if (inBlock) blockLines.push(line.slice(4));
      else prose.push(line);
    }
    previous = line;
  }
  // A span may go over the end of a line.
  const joined = prose.join('\n');
  const withoutSpans = joined.replace(/`[^`]+`/g, '``');
  return {
    file,
    text,
    links: [...withoutSpans.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, target]) => target ?? ''),
    anchors: anchorsOf(prose),
    spans: [...joined.matchAll(/`([^`]+)`/g)].map(([, span]) => (span ?? '').replace(/\s+/g, ' ')),
    blockLines,
  };
};

export const isDocument = (file: string): boolean =>
  file === 'README.md' || file === 'CHANGELOG.md' || (file.startsWith('docs/') && file.endsWith('.md'));

export const readDocuments = (): MarkdownDocument[] =>
  houseFiles.filter(isDocument).map((file) => parseMarkdown(file, readFileSync(path.join(root, file), 'utf8')));

const programs = /^(?:pnpm|node|docker|curl|git|openssl|pg_dump|chmod|cat|\.ci\/run)(?= |$)/;

/**
 * The command that a piece of code is, in one spelling: without what runs pnpm, what is set before it, comments and
 * what a shell does with its output. Null for what is none.
 */
export const commandOf = (code: string): string | null => {
  const command = code
    .replace(/\s+#\s.*$/, '')
    .replace(/^(?:[A-Z_]+=(?:<[^>]*>|\S+) )+/, '')
    .replace(/^npx -y pnpm/, 'pnpm')
    .replace(/ (?:<<\w+|[<>]{1,2} .*)$/, '')
    .trim();
  return programs.test(command) && command.includes(' ') ? command : command === '.ci/run' ? command : null;
};

export const commandsIn = ({ spans, blockLines }: MarkdownDocument): string[] =>
  [...spans, ...blockLines].map(commandOf).filter((command) => command !== null);
