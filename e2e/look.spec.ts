import { z } from 'zod';
import { axeFindings } from './axe';
import { database, mailTo, siteUrl } from './stack';
import { expect, type Page, test } from './test';

/* A listing's page and what is done there: pictures, sharing, favourites without an account, reviews, forms that wait. */

const password = 'convene-demo-1';
const admin = 'admin@convene.example';

const listingSchema = z.object({ id: z.number(), kind: z.string(), slug: z.string(), title: z.string() });
type Listing = z.infer<typeof listingSchema>;

/** Live listings with at least so many pictures and reviews, those with most reviews first. */
const listingsWith = async (
  kind: 'locations' | 'events' | 'services',
  { pictures = 0, reviews = 0 }: { pictures?: number; reviews?: number } = {},
): Promise<Listing[]> => {
  const { rows } = await database.query(
    `SELECT listing.kind, listing.id, listing.slug, listing.title
     FROM worker_listings AS listing
     CROSS JOIN LATERAL (SELECT count(*) AS pictures FROM ${kind}_rels AS rel
                         WHERE rel.parent_id = listing.id AND rel.path = 'gallery' AND rel.media_id IS NOT NULL) AS gallery
     CROSS JOIN LATERAL (SELECT count(*) AS reviews FROM reviews AS review
                         WHERE review.kind = listing.kind AND review.listing_id = listing.id
                           AND review.moderation_status = 'approved') AS written
     WHERE listing.kind = $1 AND listing.is_live AND listing.owner_id IS NOT NULL
       AND gallery.pictures >= $2 AND written.reviews >= $3
       AND ($1 <> 'events' OR EXISTS (SELECT FROM events AS event WHERE event.id = listing.id
                                      AND event.starts_at > now() + interval '1 day' AND event.cancelled_at IS NULL))
     ORDER BY written.reviews DESC, listing.id LIMIT 12`,
    [kind, pictures, reviews],
  );
  return z.array(listingSchema).parse(rows);
};

const first = async (...query: Parameters<typeof listingsWith>): Promise<Listing> => {
  const [listing] = await listingsWith(...query);
  if (!listing) throw new Error('the demo has no such listing');
  return listing;
};

const pathOf = ({ kind, slug }: Listing): string => `/${kind}/${slug}`;
const main = (page: Page) => page.getByRole('main');

const fillSignIn = async (page: Page, email: string): Promise<void> => {
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel(/^password/i).fill(password);
  await main(page)
    .getByRole('button', { name: /sign in/i })
    .click();
};

test('the pictures open over the page, go by keys, are enlarged, and give the focus back', async ({ page }) => {
  const listing = await first('locations', { pictures: 3 });
  await page.goto(pathOf(listing));
  const opener = main(page).getByRole('link', { name: /^Enlarge picture 1/ });
  await opener.focus();
  // The scripts have come, which see to it that one picture is on the way of the Tab key.
  await expect(main(page).getByRole('link', { name: /^Enlarge picture 2/ })).toHaveAttribute('tabindex', '-1');
  const scripts: string[] = [];
  page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()));
  await page.keyboard.press('ArrowRight');
  await expect(main(page).getByRole('link', { name: /^Enlarge picture 2/ })).toBeFocused();
  await page.keyboard.press('Home');
  await expect(opener).toBeFocused();
  expect(scripts).toEqual([]);

  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Pictures' });
  await expect(dialog).toBeVisible();
  expect(scripts.length).toBeGreaterThan(0);
  await expect(dialog).toContainText('Picture 1 of');
  await page.keyboard.press('ArrowRight');
  await expect(dialog).toContainText('Picture 2 of');
  await page.keyboard.press('End');
  const last = (await dialog.getByText(/Picture \d+ of/).textContent()) ?? '';
  expect(last.match(/\d+/g)?.[0]).toBe(last.match(/\d+/g)?.[1]);
  await page.keyboard.press('ArrowRight');
  await expect(dialog).toContainText(last);
  await page.keyboard.press('Home');
  await expect(dialog).toContainText('Picture 1 of');

  const picture = dialog.getByRole('img').first();
  const before = (await picture.boundingBox())?.width ?? 0;
  await page.keyboard.press('+');
  await expect.poll(async () => (await picture.boundingBox())?.width ?? 0).toBeGreaterThan(before * 1.3);
  await expect(dialog.getByRole('button', { name: 'Fit to the window' })).toBeVisible();
  await page.keyboard.press('-');
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(main(page).getByRole('link', { name: /^Enlarge picture 2/ })).toBeFocused();
});

test('a page is shared by what the device offers, else its address is copied', async ({ page, context }) => {
  const listing = await first('services');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.addInitScript(() => Object.defineProperty(navigator, 'share', { value: undefined, configurable: true }));
  await page.goto(pathOf(listing));
  await main(page).getByRole('link', { name: 'Share' }).click();
  await expect(main(page).getByText('The address of this page is copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());

  const other = await context.newPage();
  await other.addInitScript(() => {
    Object.defineProperty(navigator, 'share', {
      configurable: true,
      value: async (data: ShareData) => document.documentElement.setAttribute('data-shared', JSON.stringify(data)),
    });
  });
  await other.goto(pathOf(listing));
  await main(other).getByRole('link', { name: 'Share' }).click();
  const shared = z.object({ title: z.string(), url: z.string() });
  await expect
    .poll(
      async () =>
        shared.safeParse(JSON.parse((await other.locator('html').getAttribute('data-shared')) ?? 'null')).data,
    )
    .toEqual({ title: listing.title, url: other.url() });
});

test('what is saved without an account is kept, shown on every card, and becomes the account’s once', async ({
  page,
}) => {
  const client = 'kwame-mensah@convene.example';
  const { rows } = await database.query('SELECT id FROM users WHERE email = $1', [client]);
  const { id: userId } = z.object({ id: z.number() }).parse(rows[0]);
  await database.query('DELETE FROM favorites WHERE user_id = $1', [userId]);
  const [kept, gone, known] = await listingsWith('locations');
  if (!kept || !gone || !known) throw new Error('the demo has too few locations');

  const heart = (scope: Page, listing: Listing) =>
    main(scope).getByRole('button', { name: `Save ${listing.title} to your favourites` });

  await test.step('the heart answers at once, and the choice outlives the page', async () => {
    for (const listing of [kept, gone, known]) {
      await page.goto(pathOf(listing));
      const answered = page.waitForResponse((answer) => answer.url().endsWith('/favorites/toggle'));
      await heart(page, listing).click();
      await expect(main(page).getByRole('button', { name: `Saved. Remove ${listing.title}` })).toBeVisible();
      expect((await answered).status()).toBe(200);
    }
    await page.reload();
    await expect(main(page).getByRole('button', { name: `Saved. Remove ${known.title}` })).toBeVisible();
    await page.goto('/favorites');
    for (const listing of [kept, gone, known]) {
      await expect(main(page).getByRole('link', { name: listing.title, exact: true })).toBeVisible();
    }
    expect(await axeFindings(page)).toEqual([]);
  });

  await test.step('what can not be kept goes back, and it is said why', async () => {
    await page.goto('/events');
    const card = main(page)
      .getByRole('article')
      .filter({ has: page.getByRole('button', { name: /^Save / }) })
      .first();
    await page.route('**/favorites/toggle', (route) => route.abort());
    await card.getByRole('button').click();
    await expect(page.getByRole('alert').filter({ hasText: 'could not be saved' })).toBeVisible();
    await expect(card.getByRole('button')).toHaveAttribute('aria-pressed', 'false');
    await page.unroute('**/favorites/toggle');
  });

  await test.step('signing in brings it along, tells it, and forgets what is gone', async () => {
    await database.query(`UPDATE locations SET deleted_at = now() WHERE id = $1`, [gone.id]);
    await database.query(
      `INSERT INTO favorites (kind, listing_id, user_id, created_at, updated_at) VALUES ('locations', $1, $2, now(), now())`,
      [known.id, userId],
    );
    await page.goto('/sign-in?next=/account/favorites');
    await fillSignIn(page, client);
    await expect(page).toHaveURL(`${siteUrl}/account/favorites`);
    await expect(page.getByRole('status').filter({ hasText: 'saved before signing in' })).toContainText(
      'One is not public any more',
    );
    await expect(main(page).getByRole('link', { name: kept.title, exact: true })).toBeVisible();
    await expect(main(page).getByRole('link', { name: known.title, exact: true })).toBeVisible();
    await expect(main(page).getByRole('article')).toHaveCount(2);
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('convene_favorites');
    await page.reload();
    await expect(page.getByRole('status').filter({ hasText: 'saved before signing in' })).toBeHidden();
    const { rows: saved } = await database.query(
      'SELECT listing_id::int AS id, count(*)::int AS times FROM favorites WHERE user_id = $1 GROUP BY 1 ORDER BY 1',
      [userId],
    );
    expect(saved).toEqual([kept, known].map(({ id }) => ({ id, times: 1 })).toSorted((a, b) => a.id - b.id));
    await database.query(`UPDATE locations SET deleted_at = NULL WHERE id = $1`, [gone.id]);
  });

  await test.step('a heart on a card stands for the account from then on, and leaves with it', async () => {
    await main(page)
      .getByRole('button', { name: `Remove: ${known.title}` })
      .click();
    await expect(main(page).getByRole('link', { name: known.title, exact: true })).toBeHidden();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/signed-out=1/);
    await page.goto(pathOf(kept));
    await expect(heart(page, kept)).toBeVisible();
  });
});

test('reviews are summed over all of them, come in the order asked for, page by page', async ({ page }) => {
  const listing = await first('services');
  await database.query(
    `INSERT INTO reviews (kind, listing_id, author_id, rating, text, moderation_status, verified, created_at, updated_at)
     SELECT 'services', $1, person.id, 1 + (row_number() OVER (ORDER BY person.id))::int % 5,
            'Written to be counted.', 'approved', true, now() - interval '1 day', now()
     FROM users AS person WHERE person.deleted_at IS NULL
     ON CONFLICT DO NOTHING`,
    [listing.id],
  );
  const { rows } = await database.query(
    `SELECT rating::int AS stars, count(*)::int AS count FROM reviews
     WHERE kind = 'services' AND listing_id = $1 AND moderation_status = 'approved' GROUP BY rating`,
    [listing.id],
  );
  const counts = z.array(z.object({ stars: z.number(), count: z.number() })).parse(rows);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  expect(total).toBeGreaterThan(10);

  await page.goto(pathOf(listing));
  const reviews = main(page).getByRole('region', { name: 'Reviews' });
  await expect(reviews).toContainText(`${total} reviews`);
  for (const { stars, count } of counts) {
    const bar = `${stars} ${stars === 1 ? 'star' : 'stars'}: ${count} ${count === 1 ? 'review' : 'reviews'}`;
    await expect(reviews.getByText(bar)).toBeAttached();
  }
  await reviews.getByRole('link', { name: 'Worst first' }).click();
  await expect(page).toHaveURL(/order=lowest/);
  await expect(reviews.getByRole('link', { name: 'Worst first' })).toHaveAttribute('aria-current', 'true');
  const lowest = counts.map(({ stars }) => stars).toSorted()[0];
  await expect(reviews.getByRole('listitem').filter({ hasText: 'Was there' }).first()).toContainText(`${lowest} star`);
  await reviews.getByRole('navigation', { name: 'Pages of reviews' }).getByRole('link', { name: 'Page 2' }).click();
  await expect(page).toHaveURL(/reviews=2.*order=lowest/);
});

test('what was typed survives a session that ended meanwhile', async ({ page, context }) => {
  const client = 'bianca-stan@convene.example';
  const { rows } = await database.query(
    `SELECT listing.kind, listing.id, listing.slug, listing.title FROM worker_listings AS listing
     JOIN users AS owner ON owner.id = listing.owner_id AND owner.email = 'host@convene.example'
     WHERE listing.kind = 'locations' AND listing.is_live ORDER BY listing.id DESC LIMIT 1`,
  );
  const listing = listingSchema.parse(rows[0]);
  await page.goto(`/sign-in?next=${pathOf(listing)}/message`);
  await fillSignIn(page, client);
  await expect(page).toHaveURL(`${siteUrl}${pathOf(listing)}/message`);
  await page.getByLabel('Your message').fill('Are there\nforty chairs?');
  const cookies = await context.cookies();
  await context.clearCookies({ name: cookies.find(({ name }) => name.endsWith('convene_session'))?.name ?? '' });
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page).toHaveURL(/\/sign-in\?expired=1/);
  await fillSignIn(page, client);
  await expect(main(page).getByRole('status')).toContainText('not sent yet');
  // The mark has done its part: loaded anew, the page says nothing of it.
  await expect(page).toHaveURL(`${siteUrl}${pathOf(listing)}/message`);
  await expect(page.getByLabel('Your message')).toHaveValue('Are there\nforty chairs?');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page).toHaveURL(/\/account\/messages\//);
  await expect(main(page)).toContainText('forty chairs?');
  const kept = await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('convene-draft')));
  expect(kept).toEqual([]);
  await page.goto(`${pathOf(listing)}/message`);
  await expect(page.getByLabel('Your message')).toHaveValue('');
});

test('an unread message shows in the header until it is read, by the reader’s own clock, and its writer can be reported', async ({
  browser,
}) => {
  const { rows } = await database.query(
    `SELECT listing.kind, listing.id, listing.slug, listing.title FROM worker_listings AS listing
     JOIN users AS owner ON owner.id = listing.owner_id AND owner.email = 'host@convene.example'
     WHERE listing.kind = 'locations' AND listing.is_live ORDER BY listing.id DESC LIMIT 1`,
  );
  const { id } = listingSchema.parse(rows[0]);
  const { rows: people } = await database.query(
    `SELECT client.id AS client, owner.id AS owner FROM users AS client, users AS owner
     WHERE client.email = 'bianca-stan@convene.example' AND owner.email = 'host@convene.example'`,
  );
  const { client, owner } = z.object({ client: z.number(), owner: z.number() }).parse(people[0]);
  await database.query('UPDATE messages SET read_at = now() WHERE owner_id = $1 OR client_id = $1', [owner]);
  await database.query(
    `INSERT INTO messages (kind, listing_id, client_id, owner_id, sender_id, text, created_at, updated_at)
     VALUES ('locations', $1, $2, $3, $2, 'Is the door wide?', '2026-11-01T22:30:00Z', now())`,
    [id, client, owner],
  );
  const context = await browser.newContext({ timezoneId: 'Asia/Tokyo' });
  const page = await context.newPage();
  await page.goto('/sign-in?next=/');
  await fillSignIn(page, 'host@convene.example');
  await page.getByRole('link', { name: 'Messages, 1 new' }).click();
  await expect(page).toHaveURL(/\/account\/messages$/);
  await page.goto(`/account/messages/locations-${id}-${client}`);
  const message = main(page).getByRole('listitem').filter({ hasText: 'Is the door wide?' });
  await expect(message).toContainText('2 Nov');
  await expect(message).toContainText('07:30');
  await page.goto('/');
  await expect(page.getByRole('banner').getByRole('link', { name: 'Messages', exact: true })).toBeVisible();

  await page.goto(`/account/messages/locations-${id}-${client}`);
  await main(page).getByRole('link', { name: 'Report this person' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Report a person');
  await page.getByLabel('What is wrong?').selectOption({ label: 'It is offensive' });
  await page.getByLabel(/tell us more/i).fill('Asks about doors all day.');
  await page.getByRole('button', { name: 'Send the report' }).click();
  await expect(main(page).getByRole('status')).toContainText('Thank you');
  expect((await mailTo(admin, /Bianca Stan/)).text).toContain('Asks about doors all day.');
  await context.close();
});

test('a booking says what it comes to, and its file fits the calendars of both sides', async ({ browser }) => {
  const event = await first('events');
  await database.query(
    `UPDATE events SET price_amount_minor = 4550, price_currency = 'EUR', price_unit = 'ticket', capacity = NULL WHERE id = $1`,
    [event.id],
  );
  const { rows } = await database.query(
    `SELECT owner.email, listing.starts_at FROM events AS listing JOIN users AS owner ON owner.id = listing.owner_id
     WHERE listing.id = $1`,
    [event.id],
  );
  const { email: organizer, starts_at: startsAt } = z.object({ email: z.string(), starts_at: z.date() }).parse(rows[0]);
  await database.query(`DELETE FROM bookings WHERE kind = 'events' AND listing_id = $1`, [event.id]);
  const openAs = async (email: string, path: string): Promise<Page> => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`/sign-in?next=${path}`);
    await fillSignIn(page, email);
    await expect(page).toHaveURL(`${siteUrl}${path}`);
    return page;
  };
  const client = await openAs('bianca-stan@convene.example', `${pathOf(event)}/book`);
  await expect(main(client)).toContainText('No payment is taken here.');
  await client.getByLabel('Seats', { exact: true }).fill('3');
  await expect(main(client).getByRole('status').or(main(client).locator('output'))).toContainText('€136.50');
  expect(await axeFindings(client)).toEqual([]);
  await client.getByRole('button', { name: 'Take part' }).click();
  await expect(client).toHaveURL(/done=taking/);
  await expect(main(client)).toContainText('€136.50');

  const bookingId = new URL(client.url()).searchParams.get('booking');
  const stamp = `${startsAt.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  for (const page of [client, await openAs(organizer, '/account/bookings')]) {
    const file = await page.request.get(`/account/bookings/${bookingId}/calendar`);
    expect(file.headers()['content-type']).toContain('text/calendar');
    const lines = (await file.text()).replaceAll('\r\n ', '').split('\r\n');
    expect(lines).toContain(`DTSTART:${stamp}`);
    expect(lines).toContain('STATUS:CONFIRMED');
  }
  const stranger = await openAs('client@convene.example', '/account/bookings');
  const refused = await stranger.request.get(`/account/bookings/${bookingId}/calendar`);
  expect(refused.status()).toBe(404);
});

test('search engines and networks are told what the page is about', async ({ page, request }) => {
  const event = await first('events', { pictures: 1 });
  await page.goto(pathOf(event));
  const data = await page
    .locator('script[type="application/ld+json"]')
    .evaluateAll((scripts) => scripts.map((script): unknown => JSON.parse(script.textContent ?? '')));
  expect(data).toEqual([
    expect.objectContaining({ '@type': 'Event', name: event.title }),
    expect.objectContaining({ '@type': 'BreadcrumbList' }),
  ]);
  for (const path of [pathOf(event), '/', '/locations', '/privacy']) {
    await page.goto(path);
    const image = page.locator('meta[property="og:image"]');
    await expect(image).toHaveCount(1);
    await expect(page.locator('meta[name="twitter:card"]')).toHaveAttribute('content', 'summary_large_image');
    const address = (await image.getAttribute('content')) ?? '';
    const own = path === pathOf(event) ? path : '';
    expect(new URL(address).pathname).toMatch(new RegExp(`^${own}/opengraph-image`));
    const answer = await request.get(address);
    expect(answer.headers()['content-type']).toBe('image/jpeg');
    expect((await answer.body()).length).toBeGreaterThan(10_000);
    expect((await answer.body()).length).toBeLessThan(400_000);
  }
});

for (const language of ['en', 'ro'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the page of a listing is for everybody, in ${language} and ${colorScheme}`, async ({ browser }) => {
      const context = await browser.newContext({
        locale: language,
        colorScheme,
        viewport: { width: 390, height: 844 },
      });
      const page = await context.newPage();
      for (const kind of ['locations', 'events', 'services'] as const) {
        await page.goto(pathOf(await first(kind, { pictures: 1, reviews: 1 })));
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        expect(await axeFindings(page)).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect([kind, overflow]).toEqual([kind, 0]);
      }
      await context.close();
    });
  }
}

test('times that are taken months ahead do not widen a phone’s page', async ({ browser }) => {
  const { rows } = await database.query<{ slug: string }>(
    `SELECT slug FROM locations WHERE _status = 'published' AND moderation_status = 'approved' AND EXISTS
       (SELECT FROM bookings WHERE kind = 'locations' AND listing_id = locations.id AND status = 'confirmed'
          AND starts_at BETWEEN now() + interval '20 days' AND now() + interval '60 days') ORDER BY id LIMIT 3`,
  );
  expect(rows).not.toEqual([]);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  for (const { slug } of rows) {
    await page.goto(`/locations/${slug}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect([slug, overflow]).toEqual([slug, 0]);
  }
  await context.close();
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('pictures are links, a favourite is a form, and both work', async ({ page, request }) => {
    const listing = await first('locations', { pictures: 2 });
    await page.goto(pathOf(listing));
    const large = await main(page)
      .getByRole('link', { name: /^Enlarge picture 1/ })
      .getAttribute('href');
    expect((await request.get(large ?? '')).headers()['content-type']).toMatch(/^image\//);
    await expect(main(page).getByRole('button', { name: 'Next picture' })).toHaveCount(0);
    await main(page)
      .getByRole('button', { name: `Save ${listing.title} to your favourites` })
      .click();
    await expect(page).toHaveURL(new RegExp(`${pathOf(listing)}$`));
    await main(page)
      .getByRole('button', { name: `Saved. Remove ${listing.title}` })
      .click();
    await expect(main(page).getByRole('button', { name: `Save ${listing.title} to your favourites` })).toBeVisible();
  });
});
