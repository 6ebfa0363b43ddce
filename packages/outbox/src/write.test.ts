import { ConveneError } from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';
import { expect, test } from 'vitest';
import { priorityOf, writeNotification, writeNotifications } from './write';

const recording = () => {
  const statements: { text: string; params: unknown[] | undefined }[] = [];
  const sql: SqlExecutor = {
    query: async (text, params) => {
      statements.push({ text, params });
      return { rows: [], rowCount: 0 };
    },
  };
  return { sql, statements };
};

test('many notifications are one statement, in their order', async () => {
  const { sql, statements } = recording();
  const ids = await writeNotifications(sql, [
    { type: 'user.welcome.client', payload: { userId: 1 } },
    { type: 'user.welcome.host', payload: { userId: 1 }, notBefore: new Date('2026-03-01T08:00:00Z') },
  ]);
  expect(statements).toHaveLength(1);
  const rows: unknown = JSON.parse(String(statements[0]?.params?.[0]));
  expect(rows).toEqual([
    { id: ids[0], type: 'user.welcome.client', payload: { userId: 1 }, priority: 5, not_before: null },
    {
      id: ids[1],
      type: 'user.welcome.host',
      payload: { userId: 1 },
      priority: 5,
      not_before: '2026-03-01T08:00:00.000Z',
    },
  ]);
});

test('nothing to write sends no statement', async () => {
  const { sql, statements } = recording();
  expect(await writeNotifications(sql, [])).toEqual([]);
  expect(statements).toEqual([]);
});

test('a payload that its type does not allow is refused before anything is written', async () => {
  const { sql, statements } = recording();
  const write = writeNotification(sql, { type: 'user.reset.start', payload: { userId: 1, token: 'short' } });
  await expect(write).rejects.toThrow(ConveneError);
  await expect(write).rejects.toMatchObject({ code: 'internal', issues: [{ path: 'token' }] });
  expect(statements).toEqual([]);
});

test('an id must be a UUID', async () => {
  const { sql } = recording();
  await expect(
    writeNotification(sql, { type: 'user.welcome.client', payload: { userId: 1 }, id: '12' }),
  ).rejects.toThrow();
});

test.each([
  ['user.reset.start', 'security'],
  ['user.email.changed', 'security'],
  ['user.two-factor.off', 'security'],
  ['admin.password.changed', 'security'],
  ['listing.approved', 'ordinary'],
  ['event.cancelled', 'ordinary'],
  ['admin.contact', 'ordinary'],
  ['event.reminder.24h', 'bulk'],
  ['listing.view-stats', 'bulk'],
  ['admin.digest.daily', 'bulk'],
] as const)('%s is %s', (type, priority) => {
  expect(priorityOf(type)).toBe(priority);
});
