import path from 'node:path';

/** The repository. */
export const root = path.resolve(import.meta.dirname, '../../../..');

export const documentPath = path.join(root, 'docs/notifications.md');

/**
 * The document with what code knows better in its place, between two comments.
 *
 * @throws Error where the document has lost them
 */
export const withGeneratedPart = (document: string, { name, content }: { name: string; content: string }): string => {
  const begin = `<!-- ${name}: written by \`pnpm docs:notifications\` -->`;
  const end = `<!-- end of ${name} -->`;
  const [before, rest] = document.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined) throw new Error(`docs/notifications.md has lost its ${name}`);
  return `${before}${begin}\n\n${content}\n\n${end}${after}`;
};
