import { siteUrl } from './stack';
import { expect, type Page, test } from './test';

const results = (page: Page) => page.getByRole('region', { name: /listings?/i });
const count = (page: Page) => page.locator('#results strong');
const cards = (page: Page) => results(page).getByRole('article');
const titles = (page: Page) => cards(page).getByRole('heading').allInnerTexts();

test('what is searched is found, with diacritics or without', async ({ page }) => {
  await page.goto('/locations?text=Gr%C4%83dina%20cu%20Nuci');
  await expect(cards(page).first()).toContainText('Grădina cu Nuci');
  const found = await count(page).textContent();

  await page.goto('/');
  await page.getByRole('combobox', { name: 'What are you after?' }).fill('gradina CU nuci');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/\/locations\?text=gradina/);
  await expect(cards(page).first()).toContainText('Grădina cu Nuci');
  await expect(count(page)).toHaveText(found ?? '');
});

test('the search box offers what is meant, and is walked by keys', async ({ page }) => {
  await page.goto('/');
  const box = page.getByRole('combobox', { name: 'What are you after?' });
  await box.pressSequentially('iasi');
  const offers = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  const city = offers.filter({ hasText: /^Iași/ });
  await expect(city).toBeVisible();
  await expect(box).toHaveAttribute('aria-expanded', 'true');

  await box.press('Escape');
  await expect(city).toBeHidden();
  await expect(box).toHaveValue('iasi');
  await box.press('ArrowDown');
  await expect(offers.and(page.getByRole('option', { selected: true }))).toHaveCount(1);
  await box.press('ArrowUp');
  await expect(offers.and(page.getByRole('option', { selected: true }))).toHaveCount(0);
  while ((await city.getAttribute('aria-selected')) !== 'true') await box.press('ArrowDown');
  await expect(box).toHaveAttribute('aria-activedescendant', (await city.getAttribute('id')) ?? 'an id');
  await box.press('Enter');
  await expect(page).toHaveURL('/locations/in/iasi');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Locations in Iași');
});

test('filters narrow an archive, are in its address, and are taken off one by one', async ({ page }) => {
  await page.goto('/locations');
  const everything = await count(page).textContent();
  await page.getByLabel('Type', { exact: true }).selectOption({ value: 'loft' });
  await page.getByRole('group', { name: 'Price' }).getByLabel('From').fill('10');
  await page.getByLabel('Order').selectOption({ label: 'Lowest price first' });
  await page.getByRole('button', { name: 'Show results' }).click();
  await expect(page).toHaveURL('/locations?sort=price-asc&type=loft&priceMin=10&currency=EUR');
  await expect(cards(page).first()).toContainText('Loft');
  for (const card of await cards(page).all()) await expect(card).toContainText('Loft');
  await expect(count(page)).not.toHaveText(everything ?? '');

  const chips = page.getByRole('list', { name: 'Filters that are on' });
  await chips.getByRole('link', { name: /from €10/ }).click();
  await expect(page).toHaveURL('/locations?sort=price-asc&type=loft');
  await expect(page.getByRole('group', { name: 'Price' }).getByLabel('From')).toHaveValue('');
  await chips.getByRole('link', { name: /Loft/ }).click();
  await expect(page).toHaveURL('/locations?sort=price-asc');
  await expect(count(page)).toHaveText(everything ?? '');
});

test('everything but the map works without script', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: siteUrl, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByLabel('What are you after?').fill('jazz');
  await page.getByRole('radio', { name: 'Events' }).check({ force: true });
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL('/events?text=jazz');
  await expect(cards(page).first()).toContainText(/jazz/i);
  await page.getByLabel('City', { exact: true }).selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Show results' }).click();
  // The empty fields that a form sends are not kept.
  await expect(page).toHaveURL(/\/events\?text=jazz&city=[a-z-]+$/);
  await context.close();
});

test('on a phone the filters are a sheet that opens without script', async ({ browser }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    baseURL: siteUrl,
    locale: 'en-GB',
    viewport: { width: 390, height: 844 },
  });
  const page = await context.newPage();
  await page.goto('/services?rating=4');
  await expect(page.getByLabel('Words')).toBeHidden();
  await page.getByRole('button', { name: 'Filters (1)' }).click();
  await expect(page.getByLabel('Words')).toBeVisible();
  await expect(page.getByLabel('Rating')).toHaveValue('4');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByLabel('Words')).toBeHidden();
  await context.close();
});

test('what makes no sense in an address is said, and an empty archive shows ways out', async ({ page }) => {
  const answer = await page.goto('/locations?priceMin=much&city=atlantis&bounds=1,2&page=0&rating=4');
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole('main').getByRole('status').first()).toContainText(
    /left them out: least price, part of the map, page, city/,
  );
  await expect(cards(page).first()).toBeVisible();

  await page.goto('/locations?text=zzzzqqq&rating=3');
  await expect(page.getByRole('heading', { name: 'Nothing matches all of that' })).toBeVisible();
  await page.getByRole('link', { name: /Without “zzzzqqq”/ }).click();
  await expect(page).toHaveURL('/locations?rating=3');
  await expect(cards(page).first()).toBeVisible();

  await page.goto('/locations?page=400');
  await page.getByRole('link', { name: 'Go to the last page' }).click();
  await expect(cards(page).first()).toBeVisible();
});

test('pages follow each other, for people and for search engines', async ({ page }) => {
  await page.goto('/locations');
  const first = await titles(page);
  await expect(page.locator('link[rel="next"]')).toHaveAttribute('href', /\/locations\?page=2$/);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL('/locations?page=2');
  await expect(page.getByText('Page 2 of')).toBeVisible();
  expect((await titles(page)).filter((title) => first.includes(title))).toEqual([]);
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute('href', /\/locations\?page=2$/);
});

test('a city and a type have a page of their own, which search engines are led to', async ({ page, request }) => {
  const canonicalOf = async (path: string) => {
    await page.goto(path);
    return page.locator('link[rel="canonical"]').getAttribute('href');
  };
  expect(await canonicalOf('/locations?type=loft&city=cluj-napoca')).toBe(
    `${siteUrl}/locations/type/loft/in/cluj-napoca`,
  );
  expect(await canonicalOf('/locations?type=loft&sort=newest')).toBe(`${siteUrl}/locations/type/loft`);
  await page.goto('/locations?type=loft&rating=4');
  await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', /noindex/);

  await page.goto('/locations/in/cluj-napoca');
  await expect(page).toHaveTitle(/Locations in Cluj-Napoca/);
  await expect(page.getByRole('main').locator('header p')).toContainText(/\d+ listings? in Cluj-Napoca/);
  await page.getByRole('navigation', { name: 'Close to this' }).getByRole('link', { name: 'Loft' }).click();
  await expect(page).toHaveURL('/locations/type/loft/in/cluj-napoca');
  expect((await page.goto('/locations/in/atlantis'))?.status()).toBe(404);

  const sitemap = await (await request.get('/sitemap.xml')).text();
  for (const path of ['/locations/in/cluj-napoca', '/locations/type/loft'])
    expect(sitemap).toContain(`${siteUrl}${path}<`);
});

test('the map shows prices, is used by keys, searches where it looks, and weighs nothing before', async ({ page }) => {
  const fetched: string[] = [];
  page.on('requestfinished', (request) => fetched.push(request.url()));
  const isMap = async () => {
    const bodies = await Promise.all(
      fetched.filter((url) => url.includes('/_next/static/')).map(async (url) => (await page.request.get(url)).text()),
    );
    return bodies.some((body) => body.includes('leaflet-container'));
  };
  await page.goto('/locations');
  await page.waitForLoadState('networkidle');
  expect(await isMap()).toBe(false);

  await page.getByRole('link', { name: 'Show on a map' }).click();
  await expect(page).toHaveURL('/locations?view=map');
  const map = page.getByRole('region', { name: 'Map' });
  await expect(map.getByRole('button', { name: /zoom in: \d+/ }).first()).toBeVisible();
  expect(await isMap()).toBe(true);
  expect(fetched.filter((url) => new URL(url).hostname !== 'localhost')).toEqual([]);

  await map
    .getByRole('button', { name: /zoom in: \d+/ })
    .first()
    .press('Enter');
  await map.getByRole('button', { name: 'Search this area' }).click();
  await expect(page).toHaveURL(/\/locations\?view=map&bounds=-?[\d.]+(,-?[\d.]+){3}$/);
  await expect(page.getByRole('list', { name: 'Filters that are on' })).toContainText('The part of the map');

  await page.goto('/locations?city=iasi&view=map');
  const pin = map.getByRole('button', { name: /€|RON|£|\$|free|price on request/i }).first();
  const cluster = map.getByRole('button', { name: /zoom in: \d+/ }).first();
  // One or the other is there once the map is drawn; a cluster that is opened may show no further one.
  await expect(pin.or(cluster).first()).toBeVisible();
  while (!(await pin.isVisible())) {
    await cluster.press('Enter');
    await expect(pin.or(cluster).first()).toBeVisible();
  }
  const title = ((await pin.getAttribute('aria-label')) ?? '').split(',')[0] ?? '';
  await pin.press('Enter');
  const link = map.getByRole('link', { name: title });
  await expect(link).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(pin).toBeFocused();
  await pin.press('Enter');
  await link.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(title);
  await expect(page.getByRole('img', { name: /^Map: / })).toBeVisible();
});
