import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isNotificationType, notificationTypes } from '@convene/common';
import { beforeAll, describe, expect, test } from 'vitest';
import { documentPath, root } from '../src/docs/document';
import { eventTable, templateOf, withEventTable } from '../src/docs/eventTable';
import { inWords, scheduleTable, withScheduleTable } from '../src/docs/scheduleTable';

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

  test('has the table that the schedules make (write it anew by `pnpm docs:notifications`)', () => {
    expect(document).toBe(withScheduleTable(document, scheduleTable()));
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

test.each([
  ['*/15 * * * *', 'every 15 minutes'],
  ['5 * * * *', 'every hour, 5 minutes past'],
  ['0 7 * * *', 'daily 07:00'],
  ['30 6 * * 1', 'Mondays 06:30'],
])('%s is %s', (cron, words) => {
  expect(inWords(cron)).toBe(words);
});

test.each(['0 7 1 * *', '0 */2 * * *', '0 7 * * 1-5', '* * * * *'])('%s has no words yet, and says so', (cron) => {
  expect(() => inWords(cron)).toThrow(cron);
});
