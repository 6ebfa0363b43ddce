import path from 'node:path';
import { roles } from '@convene/common/listings';
import type { CollectionSlug } from 'payload';
import { accessTable, globalTable, rulesOf } from '../access/table/accessTable';
import {
  type Audience,
  admins,
  anyone,
  nobody,
  own,
  ownOrAdmins,
  ownOrStaff,
  signedIn,
  staff,
  whoeverLists,
} from '../access/table/audiences';
import type { FieldRule } from '../access/table/types';

export const documentPath = path.resolve(import.meta.dirname, '../../../../docs/access.md');

const begin = '<!-- rules: written by `pnpm docs:access` -->';
const end = '<!-- end of rules -->';

const names: [Audience, string][] = [
  [anyone, 'everybody'],
  [nobody, '–'],
  [staff, 'staff'],
  [admins, 'admins'],
  [own, 'own'],
  [ownOrStaff, 'own, staff'],
  [ownOrAdmins, 'own, admins'],
  [signedIn, 'every account'],
  [whoeverLists, 'who lists, staff'],
];

const isSame = (one: Audience, other: Audience): boolean => one.toSorted().join() === other.toSorted().join();

const inWords = (audience: Audience | undefined): string => {
  if (!audience) return '';
  const known = names.find(([each]) => isSame(each, audience));
  if (known) return known[1];
  const others = audience.filter((each) => !staff.includes(each));
  return [...others.map((each) => (roles.some((role) => role === each) ? `${each}s` : each)), 'staff'].join(', ');
};

const table = (columns: string[], rows: string[][]): string =>
  [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const readInWords = (slug: CollectionSlug): string => {
  const { live, hidden, trashed } = rulesOf(slug).read;
  return [inWords(live), hidden && `hidden: ${inWords(hidden)}`, trashed && `in the bin: ${inWords(trashed)}`]
    .filter(Boolean)
    .join('; ');
};

const operations = (): string =>
  table(
    ['collection', 'belongs to', 'read', 'create', 'update', 'delete for good', 'bin / restore', 'publish / versions'],
    [
      ...Object.keys(accessTable).map((each) => {
        const slug = each as CollectionSlug;
        const rules = rulesOf(slug);
        return [
          `\`${slug}\``,
          rules.belongsTo.map((field) => `\`${field}\``).join(', '),
          readInWords(slug),
          inWords(rules.create),
          inWords(rules.update),
          inWords(rules.delete),
          rules.trash ? `${inWords(rules.trash)} / ${inWords(rules.restore)}` : '',
          rules.publish ? `${inWords(rules.publish)} / ${inWords(rules.readVersions)}` : '',
        ];
      }),
      ...Object.entries(globalTable).map(([slug, rules]) => [
        `\`${slug}\` (global)`,
        '',
        inWords(rules.read),
        '',
        inWords(rules.update),
        '',
        '',
        '',
      ]),
    ],
  );

const ruleInWords = ({ read, create, update }: FieldRule): string =>
  [
    read && `read: ${inWords(read)}`,
    create && update && isSame(create, update) && `write: ${inWords(create)}`,
    !(create && update && isSame(create, update)) && create && `create: ${inWords(create)}`,
    !(create && update && isSame(create, update)) && update && `change: ${inWords(update)}`,
  ]
    .filter(Boolean)
    .join('; ');

/** The clock's and the database's in every collection. */
const everywhere = new Set(['id', 'createdAt', 'updatedAt']);

const fields = (): string =>
  table(
    ['collection', 'rule', 'fields'],
    Object.keys(accessTable).flatMap((each) => {
      const slug = each as CollectionSlug;
      const byRule = new Map<string, string[]>();
      for (const [field, rule] of Object.entries(rulesOf(slug).fields)) {
        const words = ruleInWords(rule);
        if (words && !everywhere.has(field)) byRule.set(words, [...(byRule.get(words) ?? []), `\`${field}\``]);
      }
      return [...byRule].map(([words, list]) => [`\`${slug}\``, words, list.join(', ')]);
    }),
  );

/**
 * The document with the rules in their place, between two comments.
 *
 * @throws Error where the document has lost them
 */
export const withRules = (document: string): string => {
  const [before, rest] = document.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined) throw new Error('docs/access.md has lost the place of its rules');
  const rules = `### Collections\n\n${operations()}\n\n### Fields that have rules of their own\n\n${fields()}`;
  return `${before}${begin}\n\n${rules}\n\n${end}${after}`;
};
