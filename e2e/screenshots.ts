import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { z } from 'zod';
import { browserFlags, chromiumPath } from './browser';

/*
 * The pictures of the README, of the demo in a running `pnpm dev`, by the system's Chromium:
 *
 *   pnpm docs:screenshots [directory]
 *
 * FRONTEND_PORT and BACKEND_PORT name the ports of that `pnpm dev` where they are not the usual ones.
 */

const root = path.resolve(import.meta.dirname, '..');
const directory = path.resolve(process.argv[2] ?? path.join(root, 'docs/images'));

/** What a page of a README may weigh. */
const LARGEST_BYTES = 150_000;
const qualities = [82, 72, 60, 45];

const site = `http://localhost:${process.env['FRONTEND_PORT'] ?? '3000'}`;
const backend = `http://localhost:${process.env['BACKEND_PORT'] ?? '3001'}`;

const loginsSchema = z.array(z.object({ role: z.string(), email: z.string(), password: z.string() }));

/** Everything that is in sight has come: fonts, pictures, and whatever the page asked for after it. */
const settle = async (page: Page): Promise<void> => {
  await page.waitForLoadState('networkidle');
  await page.addStyleTag({ content: 'nextjs-portal { display: none }' });
  await page.evaluate(async () => {
    await document.fonts.ready;
    const inSight = [...document.images].filter((image) => {
      const { top, left, width, height } = image.getBoundingClientRect();
      return width > 0 && height > 0 && top < window.innerHeight && left < window.innerWidth;
    });
    // What is loaded lazily and cut off by its row may never come.
    const longest = new Promise((resolve) => setTimeout(resolve, 5_000));
    await Promise.race([longest, Promise.all(inSight.map((image) => image.decode().catch(() => undefined)))]);
  });
};

/** As WebP, which Playwright itself does not write, and no larger than a README may carry. */
const keep = async (page: Page, name: string): Promise<void> => {
  await settle(page);
  const session = await page.context().newCDPSession(page);
  for (const quality of qualities) {
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality });
    const picture = Buffer.from(data, 'base64');
    if (picture.byteLength > LARGEST_BYTES) continue;
    await writeFile(path.join(directory, `${name}.webp`), picture);
    console.log(`${name}.webp  ${Math.round(picture.byteLength / 1024)} kB`);
    return;
  }
  throw new Error(`${name} is larger than ${LARGEST_BYTES} bytes at any quality`);
};

/** A page whose data had to be compiled first says that it will be right back: it is asked once more. */
const visit = async (page: Page, url: string, wanted: Locator): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    await page.goto(url);
    await page.waitForLoadState('networkidle');
    if ((await wanted.count()) > 0) return;
    if (tries === 5) throw new Error(`${url} does not show what it should`);
  }
};

const signInToAdmin = async (context: BrowserContext): Promise<void> => {
  const logins = loginsSchema.parse(JSON.parse(await readFile(path.join(root, '.data/demo-logins.json'), 'utf8')));
  const admin = logins.find(({ role }) => role === 'admin');
  if (!admin) throw new Error('the demo has no admin');
  const { email, password } = admin;
  const answer = await context.request.post(`${backend}/api/users/login`, { data: { email, password } });
  if (!answer.ok()) throw new Error(`the admin could not sign in: ${answer.status()}`);
};

await mkdir(directory, { recursive: true });
const browser = await chromium.launch({ executablePath: chromiumPath(), args: browserFlags });
try {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  // A first visit may compile the page.
  page.setDefaultTimeout(120_000);

  const cards = page.locator('main article').filter({ has: page.locator('a[href^="/locations/"]') });

  await visit(page, site, cards);
  await keep(page, 'home');

  await visit(page, `${site}/locations?view=map`, page.locator('.leaflet-container'));
  await keep(page, 'archive');

  const link = cards.first().locator('a[href^="/locations/"]').first();
  const [href, title] = [await link.getAttribute('href'), (await link.textContent()) ?? ''];
  if (!href) throw new Error('the demo has no location');
  // The site gives up on an endpoint that is compiled for too long; asked here, it is there when the site asks.
  await context.request.get(`${backend}/api/listings${href}`, { timeout: 120_000 });
  await visit(page, new URL(href, site).href, page.getByRole('heading', { level: 1, name: title }));
  await keep(page, 'listing');

  await signInToAdmin(context);
  await visit(page, `${backend}/admin/moderation`, page.getByRole('heading', { level: 1, name: 'Moderation' }));
  await keep(page, 'moderation');
} finally {
  await browser.close();
}
