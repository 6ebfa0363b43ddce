import { z } from 'zod';
import { moderator, password } from './admin';
import { backendUrl, database, mailTo, siteUrl } from './stack';
import { type Browser, expect, type Page, test } from './test';

/* What owners do with their listings on the site: create, edit, measure, call off, withdraw. */

const host = 'host@convene.example';
const organizer = 'organizer@convene.example';

const main = (page: Page) => page.getByRole('main');

const pageOf = async (browser: Browser, email: string, width = 1280): Promise<Page> => {
  const page = await (await browser.newContext({ viewport: { width, height: 900 } })).newPage();
  await page.goto('/sign-in');
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel(/^password/i).fill(password);
  await main(page)
    .getByRole('button', { name: /sign in/i })
    .click();
  await expect(page).toHaveURL(/\/account$/);
  return page;
};

const liveListing = async (kind: 'locations' | 'events', email: string) => {
  const { rows } = await database.query(
    `SELECT listing.id, listing.slug, listing.title FROM worker_listings AS listing
     JOIN users AS owner ON owner.id = listing.owner_id AND owner.email = $2
     WHERE listing.kind = $1 AND listing.is_live
       AND ($1 <> 'events' OR EXISTS (SELECT FROM events AS event
                                      WHERE event.id = listing.id AND event.starts_at > now() + interval '2 days'
                                        AND event.cancelled_at IS NULL))
     ORDER BY listing.id DESC LIMIT 1`,
    [kind, email],
  );
  return z.object({ id: z.number(), slug: z.string(), title: z.string() }).parse(rows[0]);
};

/** A picture as a camera makes it, drawn by the browser itself. */
const pictureFile = async (page: Page, name: string) => {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 900;
    canvas.height = 600;
    const context = canvas.getContext('2d');
    if (context) {
      context.fillStyle = '#b5482a';
      context.fillRect(0, 0, 900, 600);
    }
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  });
  return { name, mimeType: 'image/png', buffer: Buffer.from(base64, 'base64') };
};

test('a listing is written with a picture, previewed, sent for approval, and waits for the moderators', async ({
  browser,
}) => {
  const page = await pageOf(browser, host);
  const title = 'The glass house by the canal';
  await page.goto('/account/listings');
  await main(page).getByRole('link', { name: 'New listing' }).click();
  await main(page)
    .getByRole('link', { name: /A location/ })
    .click();
  await expect(main(page).getByRole('heading', { level: 1 })).toHaveText('New location');
  await main(page).getByLabel('Title').fill(title);

  await test.step('what is missing is said at its field, and what was typed is kept', async () => {
    await main(page).getByRole('button', { name: 'Send for approval' }).click();
    const alert = main(page).getByRole('alert').first();
    await expect(alert).toBeFocused();
    await expect(alert).toContainText('Please choose a city.');
    await expect(main(page).getByLabel('Title')).toHaveValue(title);
    await expect(main(page).getByLabel('City')).toHaveAttribute('aria-invalid', 'true');
  });

  await main(page).getByLabel('Type').selectOption({ index: 1 });
  await main(page).getByLabel('Summary').fill('Light from all sides, and room for forty.');
  await main(page).getByLabel('City').selectOption({ index: 1 });
  await main(page).getByRole('button', { name: 'Use the city’s centre' }).click();
  await expect(main(page).getByLabel(/Latitude/)).not.toHaveValue('');
  await main(page)
    .getByLabel(/Amount/)
    .fill('49.50');
  await main(page).getByLabel('For what').selectOption('hour');
  const editor = main(page).getByRole('textbox', { name: 'Description' });
  await editor.click();
  await page.keyboard.type('Come in through the ');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('garden');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('.');

  await test.step('a picture is added, one that is none is refused in words', async () => {
    const chooser = main(page).getByLabel('Add pictures');
    await chooser.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
    await expect(main(page).getByText('This is no JPEG, PNG, WebP or AVIF picture.')).toBeVisible();
    await chooser.setInputFiles({ name: 'fake.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') });
    await expect(main(page).getByText('This file can’t be read as a picture.')).toBeVisible();
    await chooser.setInputFiles([await pictureFile(page, 'front.png'), await pictureFile(page, 'garden.png')]);
    await expect(main(page).locator('[data-picture]')).toHaveCount(2);
    await main(page).getByLabel('What picture shows 1').fill('The front at dusk');
    await main(page).getByLabel('What picture shows 2').fill('The garden');
    await main(page).getByRole('button', { name: 'Move earlier: The garden' }).click();
    await expect(main(page).getByLabel('What picture shows 1')).toHaveValue('The garden');
  });

  await test.step('it is previewed as visitors will see it, and by nobody else', async () => {
    await main(page).getByRole('button', { name: 'Save and preview' }).click();
    await expect(page).toHaveURL(/\/preview$/);
    await expect(main(page).getByRole('heading', { name: title })).toBeVisible();
    await expect(main(page).getByText('garden', { exact: true })).toHaveCSS('font-weight', '700');
    await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', /noindex/);
    const stranger = await pageOf(browser, organizer);
    expect((await stranger.goto(page.url()))?.status()).toBe(404);
    await stranger.context().close();
  });

  await test.step('leaving unsaved changes asks first', async () => {
    await page.getByRole('navigation', { name: 'This listing' }).getByRole('link', { name: 'Edit' }).click();
    await main(page).getByLabel('Title').fill(`${title}, again`);
    page.once('dialog', (dialog) => dialog.dismiss());
    await page.getByRole('navigation', { name: 'This listing' }).getByRole('link', { name: 'Statistics' }).click();
    await expect(main(page).getByLabel('Title')).toHaveValue(`${title}, again`);
    await main(page).getByLabel('Title').fill(title);
  });

  await main(page).getByRole('button', { name: 'Send for approval' }).click();
  await expect(main(page).getByRole('status').first()).toContainText('A moderator has a look');
  await mailTo(moderator, /glass house/);
  await page.goto('/account/listings?state=pending');
  await expect(main(page).getByRole('listitem').filter({ hasText: title })).toContainText('Waiting for a moderator');
  const { rows } = await database.query(
    `SELECT version.version_price_amount_minor::int AS amount,
            version.version_picture_texts ->> version.version_cover_id::text AS alt
     FROM _locations_v AS version
     WHERE version.version_title = $1 AND version.latest`,
    [title],
  );
  expect(rows).toEqual([{ amount: 4_950, alt: 'The garden' }]);
  await page.context().close();
});

test('an edit of an approved listing leaves the live version as it is, and two editors are told of each other', async ({
  browser,
}) => {
  const listing = await liveListing('locations', host);
  const [page, other] = [await pageOf(browser, host), await pageOf(browser, host)];
  const address = `/account/listings/locations/${listing.id}`;
  await page.goto(address);
  await other.goto(address);
  await expect(main(page)).toContainText('Visitors see this version');
  await main(page).getByLabel('Title').fill('A wholly new name');
  await main(page).getByRole('button', { name: 'Save the draft' }).click();
  await expect(main(page).getByRole('status').first()).toContainText('Saved as a draft');
  await expect(main(page)).toContainText('go on seeing the approved version');
  const visitor = await browser.newPage();
  await visitor.goto(`/locations/${listing.slug}`);
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(listing.title);

  await main(other).getByLabel('Title').fill('Another name');
  await main(other).getByRole('button', { name: 'Save the draft' }).click();
  await expect(main(other).getByRole('alert')).toContainText('Nothing was overwritten');
  await expect(main(other).getByLabel('Title')).toHaveValue('Another name');
  await page.reload();
  await expect(main(page).getByLabel('Title')).toHaveValue('A wholly new name');
  for (const each of [page, other, visitor]) await each.context().close();
});

test('statistics show what was counted, also on a phone and in Romanian', async ({ browser }) => {
  const listing = await liveListing('locations', host);
  const { rows } = await database.query(
    `SELECT coalesce(sum(views), 0)::int AS views, coalesce(sum(impressions), 0)::int AS impressions FROM metrics_daily
     WHERE kind = 'locations' AND listing_id = $1 AND day > to_char(now() AT TIME ZONE 'UTC' - interval '30 days', 'YYYY-MM-DD')`,
    [listing.id],
  );
  const counted = z.object({ views: z.number().positive(), impressions: z.number().positive() }).parse(rows[0]);
  const page = await pageOf(browser, host, 390);
  await page.goto(`/account/listings/locations/${listing.id}/statistics`);
  await expect(page.locator('[data-metric="views"] [data-total]')).toHaveAttribute('data-total', String(counted.views));
  await expect(page.locator('[data-rate="opened"]')).toHaveText(/%$/);
  await page.getByText('Every day as a table').click();
  await expect(page.getByRole('row')).toHaveCount(31);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const csv = await page.request.get(`/account/listings/locations/${listing.id}/statistics/csv?days=7`);
  expect((await csv.text()).trim().split('\r\n')).toHaveLength(8);
  await page.context().addCookies([{ name: 'convene_locale', value: 'ro', url: siteUrl }]);
  await page.reload();
  await expect(main(page)).toContainText('Cifrele de azi nu sunt încă întregi');
  await page.context().close();
});

test('a client takes the role on the way, an event is called off, and a listing goes into the bin and back', async ({
  browser,
}) => {
  const event = await liveListing('events', organizer);
  const page = await pageOf(browser, organizer);
  await page.goto('/account/listings/new?kind=services');
  await main(page).getByRole('button', { name: 'Become a provider and go on' }).click();
  await expect(main(page).getByLabel('Title')).toBeVisible();
  await main(page).getByLabel('Title').fill('Chairs and tables');
  await main(page).getByRole('button', { name: 'Save the draft' }).click();
  await expect(main(page).getByRole('status').first()).toContainText('Saved as a draft');

  await page.getByRole('navigation', { name: 'This listing' }).getByRole('link', { name: 'Take down' }).click();
  await main(page).getByRole('button', { name: 'Put it into the bin' }).click();
  await expect(main(page).getByRole('status').first()).toContainText('30 days');
  await page.goto('/account/listings?state=bin');
  await main(page)
    .getByRole('listitem')
    .filter({ hasText: 'Chairs and tables' })
    .getByRole('button', { name: 'Take it out of the bin' })
    .click();
  await expect(main(page).getByRole('status').first()).toContainText('It is back');

  await page.goto(`/account/listings/events/${event.id}/cancel`);
  await expect(main(page)).toContainText(/told by mail|nobody has to be told/);
  await main(page).getByLabel(/Why/).fill('The hall was flooded.');
  await main(page).getByRole('button', { name: 'Cancel the event' }).click();
  await expect(main(page).getByRole('status').first()).toContainText('The event is cancelled');
  const seen = await fetch(`${backendUrl}/api/listings/events/${event.slug}`);
  expect(await seen.json()).toMatchObject({ listing: { event: { status: 'cancelled' } } });
  await page.context().close();
});
