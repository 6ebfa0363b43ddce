import { taxonomiesSchema } from '@convene/common/api';
import { z } from 'zod';
import { moderator, password } from './admin';
import { api, database, eventually, linkIn, mailTo, signIn, siteUrl } from './stack';
import { type Browser, expect, type Page, test } from './test';

/*
 * What people do with listings, from both sides: the client's in one browser, the owner's in another, and staff who
 * decide. Everybody is of the demo; what each is told is read from the mailbox.
 */

const client = { name: 'Cleo Client', email: 'client@convene.example' };
const host = 'host@convene.example';
const organizer = 'organizer@convene.example';
const admin = 'admin@convene.example';

const listingSchema = z.object({ id: z.number(), slug: z.string(), title: z.string() });

/** A live listing of this person that neither the client nor the host has to do with yet as a guest. */
const listingOf = async (kind: 'locations' | 'events', owner: string) => {
  const { rows } = await database.query(
    `SELECT listing.id, listing.slug, listing.title FROM worker_listings AS listing
     JOIN users AS owner ON owner.id = listing.owner_id AND owner.email = $2
     WHERE listing.kind = $1 AND listing.is_live
       AND NOT EXISTS (SELECT FROM bookings AS booking JOIN users AS client ON client.id = booking.client_id
                       WHERE booking.kind = listing.kind AND booking.listing_id = listing.id AND client.email = ANY ($3))
       AND NOT EXISTS (SELECT FROM favorites AS favorite JOIN users AS client ON client.id = favorite.user_id
                       WHERE favorite.kind = listing.kind AND favorite.listing_id = listing.id AND client.email = ANY ($3))
       AND NOT EXISTS (SELECT FROM messages AS message JOIN users AS client ON client.id = message.client_id
                       WHERE message.kind = listing.kind AND message.listing_id = listing.id AND client.email = ANY ($3))
       AND ($1 <> 'events' OR EXISTS (SELECT FROM events AS event
                                      WHERE event.id = listing.id AND event.starts_at > now() + interval '1 hour'
                                        AND event.cancelled_at IS NULL))
     ORDER BY listing.id LIMIT 1`,
    [kind, owner, [client.email, host]],
  );
  return listingSchema.parse(rows[0]);
};

const fillSignIn = async (page: Page, email: string): Promise<void> => {
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel(/^password/i).fill(password);
  await page
    .getByRole('main')
    .getByRole('button', { name: /sign in/i })
    .click();
};

/** A browser of their own, signed in. */
const pageOf = async (browser: Browser, email: string): Promise<Page> => {
  const page = await (await browser.newContext()).newPage();
  await page.goto('/sign-in');
  await fillSignIn(page, email);
  await expect(page).toHaveURL(/\/account$/);
  return page;
};

/** The booking that the page's address leads to. */
const bookingOn = (page: Page) => page.locator(new URL(page.url()).hash);

const main = (page: Page) => page.getByRole('main');

test('a favourite that was saved before signing in is kept, and counted for the owner', async ({ page }) => {
  const listing = await listingOf('locations', host);
  const address = `/locations/${listing.slug}`;
  await page.goto(address);
  await main(page)
    .getByRole('button', { name: `Save ${listing.title} to your favourites` })
    .click();
  await page.goto(`/sign-in?next=${address}`);
  await fillSignIn(page, client.email);
  await expect(page).toHaveURL(`${siteUrl}${address}`);
  await expect(main(page).getByRole('button', { name: /^saved\./i })).toBeVisible();
  await eventually('the favourite in the sums that the owner is mailed', async () => {
    const { rows } = await database.query<{ favorites: number }>(
      'SELECT favorites FROM worker_listing_favorites_of_day(current_date) WHERE kind = $1 AND listing_id = $2',
      ['locations', listing.id],
    );
    return rows[0]?.favorites;
  });
  await page.reload();
  await expect(main(page).getByRole('button', { name: /^saved\./i })).toBeVisible();

  await page.goto('/account/favorites');
  await expect(main(page).getByRole('link', { name: listing.title })).toBeVisible();
  await main(page)
    .getByRole('button', { name: `Remove: ${listing.title}` })
    .click();
  await expect(main(page).getByRole('link', { name: listing.title })).toBeHidden();
});

test('an event takes people until it is full, and who comes too late is told so', async ({ browser }) => {
  const event = await listingOf('events', organizer);
  await database.query(
    `UPDATE events SET capacity = 2 + (SELECT coalesce(sum(seats), 0) FROM bookings
                                       WHERE kind = 'events' AND listing_id = $1 AND status IN ('confirmed', 'completed'))
     WHERE id = $1`,
    [event.id],
  );
  const early = await pageOf(browser, client.email);
  const late = await pageOf(browser, host);
  for (const page of [early, late]) {
    await page.goto(`/events/${event.slug}/book`);
    await expect(main(page).getByLabel('Seats', { exact: true })).toHaveValue('1');
  }
  await early.getByLabel('Seats', { exact: true }).fill('2');
  await early.getByRole('button', { name: 'Take part' }).click();
  await expect(early).toHaveURL(/\/account\/bookings\?done=taking/);
  await expect(main(early).getByRole('status')).toContainText('You take part');
  await mailTo(client.email, new RegExp(`You are in: “${event.title}”`));

  await late.getByLabel(/note/i).fill('We bring a cake.');
  await late.getByRole('button', { name: 'Take part' }).click();
  const refusal = main(late).getByRole('alert');
  await expect(refusal).toContainText('not that many free seats');
  await expect(refusal).toBeFocused();
  await expect(late.getByLabel(/note/i)).toHaveValue('We bring a cake.');
  await late.goto(`/events/${event.slug}`);
  await expect(main(late)).toContainText('All seats are taken.');

  await early.goto(`/events/${event.slug}`);
  await main(early).getByRole('link', { name: 'See your booking' }).click();
  await expect(early).toHaveURL(/#booking-\d+$/);
  await expect(bookingOn(early)).toContainText(event.title);
});

test('a time is asked for, the owner confirms it, and it goes into a calendar', async ({ browser }) => {
  const location = await listingOf('locations', host);
  const page = await pageOf(browser, client.email);
  await page.goto(`/locations/${location.slug}/book`);
  const day = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('From').fill(`${day}T20:00`);
  await page.getByLabel('To').fill(`${day}T18:00`);
  await page.getByLabel(/note/i).fill('For a small concert.');
  await page.getByRole('button', { name: 'Send the request' }).click();
  await expect(page.getByLabel('To')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('To')).toBeFocused();
  await page.getByLabel('To').fill(`${day}T23:30`);
  await page.getByRole('button', { name: 'Send the request' }).click();
  await expect(page).toHaveURL(/done=requested/);

  const owner = await pageOf(browser, host);
  const link = linkIn(
    await mailTo(host, new RegExp(`${client.name} asks to book “${location.title}”`)),
    '/account/bookings',
  );
  await owner.goto(link);
  const asked = bookingOn(owner);
  await expect(asked).toContainText('For a small concert.');
  await expect(asked).toContainText('20:00 – 23:30');
  await asked.getByRole('button', { name: 'Confirm' }).click();
  await expect(bookingOn(owner).getByRole('status')).toContainText('Confirmed');

  await page.goto(
    linkIn(await mailTo(client.email, new RegExp(`Confirmed: “${location.title}”`)), '/account/bookings'),
  );
  const download = page.waitForEvent('download');
  await bookingOn(page)
    .getByRole('link', { name: /calendar/i })
    .click();
  const stream = await (await download).createReadStream();
  const file = Buffer.concat(await stream.toArray()).toString('utf8');
  expect(file).toContain('STATUS:CONFIRMED');
  expect(file).toContain(`DTSTART:${day.replaceAll('-', '')}T`);

  const booked = bookingOn(page);
  await booked.getByLabel(/Cancel the booking: /).click();
  await booked.getByRole('textbox').fill('The band is ill.');
  await booked.getByRole('button', { name: 'Cancel the booking' }).click();
  await expect(bookingOn(page).getByRole('status')).toContainText('Cancelled');
  await mailTo(host, new RegExp(`Cancelled: .*“${location.title}”`));
});

test('an owner keeps a time free, which nobody can book until it is freed again', async ({ browser }) => {
  const location = await listingOf('locations', host);
  const owner = await pageOf(browser, host);
  await owner.goto(`/locations/${location.slug}`);
  await main(owner).getByRole('link', { name: 'Keep a time free' }).click();
  const day = new Date(Date.now() + 210 * 86_400_000).toISOString().slice(0, 10);
  const fillTimes = async (page: Page) => {
    await page.getByLabel('From').fill(`${day}T10:00`);
    await page.getByLabel('To').fill(`${day}T12:00`);
  };
  await fillTimes(owner);
  await owner.getByRole('button', { name: 'Keep it free' }).click();
  await expect(main(owner).getByRole('status')).toContainText('kept free');

  const page = await pageOf(browser, client.email);
  await page.goto(`/locations/${location.slug}/block`);
  await expect(main(page)).toContainText('There is nothing here');
  await page.goto(`/locations/${location.slug}/book`);
  await fillTimes(page);
  await page.getByRole('button', { name: 'Send the request' }).click();
  await expect(main(page).getByRole('alert')).toContainText('That time is taken');

  await bookingOn(owner).getByRole('button', { name: 'Free this time again' }).click();
  await expect(bookingOn(owner).getByRole('status')).toContainText('can be booked again');
  await page.getByRole('button', { name: 'Send the request' }).click();
  await expect(page).toHaveURL(/done=requested/);
});

test('a client writes, the owner answers, and each reads it by the mail', async ({ browser }) => {
  const location = await listingOf('locations', host);
  const page = await pageOf(browser, client.email);
  await page.goto(`/locations/${location.slug}`);
  await main(page).getByRole('link', { name: 'Write to the host' }).click();
  await page.getByLabel('Your message').fill('Is there a piano?\nAnd is it in tune?');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page).toHaveURL(/\/account\/messages\/locations-/);
  await expect(main(page)).toContainText('Is there a piano?');

  const owner = await pageOf(browser, host);
  await owner.goto(linkIn(await mailTo(host, new RegExp(`${client.name}.*${location.title}`)), '/account/messages'));
  await expect(main(owner)).toContainText('And is it in tune?');
  await owner.getByLabel('Your answer').fill('A piano it is, tuned in spring.');
  await owner.getByRole('button', { name: 'Send' }).click();
  await expect(main(owner).getByRole('status')).toContainText('sent');
  await expect(owner.getByLabel('Your answer')).toHaveValue('');

  await page.goto('/account/messages');
  await expect(main(page).getByRole('listitem').filter({ hasText: location.title })).toContainText('1 new');
  await page.goto(linkIn(await mailTo(client.email, new RegExp(location.title)), '/account/messages'));
  await expect(main(page)).toContainText('tuned in spring');
  await expect(main(page).getByRole('listitem').filter({ hasText: 'Is there a piano?' })).toContainText('Seen');
  await page.goto('/account/messages');
  await expect(main(page).getByRole('listitem').filter({ hasText: location.title })).not.toContainText('1 new');
});

test('a review waits for a moderator, and then everybody reads it', async ({ browser, page: visitor }) => {
  const location = await listingOf('locations', host);
  const page = await pageOf(browser, client.email);
  await page.goto(`/locations/${location.slug}/review`);
  await page.getByRole('radio', { name: '4 stars' }).check();
  await page.getByLabel(/others know/i).fill('Bright, warm, and the piano is in tune.');
  await page.getByRole('button', { name: 'Send the review' }).click();
  await expect(main(page).getByRole('status')).toContainText('Thank you');

  const { rows } = await database.query(
    `SELECT review.id FROM reviews AS review JOIN users AS author ON author.id = review.author_id
     WHERE review.kind = 'locations' AND review.listing_id = $1 AND author.email = $2`,
    [location.id, client.email],
  );
  const { id } = z.object({ id: z.number() }).parse(rows[0]);
  await visitor.goto(`/locations/${location.slug}`);
  await expect(main(visitor)).not.toContainText('the piano is in tune');
  await mailTo(moderator, new RegExp(`To moderate: a review of “${location.title}”`));
  await api(`/reviews/${id}`, {
    method: 'PATCH',
    token: await signIn(moderator, password),
    body: { moderationStatus: 'approved' },
  });
  await mailTo(client.email, new RegExp(`Your review of “${location.title}” is online`));
  await mailTo(host, new RegExp(`A new review of “${location.title}”: 4 of 5`));
  await eventually('the review on the page', async () => {
    await visitor.reload();
    return (await main(visitor).getByText('the piano is in tune').count()) || null;
  });

  await test.step('its author takes it back', async () => {
    await page.goto(`/locations/${location.slug}/review`);
    await page.getByText('Delete your review').click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await expect(main(page).getByRole('status')).toContainText('Your review is deleted');
    await main(page).getByRole('link', { name: /back/i }).last().click();
    await expect(page.getByRole('link', { name: 'Write a review' })).toBeVisible();
    await eventually('the page without the review', async () => {
      await visitor.reload();
      return (await main(visitor).getByText('the piano is in tune').count()) === 0 || null;
    });
  });
});

test('an invitation hands a listing over to who signs in by it, once', async ({ page }) => {
  const taxonomies = taxonomiesSchema.parse(await api('/taxonomies'));
  const title = 'A Courtyard Found on a Walk';
  await api('/locations', {
    method: 'POST',
    token: await signIn(moderator, password),
    body: {
      title,
      summary: 'A courtyard that nobody has listed yet.',
      city: taxonomies.cities[0]?.id,
      type: taxonomies.types.find(({ kind }) => kind === 'locations')?.id,
      claimStatus: 'unclaimed',
      contact: { email: 'courtyard@people.example' },
      moderationStatus: 'approved',
    },
  });
  const link = linkIn(await mailTo('courtyard@people.example', new RegExp(title)), '/claim');
  await page.goto(link);
  await page.getByRole('link', { name: 'Sign in to take it over' }).click();
  await fillSignIn(page, 'jonas-weber@convene.example');
  await expect(page).toHaveURL(/\/claim\?token=/);
  await expect(main(page)).toContainText('Jonas Weber');
  await page.getByRole('button', { name: 'Take it over' }).click();
  await expect(main(page).getByRole('status')).toContainText('yours');
  await main(page).getByRole('link', { name: 'My listings' }).click();
  await expect(main(page).getByRole('heading', { name: title })).toBeVisible();
  await page.goto(link);
  await page.getByRole('button', { name: 'Take it over' }).click();
  await expect(main(page).getByRole('alert')).toContainText('does not work any more');
});

test('a report and a letter reach staff, without an account', async ({ page }) => {
  const location = await listingOf('locations', host);
  await page.goto(`/locations/${location.slug}`);
  await main(page).getByRole('link', { name: 'Report this listing' }).click();
  await page.getByLabel('What is wrong?').selectOption({ label: 'It is misleading or wrong' });
  await page.getByLabel(/tell us more/i).fill('The pictures show another place.');
  await page.getByRole('button', { name: 'Send the report' }).click();
  await expect(main(page).getByRole('status')).toContainText('Thank you');
  expect((await mailTo(admin, /Report of|Reported/)).text).toContain('The pictures show another place.');
  await main(page).getByRole('link', { name: 'Go back' }).click();
  await expect(page).toHaveURL(new RegExp(`/locations/${location.slug}$`));
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('the contact form says what is missing, keeps what was typed, and is sent', async ({ page }) => {
    await page.goto('/contact');
    await page.getByLabel('Your name').fill('Vera Visitor');
    await page.getByLabel(/e-?mail/i).fill('vera@people.example');
    await page.getByLabel('What is it about?').fill('Wheelchairs');
    await page.getByLabel('Your message').fill('          x          ');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page.getByLabel('Your message')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('What is it about?')).toHaveValue('Wheelchairs');
    await page.getByLabel('Your message').fill('Can one filter by step-free access?');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(main(page)).toContainText('Your message is with us');
    expect((await mailTo(admin, /Message: Wheelchairs/)).text).toContain('step-free access');
  });
});
