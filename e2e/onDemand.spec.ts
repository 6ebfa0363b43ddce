import { feedAnswerSchema } from '@convene/common/api';
import { api } from './stack';
import { expect, type Page, test } from './test';

/*
 * Pages that are read come without the scripts of React, which are loaded at the first sign of somebody. What is pressed
 * before they are there is not lost.
 */

const password = 'convene-demo-1';

const bestLocation = async (): Promise<string> => {
  const [listing] = feedAnswerSchema.parse(await api('/feed?kind=locations&pageSize=1')).items;
  if (!listing) throw new Error('there are no locations');
  return `/locations/${listing.slug}`;
};

/** The site's scripts that a page asks for, and what it complains of. */
const watched = (page: Page) => {
  const scripts: string[] = [];
  const complaints: string[] = [];
  const beacons: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url());
    if (request.url().endsWith('/collect')) beacons.push(request.postData() ?? '');
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { scripts, complaints, beacons };
};

/** Resolves when React has taken over; to be called before what leads to it. */
const takenOver = (page: Page) =>
  page.evaluate(() => {
    Reflect.set(
      window,
      'takenOver',
      new Promise<void>((resolve) => document.addEventListener('convene:live', () => resolve(), { once: true })),
    );
  });
const untilTakenOver = (page: Page) => page.evaluate(() => Reflect.get(window, 'takenOver') as Promise<void>);

/** Scripts come only when they are let through. */
const scriptsHeldBack = async (page: Page) => {
  let letThrough = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route('**/_next/static/**/*.js', async (route) => {
    await gate;
    await route.continue();
  });
  return () => letThrough();
};

test('a page that is read loads no script of React, and is counted all the same', async ({ page }) => {
  const listing = await bestLocation();
  for (const [path, beacon] of [
    ['/', null],
    ['/locations', '"impressions"'],
    [listing, '"view"'],
  ] as const) {
    const { scripts, complaints, beacons } = watched(page);
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    if (beacon) await expect.poll(() => beacons.join(), { message: path }).toContain(beacon);
    await page.waitForLoadState('networkidle');
    expect(scripts, path).toEqual([]);
    // The pointer comes in.
    await takenOver(page);
    await page.mouse.move(400, 300);
    await untilTakenOver(page);
    expect(scripts.length, path).toBeGreaterThan(2);
    if (path === listing) {
      await page.waitForTimeout(1_500);
      expect(beacons.filter((sent) => sent.includes('"view"'))).toHaveLength(1);
    }
    expect(complaints, path).toEqual([]);
    page.removeAllListeners();
  }
});

test('what is pressed before the scripts have come is done when they are there', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const letThrough = await scriptsHeldBack(page);
  const listing = await bestLocation();

  await test.step('a heart in an archive', async () => {
    await page.goto('/locations');
    const heart = page.locator('main [aria-pressed]').first();
    await heart.click();
    await expect(heart).toHaveAttribute('data-held', '');
    await expect(heart).toHaveAttribute('aria-pressed', 'false');
    const kept = page.waitForResponse((answer) => answer.url().endsWith('/favorites/toggle'));
    letThrough();
    await expect(heart).toHaveAttribute('aria-pressed', 'true');
    expect((await kept).status()).toBe(200);
    await expect(heart).not.toHaveAttribute('data-held', '');
    await expect(page).toHaveURL('/locations');
  });

  await test.step('a picture of a listing, by the keyboard', async () => {
    await page.unrouteAll();
    const open = await scriptsHeldBack(page);
    await page.goto(listing);
    const picture = page.locator('#picture-1 a');
    await picture.focus();
    await page.keyboard.press('Enter');
    await expect(picture).toHaveAttribute('data-held', '');
    open();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(new URL(page.url()).pathname).toBe(listing);
  });
});

test('what was saved before the scripts have come is saved for who goes on at once', async ({ page }) => {
  await scriptsHeldBack(page);
  const listing = await bestLocation();
  await page.goto(listing);
  const save = page.locator('main aside [data-favorite]');
  await save.click();
  await expect(save).toHaveAttribute('data-held', '');
  await page.goto('/events');
  // No page hears the answer: it is there when it is there.
  await expect(async () => {
    await page.goto(listing);
    await expect(save).toHaveAttribute('data-favorite', 'true', { timeout: 1_000 });
  }).toPass();
});

test('several that were saved before the scripts have come are all saved', async ({ page }) => {
  await scriptsHeldBack(page);
  await page.goto('/locations');
  const hearts = page.locator('main button[aria-pressed]');
  for (const at of [0, 1, 2]) await hearts.nth(at).click();
  await expect(page.locator('[data-held]')).toHaveCount(3);
  await page.goto('/events');
  await expect(async () => {
    await page.goto('/locations');
    await expect(page.locator('main button[aria-pressed=true]')).toHaveCount(3, { timeout: 1_000 });
  }).toPass();
});

test('scripts that could not be had are asked for again, a few times', async ({ page }) => {
  let isOffline = true;
  await page.route('**/_next/static/**/*.js', (route) => (isOffline ? route.abort() : route.continue()));
  await page.goto(await bestLocation());
  const failed = page.waitForEvent('requestfailed');
  await page.mouse.move(300, 300);
  await failed;
  isOffline = false;
  await takenOver(page);
  await page.mouse.move(500, 400);
  await page.mouse.wheel(0, 10);
  await untilTakenOver(page);
  await expect(page.locator('html')).not.toHaveAttribute('data-without-script', '');
});

test('where the scripts cannot be had, presses do what they do without', async ({ page }) => {
  await page.route('**/_next/static/**/*.js', (route) => route.abort());
  const listing = await bestLocation();
  await page.goto(listing);
  await page.locator('main aside').getByRole('button', { name: /^Save/ }).click();
  // The form was sent by the browser, and leads back to the page, which knows.
  await expect(page.locator('main aside [data-favorite=true]')).toBeVisible();
  expect(new URL(page.url()).pathname).toBe(listing);
  // What only scripts can do is not offered once it is clear that they don't come.
  const next = page.getByRole('button', { name: 'Next picture' });
  await expect(next).toBeVisible();
  for (const x of [300, 400, 500, 600]) {
    await page.mouse.move(x, 300);
    await page.mouse.wheel(0, 1);
    await page.waitForTimeout(300);
  }
  await expect(next).toBeHidden();
  // Links lead on.
  await page.getByRole('navigation').getByRole('link', { name: 'Events' }).first().click();
  await expect(page).toHaveURL('/events');
});

test('what was typed into the search before the scripts have come is suggested for', async ({ page }) => {
  const letThrough = await scriptsHeldBack(page);
  await page.goto('/');
  const field = page.getByRole('combobox').first();
  await field.pressSequentially('buch');
  letThrough();
  await expect(page.getByRole('option').first()).toBeVisible();
  await expect(field).toHaveValue('buch');
});

test('whoever is signed in, and a map, have the scripts at once', async ({ page }) => {
  const { scripts } = watched(page);
  await page.goto('/locations?view=map');
  await expect(page.locator('.leaflet-container')).toBeVisible();
  expect(scripts.length).toBeGreaterThan(2);

  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill('client@convene.example');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/account|\/$/);
  scripts.length = 0;
  await page.goto('/');
  await expect.poll(() => scripts.length).toBeGreaterThan(2);
});
