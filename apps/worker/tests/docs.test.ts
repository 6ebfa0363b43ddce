import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isNotificationType, notificationTypes } from '@convene/common';
import { beforeAll, describe, expect, test } from 'vitest';
import { documentPath, eventTable, templateOf, withEventTable } from '../src/docs/eventTable';

const root = path.resolve(import.meta.dirname, '../../..');

let document: string;

beforeAll(async () => {
  document = await readFile(documentPath, 'utf8');
});

const exists = (file: string): Promise<boolean> =>
  access(path.join(root, file)).then(
    () => true,
    () => false,
  );

describe('docs/notifications.md', () => {
  test('has the table that the registry makes (write it anew by `pnpm docs:notifications`)', async () => {
    expect(document).toBe(withEventTable(document, await eventTable()));
  });

  test('names files that are there', async () => {
    const prose = document.slice(document.indexOf('<!-- end of events -->'));
    const linked = [...document.matchAll(/\]\(\.\.\/([^)#]+)\)/g)].map(([, file]) => file ?? '');
    const quoted = [...prose.matchAll(/`((?:apps|packages|docs)\/[^`*{}<> ]+)`/g)].map(([, file]) => file ?? '');
    expect(quoted.length).toBeGreaterThan(5);
    const missing: string[] = [];
    for (const file of new Set([...linked, ...quoted])) if (!(await exists(file))) missing.push(file);
    expect(missing).toEqual([]);
  });
});

test.each(Object.keys(notificationTypes).filter(isNotificationType))('%s has a file of its own', async (type) => {
  expect(await exists(templateOf(type))).toBe(true);
});
