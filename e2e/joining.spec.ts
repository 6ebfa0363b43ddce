import { z } from 'zod';
import { enterAdmin, moderator } from './admin';
import { api, linkIn, mailTo, signIn, siteUrl } from './stack';
import { expect, test } from './test';

const owner = { name: 'Ioana Pop', email: 'ioana@people.example', password: 'a-rather-long-password' };
const changed = 'another-rather-long-password';
const title = 'The Boat House';

test('someone joins, lists a place, and it goes live when a moderator approves it', async ({ page, browser }) => {
  await test.step('sign up, confirm by the mail, sign in', async () => {
    await page.goto('/sign-up');
    await page.getByLabel(/name/i).first().fill(owner.name);
    await page.getByLabel(/e-?mail/i).fill(owner.email);
    await page.getByLabel(/^password/i).fill(owner.password);
    await page.getByRole('checkbox', { name: /locations|places|venue|host/i }).check();
    await page.getByRole('button', { name: /sign up|create/i }).click();
    await expect(page).toHaveURL(/check-mail/);

    const confirmation = await mailTo(owner.email, /confirm/i);
    const link = linkIn(confirmation, '/verify');
    expect(link.startsWith(siteUrl)).toBe(true);
    await page.goto(link);
    const confirm = page.getByRole('button', { name: /confirm/i });
    if (await confirm.isVisible()) await confirm.click();
    await expect(page.getByRole('main')).toContainText(/confirmed/i);

    await page.goto('/sign-in');
    await page.getByLabel(/e-?mail/i).fill(owner.email);
    await page.getByLabel(/^password/i).fill(owner.password);
    await page
      .getByRole('main')
      .getByRole('button', { name: /sign in/i })
      .click();
    await expect(page).toHaveURL(/\/account$/);
    await expect(page.getByRole('main')).toContainText(owner.name);
  });

  const token = await signIn(owner.email, owner.password);
  const taxonomies = z
    .object({
      cities: z.array(z.object({ id: z.number() })),
      types: z.array(z.object({ id: z.number(), kind: z.string() })),
    })
    .parse(await api('/taxonomies'));
  const listing = {
    title,
    summary: 'A hall on the water for sixty people.',
    city: taxonomies.cities[0]?.id,
    type: taxonomies.types.find(({ kind }) => kind === 'locations')?.id,
    moderationStatus: 'pending',
  };

  await test.step('the owner asks for approval, and staff are told', async () => {
    const created = await api('/locations', { method: 'POST', token, body: listing });
    const { doc } = z.object({ doc: z.object({ id: z.number(), tier: z.string() }) }).parse(created);
    expect(doc.tier).toBe('new');
    await mailTo(moderator, /Boat House/);
    await mailTo('admin@convene.example', /Boat House/);
    await page.goto('/account/listings');
    await expect(page.getByRole('main')).toContainText(title);
    const answer = await page.goto('/locations/the-boat-house');
    expect(answer?.status()).toBe(404);
  });

  await test.step('a moderator publishes it in the admin, and the owner is told', async () => {
    const desk = await browser.newPage();
    await enterAdmin(desk, moderator);
    await desk.goto(linkIn(await mailTo(moderator, /Boat House/), '/admin'));
    await desk
      .getByRole('button', { name: /publish/i })
      .first()
      .click();
    await expect(desk.getByText(/success/i).first()).toBeVisible();
    await desk.close();

    const news = await mailTo(owner.email, /Boat House/);
    await page.goto(linkIn(news, '/locations/'));
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  });
});

test('a forgotten password is set anew by the mail, and the old one is worth nothing', async ({ page }) => {
  await page.goto('/forgot');
  await page.getByLabel(/e-?mail/i).fill(owner.email);
  await page.getByRole('main').getByRole('button').click();
  await page.goto(linkIn(await mailTo(owner.email, /reset|password/i), '/reset'));
  await page.locator('input[type=password]').first().fill(changed);
  await page.getByRole('main').getByRole('button').click();
  await mailTo(owner.email, /changed/i);
  await expect(signIn(owner.email, owner.password)).rejects.toThrow(/401/);
  expect(await signIn(owner.email, changed)).toMatch(/\./);
});
