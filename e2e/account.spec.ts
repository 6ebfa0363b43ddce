import { linkIn, mailTo, signIn } from './stack';
import { expect, type Page, test } from './test';

/* What a person changes about their own account, and that they can leave. */

const person = { name: 'Amélie Roux', email: 'amelie-roux@convene.example', password: 'convene-demo-1' };
const moved = 'amelie@people.example';
const newPassword = 'a-new-and-longer-password';
const admin = 'admin@convene.example';

const main = (page: Page) => page.getByRole('main');

const enter = async (page: Page, email: string, password: string): Promise<void> => {
  await page.goto('/sign-in');
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel(/^password/i).fill(password);
  await main(page)
    .getByRole('button', { name: /sign in/i })
    .click();
  await expect(page).toHaveURL(/\/account$/);
};

const card = (page: Page, name: string) => main(page).getByRole('region', { name });

test('a person becomes a host, chooses their mails, moves to another address and leaves', async ({ page }) => {
  await enter(page, person.email, person.password);

  await test.step('a new name and a role, at once on every page', async () => {
    await page.getByLabel('Name', { exact: true }).fill('Amélie R.');
    await page.getByRole('checkbox', { name: 'Offer locations' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(main(page).getByRole('status')).toContainText('Saved');
    await expect(main(page).getByRole('heading', { level: 1 })).toContainText('Amélie R.');
    await page.goto('/account/listings');
    await expect(main(page).getByRole('link', { name: 'New listing' })).toBeVisible();
  });

  await test.step('no more statistics by mail', async () => {
    await page.goto('/account/notifications');
    await page.getByRole('checkbox', { name: /statistics/i }).uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(main(page).getByRole('status')).toContainText('Saved');
    await page.reload();
    await expect(page.getByRole('checkbox', { name: /statistics/i })).not.toBeChecked();
    await expect(page.getByRole('checkbox', { name: /bookings/i })).toBeChecked();
  });

  await test.step('staff are asked to verify who it is', async () => {
    await page.goto('/account');
    await page.getByText('Ask for it …').click();
    await page.getByLabel(/full name/i).fill('Amélie Roux');
    await page.getByLabel(/website/i).fill('https://example.org/amelie');
    await page.getByLabel(/check it/i).fill('The register of commerce has me.');
    await page.getByRole('button', { name: 'Send the request' }).click();
    await expect(card(page, 'Verified identity')).toContainText('Your request is with us');
    await mailTo(admin, /To decide: verification of Amélie R\./);
  });

  await test.step('a new address counts once its mail is confirmed', async () => {
    await page.goto('/account/security');
    const email = card(page, 'E-mail');
    await email.getByLabel('New e-mail').fill(moved);
    await email.getByLabel('Your password').fill('not-the-password');
    await email.getByRole('button').click();
    await expect(email.getByRole('alert')).toContainText('The password is wrong');
    await expect(email.getByLabel('New e-mail')).toHaveValue(moved);
    await email.getByLabel('Your password').fill(person.password);
    await email.getByRole('button').click();
    await expect(email.getByRole('status')).toContainText('on its way');
    await page.goto(linkIn(await mailTo(moved, /Confirm your new/), '/confirm-email'));
    await page.getByRole('button', { name: 'Confirm the address' }).click();
    await expect(main(page).getByRole('status')).toContainText('confirmed');
    await expect(signIn(person.email, person.password)).rejects.toThrow(/401/);
    await signIn(moved, person.password);
  });

  await test.step('a new password, and a goodbye', async () => {
    await enter(await fresh(page), moved, person.password);
    await page.goto('/account/security');
    const password = card(page, 'Password');
    await password.getByLabel('Your password now').fill(person.password);
    await password.getByLabel('New password').fill(newPassword);
    await password.getByRole('button').click();
    await expect(password.getByRole('status')).toContainText('changed');

    await page.getByText('Delete my account …').click();
    await card(page, 'Delete the account').getByLabel('Your password').fill(newPassword);
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await expect(main(page)).toContainText('Your account is deleted');
    await mailTo(moved, /Your account was deleted/);
    await expect(signIn(moved, newPassword)).rejects.toThrow(/401/);
    await page.goto('/account/bookings');
    await expect(page).toHaveURL(/\/sign-in/);
  });
});

/** The same window, signed out. */
const fresh = async (page: Page): Promise<Page> => {
  await page.context().clearCookies();
  return page;
};
