import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { admin, enterAdmin, moderator } from './admin';
import { backendUrl, database, eventually } from './stack';

/* The pages of the admin that show how it goes: each for staff, with its numbers, files and actions. */

const writeDead = async (error: string): Promise<string> => {
  const id = randomUUID();
  await database.query(
    `INSERT INTO notification_outbox (id, type, payload, status, priority, closed_at, error)
     SELECT $1, 'user.welcome.client', jsonb_build_object('userId', id), 'dead', 5, now(), $2
     FROM users WHERE email = $3`,
    [id, error, admin],
  );
  return id;
};

const statusOf = async (id: string): Promise<string | undefined> =>
  (await database.query<{ status: string }>('SELECT status FROM notification_outbox WHERE id = $1', [id])).rows[0]
    ?.status;

test('the Redis budget is shown, and is a file too', async ({ page }) => {
  await database.query(
    `INSERT INTO redis_usage (day, app, source, command, count)
     VALUES (to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD'), 'frontend', 'e2e', 'getdel', 4321)`,
  );
  await enterAdmin(page, moderator);
  await page.goto(`${backendUrl}/admin/redis-budget`);
  await expect(page.getByRole('heading', { name: 'Redis budget' })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Redis commands a day/ })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'e2e' })).toContainText('4,321');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'As CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^convene-redis-usage-.*\.csv$/);
  expect(await readFile(await file.path(), 'utf8')).toContain('frontend,e2e,getdel,4321');
});

test('a failed mail is retried, another one discarded', async ({ page }) => {
  const retried = await writeDead('To be retried by hand');
  const discarded = await writeDead('To be discarded by hand');
  await enterAdmin(page, moderator);
  await page.goto(`${backendUrl}/admin/notifications`);
  const row = (text: string) => page.getByRole('row').filter({ hasText: text });
  await row('To be retried by hand').getByRole('button', { name: 'Retry' }).click();
  await expect(row('To be retried by hand')).toBeHidden();
  await row('To be discarded by hand').getByRole('checkbox').check();
  page.once('dialog', (dialog) => void dialog.accept());
  await page.getByRole('button', { name: 'Discard (1)' }).click();
  await expect(row('To be discarded by hand')).toBeHidden();
  expect(await statusOf(discarded)).toBe('discarded');
  await eventually('the retried mail is sent', async () => ((await statusOf(retried)) === 'sent' ? true : null));
});

test('every mail can be looked at, made by the worker', async ({ page }) => {
  await enterAdmin(page, moderator);
  await page.goto(`${backendUrl}/admin/notifications/previews`);
  await page.getByLabel('Mail', { exact: true }).selectOption('booking.requested');
  await page.getByLabel('Language').selectOption('ro');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(/type=booking\.requested&locale=ro/);
  const mail = page.frameLocator('iframe[title="The mail booking.requested in Română"]');
  await expect(mail.locator('html')).toHaveAttribute('lang', 'ro');
  await expect(mail.getByRole('heading').first()).toBeVisible();
});

test('the feed tells why a listing ranks, and an admin runs its jobs', async ({ page }) => {
  await enterAdmin(page, admin);
  await page.goto(`${backendUrl}/admin/feed?days=90`);
  await expect(page.getByRole('img', { name: /^Impressions/ })).toBeVisible();
  await page.getByRole('button', { name: 'Aggregate now' }).click();
  await expect(page.getByText(/^Done: aggregate/)).toBeVisible();
  await page.getByRole('button', { name: 'Rank now' }).click();
  await expect(page.getByText(/^Done: rank/)).toBeVisible();
  await page.reload();
  const runs = page.getByRole('table', { name: 'The latest runs' });
  await expect(runs.getByRole('row').filter({ hasText: 'called' }).first()).toContainText('done');
  const { rows } = await database.query<{ slug: string }>(
    `SELECT slug FROM locations JOIN listing_rank ON kind = 'locations' AND listing_id = locations.id
     ORDER BY listing_id LIMIT 1`,
  );
  await page.getByLabel('A listing’s title, slug or number').fill(rows[0]?.slug ?? '');
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.getByRole('table', { name: /the parts of its score/ })).toContainText('all cities');
});

test('moderators run no jobs, hosts see none of it', async ({ page }) => {
  await enterAdmin(page, moderator);
  await page.goto(`${backendUrl}/admin/feed`);
  await expect(page.getByRole('heading', { name: 'Flush, aggregate, rank' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Rank now' })).toHaveCount(0);
  await page.context().clearCookies();
  const { rows } = await database.query<{ email: string }>(
    `SELECT email FROM users JOIN users_roles ON parent_id = users.id AND value = 'host'
     WHERE email LIKE '%@convene.example' ORDER BY users.id LIMIT 1`,
  );
  await enterAdmin(page, rows[0]?.email ?? '');
  for (const path of ['feed', 'notifications', 'notifications/previews', 'redis-budget']) {
    await page.goto(`${backendUrl}/admin/${path}`);
    await expect(page.getByRole('heading', { name: 'For staff alone' })).toBeVisible();
  }
});
