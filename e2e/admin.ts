import { expect, type Page } from '@playwright/test';
import { backendUrl } from './stack';

/** Of all accounts of the demo. */
export const password = 'convene-demo-1';
export const moderator = 'moderator@convene.example';
export const admin = 'admin@convene.example';

/** Signs in at the admin's own door. */
export const enterAdmin = async (page: Page, email: string): Promise<void> => {
  await page.goto(`${backendUrl}/admin/login`);
  await page.getByLabel(/email/i).fill(email);
  await page.getByLabel(/password/i).fill(password);
  await page.getByRole('button', { name: /log ?in/i }).click();
  await expect(page).toHaveURL(/\/admin\/?$/);
};
