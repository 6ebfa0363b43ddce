import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findRecipients } from '../src/recipients';
import { insertUser } from './support';

let context: TestContext;
let pool: pg.Pool;

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl });
});

afterAll(async () => {
  await pool?.end();
  await context?.dispose();
});

beforeEach(async () => {
  await pool.query('DELETE FROM users');
});

describe('many accounts', () => {
  test('are those that exist and want such mails, numbered in the order of their ids', async () => {
    const first = await insertUser(pool, { email: 'first@example.com', displayName: 'First' });
    const gone = await insertUser(pool, { email: 'gone@example.com', deleted: true });
    const quiet = await insertUser(pool, { email: 'quiet@example.com' });
    await pool.query('UPDATE users SET notification_preferences_reminders = false WHERE id = $1', [quiet]);
    const last = await insertUser(pool, { email: 'last@example.com', displayName: 'Last', locale: 'ro' });
    const userIds = [last, quiet, gone, first, first, 999_999];
    const search = { audience: { audience: 'users', userIds }, type: 'event.reminder.24h' } as const;
    expect(await findRecipients(pool, search)).toEqual([
      { no: 0, userId: first, email: 'first@example.com', displayName: 'First', locale: 'en' },
      { no: 1, userId: last, email: 'last@example.com', displayName: 'Last', locale: 'ro' },
    ]);
    // Another category is another choice.
    const moved = await findRecipients(pool, { ...search, type: 'event.moved' });
    expect(moved.map(({ userId }) => userId)).toEqual([first, quiet, last]);
  });
});

describe('addresses', () => {
  test('of an account are written to in its language, each once', async () => {
    const userId = await insertUser(pool, { email: 'new@example.com', displayName: 'Ana', locale: 'ro' });
    const emails = ['old@example.com', 'new@example.com'];
    const audience = { audience: 'addresses', emails, reader: { userId } } as const;
    expect(await findRecipients(pool, { audience, type: 'user.email.changed' })).toEqual([
      { no: 0, userId, email: 'old@example.com', displayName: 'Ana', locale: 'ro' },
      { no: 1, userId, email: 'new@example.com', displayName: 'Ana', locale: 'ro' },
    ]);
    const again = { ...audience, emails: ['Ana@example.com', 'ana@example.com'] };
    expect(await findRecipients(pool, { audience: again, type: 'user.email.changed' })).toHaveLength(1);
  });

  test('are written to also when the account is gone', async () => {
    const audience = { audience: 'addresses', emails: ['old@example.com'], reader: { userId: 999_999 } } as const;
    expect(await findRecipients(pool, { audience, type: 'user.email.changed' })).toEqual([
      { no: 0, userId: 999_999, email: 'old@example.com', displayName: '', locale: 'en' },
    ]);
  });

  test('without an account belong to nobody', async () => {
    const reader = { displayName: 'Ana', locale: 'ro' } as const;
    const audience = { audience: 'addresses', emails: ['ana@example.com'], reader } as const;
    expect(await findRecipients(pool, { audience, type: 'account.deleted' })).toEqual([
      { no: 0, userId: null, email: 'ana@example.com', displayName: 'Ana', locale: 'ro' },
    ]);
  });
});
