import { feedAnswerSchema } from '@convene/common/api';
import { type ListingKind, listingKinds } from '@convene/common/listings';
import { z } from 'zod';
import { axeFindings } from './axe';
import { api, database } from './stack';
import { type Browser, type BrowserContext, expect, type Page, test } from './test';

/*
 * What every page owes to whoever opens it, on a phone and on a desk, by day and by night: axe finds nothing, nothing
 * moves under the finger, nothing sticks out sideways, and neither the console nor the security policy complains.
 */

const client = 'client@convene.example';
const password = 'convene-demo-1';
const phone = { width: 390, height: 844 };
const narrow = { width: 360, height: 740 };
const desk = { width: 1280, height: 900 };
const MOST_LAYOUT_SHIFT = 0.02;

const seenSchema = z.object({ shift: z.number(), shifted: z.array(z.string()), violations: z.array(z.string()) });

/** Watches from a page's first moment on. */
const watchInPage = (): void => {
  const seen = { shift: 0, shifted: [] as string[], violations: [] as string[] };
  Object.assign(window, { seenByTest: seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      // Typed nowhere yet: https://developer.mozilla.org/docs/Web/API/LayoutShift
      const shift: PerformanceEntry & { value?: number; hadRecentInput?: boolean; sources?: { node?: Node }[] } = entry;
      if (shift.hadRecentInput) continue;
      seen.shift += shift.value ?? 0;
      for (const { node } of shift.sources ?? []) {
        seen.shifted.push(node instanceof Element ? node.outerHTML.slice(0, 120) : String(node?.nodeName));
      }
    }
  }).observe({ type: 'layout-shift', buffered: true });
  document.addEventListener('securitypolicyviolation', (event) => {
    seen.violations.push(`${event.effectiveDirective}: ${event.blockedURI}`);
  });
};

const watchedPage = async (context: BrowserContext) => {
  await context.addInitScript(watchInPage);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // That a page which must answer 404 does so is no complaint.
    if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
};

/** Waits until pictures and fonts of what can be seen are there, and everything was painted with them. */
const settle = (page: Page) =>
  page.evaluate(async () => {
    await document.fonts.ready;
    // One that is out of sight may never be loaded.
    const inSight = [...document.images].filter((image) => {
      const { top, bottom, left, right } = image.getBoundingClientRect();
      return top < innerHeight && bottom > 0 && left < innerWidth && right > 0;
    });
    await Promise.all(inSight.map((image) => image.decode().catch(() => undefined)));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });

const sticksOut = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .slice(0, 5)
      .map((element) => element.outerHTML.slice(0, 120));
  });

const inspect = async ({ page, complaints }: Awaited<ReturnType<typeof watchedPage>>, path: string): Promise<void> => {
  const by = (theme: 'light' | 'dark') => page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  // The themes have the same colours at every size: what axe looks at on a phone by day it does on a desk by night.
  for (const [size, theme] of [
    [phone, 'light'],
    [desk, 'dark'],
  ] as const) {
    const where = `${path} at ${size.width}, ${theme}`;
    await by(theme);
    await page.setViewportSize(size);
    await page.goto(path);
    await settle(page);
    const seen = seenSchema.parse(await page.evaluate(() => Reflect.get(window, 'seenByTest')));
    expect.soft(seen.violations, `${where}: against the security policy`).toEqual([]);
    expect.soft(seen.shift, `${where}: moves, ${seen.shifted.join(' ')}`).toBeLessThanOrEqual(MOST_LAYOUT_SHIFT);
    expect.soft(await axeFindings(page), `${where}: axe`).toEqual([]);
    expect.soft(await sticksOut(page), `${where}: sticks out`).toEqual([]);
  }
  await page.setViewportSize(narrow);
  // A page is laid out anew a moment after it has been given another size.
  await expect
    .poll(() => sticksOut(page), { message: `${path} at ${narrow.width}: sticks out`, timeout: 5_000 })
    .toEqual([]);
  expect.soft(complaints.splice(0), `${path}: complaints`).toEqual([]);
};

const bestOf = async (kind: ListingKind): Promise<string> => {
  const [listing] = feedAnswerSchema.parse(await api(`/feed?kind=${kind}&pageSize=1`)).items;
  if (!listing) throw new Error(`there are no ${kind}`);
  return `/${kind}/${listing.slug}`;
};

const idSchema = z.object({ id: z.number() });

/** The profile of who has the most to show. */
const hostsPage = async (): Promise<string> => {
  const { rows } = await database.query("SELECT id FROM users WHERE email = 'host@convene.example'");
  return `/people/${idSchema.parse(rows[0]).id}`;
};

const listingOfHost = async (): Promise<string> => {
  const { rows } = await database.query(
    `SELECT listing.id FROM worker_listings AS listing
     JOIN users AS owner ON owner.id = listing.owner_id AND owner.email = 'host@convene.example'
     WHERE listing.kind = 'locations' AND listing.is_live ORDER BY listing.id LIMIT 1`,
  );
  return `/account/listings/locations/${idSchema.parse(rows[0]).id}`;
};

const pagesOfAll: (() => Promise<string[]>)[] = [
  async () => ['/', '/privacy', '/contact', '/no-such-page'],
  async () => ['/locations', '/events', '/services', '/locations?city=nowhere', '/locations?page=2'],
  async () => Promise.all(listingKinds.map(bestOf)),
  async () => ['/favorites', '/locations/in/iasi', '/events/type/concert', '/locations?view=map', await hostsPage()],
  async () => ['/sign-in', '/sign-up', '/forgot', '/check-mail', '/verify?token=spent', '/reset?token=spent'],
  async () => ['/claim?token=spent', '/confirm-email?token=spent', '/unsubscribe?token=spent'],
  async () => [
    `/report?${new URLSearchParams({ subject: 'listing', kind: 'locations', id: '1', from: '/locations' })}`,
  ],
];

const pagesOfClient: (() => Promise<string[]>)[] = [
  async () => ['/account', '/account/bookings', '/account/messages', '/account/favorites'],
  async () => ['/account/listings', '/account/notifications', '/account/security', '/account/security/two-factor'],
  async () => {
    const [location, event] = await Promise.all([bestOf('locations'), bestOf('events')]);
    return [`${location}/book`, `${location}/message`, `${location}/review`, `${event}/book`, location];
  },
];

const pagesOfHost = async (): Promise<string[]> => {
  const listing = await listingOfHost();
  return ['/account/listings/new?kind=locations', listing, `${listing}/statistics`];
};

const inspectAll = async (context: BrowserContext, paths: string[]): Promise<void> => {
  const watched = await watchedPage(context);
  for (const path of paths) await test.step(path, () => inspect(watched, path));
};

const signedIn = async (browser: Browser, email = client): Promise<BrowserContext> => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel(/^password/i).fill(password);
  await page
    .getByRole('main')
    .getByRole('button', { name: /sign in/i })
    .click();
  await expect(page).toHaveURL(/\/account$/);
  await page.close();
  return context;
};

for (const [index, pathsOf] of pagesOfAll.entries()) {
  test(`pages for everybody are light and accessible, ${index + 1} of ${pagesOfAll.length}`, async ({ browser }) => {
    test.setTimeout(180_000);
    const context = await browser.newContext();
    await inspectAll(context, await pathsOf());
    await context.close();
  });
}

for (const [index, pathsOf] of pagesOfClient.entries()) {
  test(`pages for who has signed in are light and accessible, ${index + 1} of ${pagesOfClient.length}`, async ({
    browser,
  }) => {
    test.setTimeout(180_000);
    const context = await signedIn(browser);
    await inspectAll(context, await pathsOf());
    await context.close();
  });
}

test('pages of who lists are light and accessible', async ({ browser }) => {
  test.setTimeout(180_000);
  const context = await signedIn(browser, 'host@convene.example');
  await inspectAll(context, await pagesOfHost());
  await context.close();
});

test('what a visitor chose for the theme holds against what the system prefers', async ({ browser }) => {
  const context = await browser.newContext({ colorScheme: 'light' });
  const { page } = await watchedPage(context);
  await page.goto('/locations');
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await axeFindings(page, ['color-contrast'])).toEqual([]);
  await context.close();
});

test('links are followed without loading a new document, and left to the browser where it knows better', async ({
  page,
  context,
}) => {
  await page.goto('/');
  await page.evaluate(() => Object.assign(window, { isFirstDocument: true }));
  const isFirstDocument = () => page.evaluate(() => Reflect.get(window, 'isFirstDocument') === true);
  const events = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Events' });

  const opened = context.waitForEvent('page');
  await events.click({ modifiers: ['ControlOrMeta'] });
  await (await opened).close();
  await expect(page).toHaveURL(/\/$/);

  await events.click();
  await expect(page).toHaveURL(/\/events$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Events' })).toBeVisible();
  await expect(events).toHaveAttribute('aria-current', 'page');
  const card = page.getByRole('main').getByRole('article').getByRole('link').first();
  const title = await card.textContent();
  await card.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: title ?? '' })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/events$/);
  expect(await isFirstDocument()).toBe(true);
});

test('scripts arrive compressed as well as they can be, and are kept for ever', async ({ page, request }) => {
  await page.goto('/locations');
  const [source] = await page
    .locator('script[src*="/_next/static/"]')
    .evaluateAll((scripts) => scripts.map((script) => script.getAttribute('src') ?? ''));
  const plain = await request.get(source ?? '', { headers: { 'accept-encoding': 'identity' } });
  for (const [accepted, encoding] of [
    ['gzip, br', 'br'],
    ['gzip', 'gzip'],
  ]) {
    const answer = await request.get(source ?? '', { headers: { 'accept-encoding': accepted ?? '' } });
    expect(answer.headers()['content-encoding']).toBe(encoding);
    expect(answer.headers()['vary']).toMatch(/accept-encoding/i);
    expect(answer.headers()['content-type']).toContain('javascript');
    expect(answer.headers()['cache-control']).toContain('immutable');
    expect((await answer.body()).equals(await plain.body())).toBe(true);
  }
});
