import { z } from 'zod';
import { admin, enterAdmin, moderator, password } from './admin';
import { api, backendUrl, database, mailTo, signIn } from './stack';
import { expect, type Page, test } from './test';

/* What staff do in the admin: decide about what waits, and see what was done. */

const host = 'jonas-weber@convene.example';

const idSchema = z.object({ doc: z.object({ id: z.number(), slug: z.string() }) });

/** A place that its host has handed in. */
const handIn = async (title: string): Promise<{ id: number; slug: string }> => {
  const { cities, types } = z
    .object({
      cities: z.array(z.object({ id: z.number() })),
      types: z.array(z.object({ id: z.number(), kind: z.string() })),
    })
    .parse(await api('/taxonomies'));
  const { rows } = await database.query<{ email: string }>(
    `SELECT email FROM users JOIN users_roles ON parent_id = users.id AND value = 'host' WHERE email = $1`,
    [host],
  );
  const email = rows[0]?.email ?? (await anyHost());
  const { doc } = idSchema.parse(
    await api('/locations', {
      method: 'POST',
      token: await signIn(email, password),
      body: {
        title,
        summary: 'A place that waits for a moderator.',
        city: cities[0]?.id,
        type: types.find(({ kind }) => kind === 'locations')?.id,
        moderationStatus: 'pending',
      },
    }),
  );
  return doc;
};

const anyHost = async (): Promise<string> => {
  const { rows } = await database.query<{ email: string }>(
    `SELECT email FROM users JOIN users_roles ON parent_id = users.id AND value = 'host'
     WHERE email LIKE '%@convene.example' ORDER BY users.id LIMIT 1`,
  );
  if (!rows[0]) throw new Error('the demo has no host');
  return rows[0].email;
};

const ownerOf = async (id: number): Promise<string> => {
  const { rows } = await database.query<{ email: string }>(
    'SELECT email FROM users JOIN locations ON owner_id = users.id WHERE locations.id = $1',
    [id],
  );
  return rows[0]?.email ?? '';
};

const card = (page: Page, title: string) => page.getByRole('article', { name: title });

test('a moderator approves one listing and rejects another, by mouse and by keys', async ({ page }) => {
  const good = await handIn('The Glass Pavilion of Staff');
  const bad = await handIn('A Nameless Cellar of Staff');
  const owner = await ownerOf(good.id);
  await enterAdmin(page, moderator);
  await page
    .getByRole('navigation', { name: 'What waits' })
    .getByRole('link', { name: /^Listings/ })
    .click();
  await expect(page).toHaveURL(/\/admin\/moderation\?subject=listing$/);
  await page.getByLabel('Search in what waits').fill('of Staff');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('article')).toHaveCount(2);

  await card(page, 'The Glass Pavilion of Staff').getByRole('button', { name: 'Approve' }).click();
  await expect(card(page, 'The Glass Pavilion of Staff')).toBeHidden();
  await mailTo(owner, /The Glass Pavilion of Staff/);

  await card(page, 'A Nameless Cellar of Staff').focus();
  await page.keyboard.press('r');
  const reason = card(page, 'A Nameless Cellar of Staff').getByLabel(/why\?/i);
  await expect(reason).toBeFocused();
  await card(page, 'A Nameless Cellar of Staff')
    .getByRole('button', { name: 'The same listing is here already.' })
    .click();
  await reason.press('Control+Enter');
  await expect(page.getByText('Nothing that waits contains')).toBeVisible();
  expect((await mailTo(owner, /A Nameless Cellar of Staff/)).text).toContain('The same listing is here already.');

  await page.goto(`${backendUrl}/admin/collections/locations/${good.id}`);
  await expect(page.getByRole('table', { name: 'What staff did' })).toContainText('approved');
  const { rows } = await database.query(
    `SELECT action, reason FROM audit_log WHERE subject_collection = 'locations' AND subject_id = $1`,
    [String(bad.id)],
  );
  expect(rows).toEqual([{ action: 'rejected', reason: 'The same listing is here already.' }]);
});

test('who is too late is told by whom it was decided', async ({ page }) => {
  const listing = await handIn('A Contested Attic of Staff');
  await enterAdmin(page, moderator);
  await page.goto(`${backendUrl}/admin/moderation?text=Contested`);
  await expect(card(page, 'A Contested Attic of Staff')).toBeVisible();
  await api(`/locations/${listing.id}`, {
    method: 'PATCH',
    token: await signIn(admin, password),
    body: { moderationStatus: 'approved' },
  });
  await card(page, 'A Contested Attic of Staff').getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText(/was faster: this is approved already/).first()).toBeVisible();
});

test('a report is resolved with a note, which admins find in the audit trail', async ({ page }) => {
  await database.query(
    `INSERT INTO reports (subject, reason, details, status) VALUES ('other', 'other', 'Sealed envelope under the door.', 'open')`,
  );
  await enterAdmin(page, admin);
  await page.goto(`${backendUrl}/admin/moderation?subject=report&text=Sealed+envelope`);
  const report = page.getByRole('article');
  await expect(report).toContainText('Sealed envelope under the door.');
  await report.getByRole('button', { name: 'Resolve' }).click();
  await report.getByLabel(/what was done/i).fill('The envelope was opened.');
  await report.getByRole('button', { name: 'Resolve' }).click();
  await expect(page.getByText('Nothing that waits contains')).toBeVisible();
  await page.goto(`${backendUrl}/admin/collections/audit-log?search=envelope`);
  const row = page.getByRole('row').filter({ hasText: 'The envelope was opened.' });
  await expect(row).toContainText('resolved');
  await expect(row).toContainText('reports');
});

test('an account is suspended, can’t sign in, and is let in again', async ({ page }) => {
  const email = 'amelie-roux@convene.example';
  const { rows } = await database.query<{ id: number }>(
    `SELECT id FROM users WHERE display_name LIKE 'Am%lie R%' OR email = $1 ORDER BY id LIMIT 1`,
    [email],
  );
  // Another test moves this person to another address: anybody who is a client alone will do.
  const { rows: clients } = await database.query<{ id: number; email: string }>(
    `SELECT id, email FROM users WHERE email LIKE '%@convene.example' AND id <> $1 AND deleted_at IS NULL
       AND NOT EXISTS (SELECT FROM users_roles WHERE parent_id = users.id AND value <> 'client') ORDER BY id LIMIT 1`,
    [rows[0]?.id ?? 0],
  );
  const person = z.object({ id: z.number(), email: z.string() }).parse(clients[0]);
  await signIn(person.email, password);
  await enterAdmin(page, moderator);
  await page.goto(`${backendUrl}/admin/collections/users/${person.id}`);
  await page.getByRole('button', { name: 'Suspend the account …' }).click();
  await page.getByLabel(/Why\? Staff read this/).fill('A test of the door.');
  await page.getByRole('button', { name: 'Suspend', exact: true }).click();
  await expect(page.getByText('The account is suspended.')).toBeVisible();
  await expect(signIn(person.email, password)).rejects.toThrow(/403.*suspended/);
  await expect(signIn(person.email, 'not-the-password')).rejects.toThrow(/401/);
  await page.reload();
  await page.getByRole('button', { name: 'Let the account in again' }).click();
  await expect(page.getByText('The account is let in again.')).toBeVisible();
  await signIn(person.email, password);
});
