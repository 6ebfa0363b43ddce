import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type CollectionTag, isMap, isPair, isSeq, parseDocument } from 'yaml';

const root = path.resolve(import.meta.dirname, '..');

type Plain = { [key: string]: unknown };

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Instead);

/** What `!override` and `!reset` mark: it takes the place of what the file before says, instead of joining it. */
class Instead {
  constructor(readonly value: unknown) {}
}

const instead = (tag: string, collection: 'map' | 'seq'): CollectionTag => ({
  tag,
  collection,
  resolve: (node) => node,
});

const tags = ['!override', '!reset'].flatMap((tag) => [instead(tag, 'map'), instead(tag, 'seq')]);

/** A compose file as it stands, with its merge keys filled in. */
const readComposeFile = async (file: string): Promise<Plain> => {
  const document = parseDocument(await readFile(path.join(root, file), 'utf8'), { merge: true, customTags: tags });
  if (document.errors.length > 0) throw new Error(`${file}: ${document.errors.join('\n')}`);
  const marked = new Set<string>();
  const look = (node: unknown, at: string): void => {
    if (isMap(node) || isSeq(node)) {
      if (node.tag === '!override' || node.tag === '!reset') marked.add(at);
      for (const item of node.items) {
        if (isPair(item)) look(item.value, `${at}/${String(item.key)}`);
      }
    }
  };
  look(document.contents, '');
  const wrap = (value: unknown, at: string): unknown => {
    if (marked.has(at)) return new Instead(value);
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wrap(inner, `${at}/${key}`)]));
  };
  const wrapped = wrap(document.toJS(), '');
  if (!isPlain(wrapped)) throw new Error(`${file} is no map`);
  return wrapped;
};

/** Lists that Compose joins; others, such as commands, are replaced. */
const joinedLists = new Set(['ports', 'volumes', 'profiles', 'tmpfs', 'cap_drop', 'cap_add', 'security_opt']);

const merged = (base: unknown, over: unknown, key = ''): unknown => {
  if (over instanceof Instead) return over.value;
  if (Array.isArray(base) && Array.isArray(over)) return joinedLists.has(key) ? [...base, ...over] : over;
  if (!isPlain(base) || !isPlain(over)) return over === undefined ? base : over;
  const keys = [...new Set([...Object.keys(base), ...Object.keys(over)])];
  return Object.fromEntries(keys.map((inner) => [inner, merged(base[inner], over[inner], inner)]));
};

/** Compose files laid over each other, by the rules by which `docker compose -f a -f b` does it. */
export const readCompose = async (...files: string[]): Promise<unknown> => {
  let result: unknown = {};
  for (const file of files) result = merged(result, await readComposeFile(file));
  return result;
};

/** Fills `${NAME}`, `${NAME:-default}` and `${NAME:?message}`; what is needed and missing is an error, as for Compose. */
export const filledFrom =
  (variables: Record<string, string>) =>
  (text: string): string =>
    text.replace(/\$\{([A-Z0-9_]+)(?::(-|\?)([^}]*))?\}/g, (_, name: string, operator?: string, rest = '') => {
      const value = variables[name];
      if (value) return value;
      if (operator === '?') throw new Error(`${name} ${rest}`);
      return operator === '-' ? rest : '';
    });
