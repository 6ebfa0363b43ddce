import { readFile } from 'node:fs/promises';
import { accountExportSchema } from '@convene/common/api';
import { z } from 'zod';
import { axeFindings } from './axe';
import { backendUrl, database } from './stack';
import { type Browser, expect, type Page, test } from './test';
import { totp } from './totp';

/* What a person shows of themselves, how they keep others out of their account, and whom they keep away. */

const password = 'convene-demo-1';
const host = { name: 'Ines Carvalho', email: 'ines@convene.example' };
const secured = { name: 'Studio Zwölf', email: 'studio@convene.example' };

const main = (page: Page) => page.getByRole('main');
const card = (page: Page, name: string) => main(page).getByRole('region', { name });

const fillSignIn = async (page: Page, email: string): Promise<void> => {
  await page.goto('/sign-in');
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel(/^(password|parol)/i).fill(password);
  await main(page)
    .getByRole('button', { name: /sign in|autentific/i })
    .click();
};

/** A browser of their own, signed in. */
const pageOf = async (browser: Browser, email: string): Promise<Page> => {
  const page = await (await browser.newContext()).newPage();
  await fillSignIn(page, email);
  await expect(page).toHaveURL(/\/account$/);
  return page;
};

const idOf = async (email: string): Promise<number> => {
  const { rows } = await database.query('SELECT id FROM users WHERE email = $1', [email]);
  return z.object({ id: z.number() }).parse(rows[0]).id;
};

/** Somebody who has written to the host about one of the host's listings. */
const conversationWith = async (ownerId: number) => {
  const { rows } = await database.query(
    `SELECT listing.kind, listing.id, listing.slug, client.id AS "clientId", client.display_name AS name, client.email
     FROM worker_listings AS listing, users AS client
     WHERE listing.owner_id = $1 AND listing.is_live AND listing.kind = 'locations'
       AND client.id <> $1 AND client.display_name = 'Radu Marinescu'
     ORDER BY listing.id LIMIT 1`,
    [ownerId],
  );
  return z
    .object({
      kind: z.string(),
      id: z.number(),
      slug: z.string(),
      clientId: z.number(),
      name: z.string(),
      email: z.string(),
    })
    .parse(rows[0]);
};

test('a person shows who they are: a picture, some words, and what they list', async ({ page, browser }) => {
  const id = await idOf(host.email);
  await fillSignIn(page, host.email);
  await expect(page).toHaveURL(/\/account$/);

  await test.step('a picture, seen before it is sent and then on every page', async () => {
    await page.getByLabel('Choose an image').setInputFiles({
      name: 'me.png',
      mimeType: 'image/png',
      buffer: await page.screenshot(),
    });
    await expect(page.getByRole('img', { name: 'How your picture will look' })).toBeVisible();
    await page.getByRole('button', { name: 'Use this picture' }).click();
    await expect(card(page, 'Picture').getByRole('status')).toContainText('changed');
    const shown = page.getByRole('banner').locator('img');
    await expect(shown).toHaveAttribute('src', /\/media\/file\/[0-9a-f-]+\.webp/);
    expect(await shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([
      320, 320,
    ]);
  });

  await test.step('what is no image is refused in words', async () => {
    await page
      .getByLabel('Choose an image')
      .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('no image') });
    await page.getByRole('button', { name: 'Use this picture' }).click();
    await expect(card(page, 'Picture').getByRole('alert')).toContainText('not an image');
  });

  await test.step('words about themselves, for everybody to read', async () => {
    await page.getByLabel(/^A few words about you/).fill('Rooms with a view,\nand coffee.');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(card(page, 'About you').getByRole('status')).toContainText('Saved');
    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(`/people/${id}`);
    await expect(main(stranger).getByRole('heading', { level: 1 })).toHaveText(host.name);
    await expect(main(stranger)).toContainText('Rooms with a view,');
    await expect(main(stranger)).toContainText('Member since');
    await expect(main(stranger).getByRole('article').first()).toBeVisible();
    await expect(main(stranger)).not.toContainText('@');
    await main(stranger).getByRole('link', { name: 'Report this profile' }).click();
    await expect(main(stranger).getByRole('heading', { level: 1 })).toContainText('Report a person');
    expect((await stranger.goto('/people/99999999'))?.status()).toBe(404);
  });

  await test.step('a role that listings depend on stays', async () => {
    await page.goto('/account');
    await page.getByRole('checkbox', { name: 'Offer locations' }).uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(card(page, 'About you').getByRole('alert')).toContainText('You still have listings of that kind');
  });

  await test.step('without a picture again', async () => {
    await page.goto('/account');
    await page.getByRole('button', { name: 'Remove the picture' }).click();
    await expect(card(page, 'Picture').getByRole('status')).toContainText('removed');
    await expect(page.getByRole('banner').locator('img')).toHaveCount(0);
  });
});

test('two factors keep out who knows the password', async ({ page, browser }) => {
  await fillSignIn(page, secured.email);
  await expect(page).toHaveURL(/\/account$/);
  const other = await pageOf(browser, secured.email);
  let secret = '';
  let recoveryCode = '';

  await test.step('set up: a password, a code to scan, recovery codes that are shown once', async () => {
    await page.goto('/account/security');
    await expect(card(page, 'Where you are signed in').getByText('This device')).toBeVisible();
    await page.getByRole('link', { name: 'Set it up' }).click();
    const begin = card(page, 'Set it up');
    await begin.getByLabel('Your password').fill(password);
    await begin.getByRole('button', { name: 'Begin' }).click();
    await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    secret = (await main(page).locator('code').textContent()) ?? '';
    await page.getByLabel('Code', { exact: true }).fill('000000');
    await page.getByRole('button', { name: 'Turn it on' }).click();
    await expect(main(page).getByRole('alert')).toContainText('not valid');
    await page.getByLabel('Code', { exact: true }).fill(totp(secret, -1));
    await page.getByRole('button', { name: 'Turn it on' }).click();
    await expect(card(page, 'Your recovery codes').getByRole('listitem')).toHaveCount(10);
    recoveryCode = (await card(page, 'Your recovery codes').getByRole('listitem').first().textContent()) ?? '';
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await expect(main(page)).not.toContainText('Your recovery codes');
    await page.goto('/account/security/two-factor');
    await expect(main(page)).toContainText('10 recovery codes are left');
    await expect(main(page)).not.toContainText(recoveryCode);
  });

  await test.step('who was signed in elsewhere is out', async () => {
    await other.goto('/account/bookings');
    await expect(other).toHaveURL(/\/sign-in/);
  });

  await test.step('signing in takes the code, in Romanian too', async () => {
    const context = await browser.newContext({ locale: 'ro-RO' });
    const romanian = await context.newPage();
    await fillSignIn(romanian, secured.email);
    await expect(romanian).toHaveURL(/\/sign-in\/code$/);
    expect(await axeFindings(romanian)).toEqual([]);
    await romanian.getByLabel('Cod', { exact: true }).fill('000000');
    await main(romanian).getByRole('button').click();
    await expect(main(romanian).getByRole('alert')).toContainText('Codul nu este valid');
    await romanian.getByLabel('Cod', { exact: true }).fill(totp(secret));
    await main(romanian).getByRole('button').click();
    await expect(romanian).toHaveURL(/\/account$/);
  });

  await test.step('or a recovery code, once', async () => {
    const second = await (await browser.newContext()).newPage();
    await fillSignIn(second, secured.email);
    await second.getByLabel('Code', { exact: true }).fill(recoveryCode);
    await main(second).getByRole('button', { name: 'Sign in' }).click();
    await expect(second).toHaveURL(/\/account$/);
    const third = await (await browser.newContext()).newPage();
    await fillSignIn(third, secured.email);
    await third.getByLabel('Code', { exact: true }).fill(recoveryCode);
    await main(third).getByRole('button', { name: 'Sign in' }).click();
    await expect(main(third).getByRole('alert')).toContainText('not valid');
  });

  await test.step('the admin’s own door takes both too', async () => {
    const admin = await (await browser.newContext()).newPage();
    await admin.goto(`${backendUrl}/admin/login`);
    await admin.getByLabel('Email').fill(secured.email);
    await admin.getByLabel('Password').fill(password);
    await admin.getByRole('button', { name: 'Login' }).click();
    await expect(admin.getByText(/type the code of your app too/)).toBeVisible();
    await admin.getByLabel('Email').fill(secured.email);
    await admin.getByLabel('Password').fill(password);
    await admin.getByLabel('Code').fill(totp(secret, 1));
    await admin.getByRole('button', { name: 'Login' }).click();
    await expect(admin).toHaveURL(/\/admin$/);
    await expect(admin.getByRole('heading').first()).toBeVisible();
  });
});

test('a person takes what is theirs along', async ({ browser }) => {
  const page = await pageOf(browser, host.email);
  await page.goto('/account/security');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download my data' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  const all = accountExportSchema.parse(JSON.parse(text));
  expect(all.profile).toMatchObject({ email: host.email, displayName: host.name });
  expect(all.listings.length).toBeGreaterThan(0);
});

test('who is blocked can neither write nor book, and hears nothing of it', async ({ browser }) => {
  const owner = await pageOf(browser, host.email);
  const { clientId, name, email, kind, slug } = await conversationWith(await idOf(host.email));
  const pest = await pageOf(browser, email);

  await owner.goto(`/people/${clientId}`);
  await owner.getByText(`Block ${name} …`).click();
  await owner.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(main(owner).getByRole('status')).toContainText('Blocked');

  await pest.goto(`/${kind}/${slug}/message`);
  await pest.getByRole('textbox').first().fill('Are you there?');
  await main(pest).getByRole('button').last().click();
  await expect(main(pest).getByRole('alert')).toContainText('can’t be reached');

  await owner.goto('/account/security');
  const blocked = card(owner, 'Blocked people');
  await expect(blocked).toContainText(name);
  await blocked.getByRole('button', { name: `Unblock ${name}` }).click();
  await expect(blocked.getByRole('status')).toContainText(`${name} is unblocked`);

  await pest.goto(`/${kind}/${slug}/message`);
  await pest.getByRole('textbox').first().fill('Are you there?');
  await main(pest).getByRole('button').last().click();
  await expect(pest).toHaveURL(/\/account\/messages\//);

  await owner.goto('/account/messages');
  await main(owner)
    .getByRole('link', { name: new RegExp(name) })
    .first()
    .click();
  await owner.getByText(`Block ${name} …`).click();
  await owner.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(main(owner)).toContainText('You have blocked');
  await expect(owner.getByRole('textbox')).toHaveCount(0);
  await owner.goto('/account/messages');
  await expect(main(owner).getByRole('listitem').filter({ hasText: name }).first()).toContainText('Blocked');
});
