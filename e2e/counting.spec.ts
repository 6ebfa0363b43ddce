import { randomUUID } from 'node:crypto';
import { feedAnswerSchema } from '@convene/common/api';
import { counterKey } from '@convene/common/keys';
import { metricsAnswerSchema } from '@convene/common/metrics';
import { utcDayOf } from '@convene/common/time';
import { api, database, eventually, feedJob, redis, serviceToken } from './stack';
import { expect, type Page, test } from './test';

const day = utcDayOf(new Date());

const locations = async () => feedAnswerSchema.parse(await api('/feed?kind=locations&pageSize=48')).items;

const viewsInRedis = async (listingId: number): Promise<number> =>
  Number((await redis.get(counterKey({ kind: 'locations', listingId, metric: 'views', day }))) ?? 0);

const viewsInPostgres = async (listingId: number): Promise<number> => {
  const { rows } = await database.query<{ views: number }>(
    `SELECT views::int AS views FROM metrics_daily WHERE kind = 'locations' AND listing_id = $1 AND day = $2`,
    [listingId, day],
  );
  return rows[0]?.views ?? 0;
};

/** Opens the page and waits until the backend has what its beacon told. */
const visit = async (page: Page, url: string): Promise<void> => {
  const collected = page.waitForResponse((answer) => answer.url().endsWith('/collect') && answer.status() === 202);
  await page.goto(url);
  await collected;
};

test('a visit is counted once, another visitor again, and the counts change the order', async ({ page, browser }) => {
  await test.step('home and archive show what the feed ranks', async () => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.goto('/locations');
    const [best] = await locations();
    await expect(page.getByRole('link', { name: best?.title ?? '' }).first()).toBeVisible();
  });

  await test.step('cards that were looked at are impressions', async () => {
    const [best] = await locations();
    const key = counterKey({ kind: 'locations', listingId: best?.id ?? 0, metric: 'impressions', day });
    await eventually('an impression of the first card', () => redis.get(key));
  });

  const listings = await locations();
  const last = listings.at(-1);
  if (!last) throw new Error('the archive is empty');
  const address = `/locations/${last.slug}`;

  await test.step('a view counts once for a visitor', async () => {
    await visit(page, address);
    await expect(page.getByRole('heading', { level: 1, name: last.title })).toBeVisible();
    await eventually('the first view', async () => (await viewsInRedis(last.id)) === 1 || null);
    await visit(page, address);
    const other = await browser.newContext({ userAgent: `${await page.evaluate(() => navigator.userAgent)} second` });
    await visit(await other.newPage(), address);
    await eventually('the view of another visitor', async () => (await viewsInRedis(last.id)) === 2 || null);
    await other.close();
  });

  await test.step('a crowd comes by, and the flush brings every view to Postgres', async () => {
    for (let batch = 0; batch < 10; batch += 1) {
      const requestId = randomUUID();
      const events = Array.from({ length: 200 }, () => ({
        kind: 'locations',
        listingId: last.id,
        at: Date.now(),
        visitor: { sessionId: randomUUID() },
      }));
      const answer = await api('/metrics/view', { method: 'POST', body: { requestId, events } });
      const { verdicts } = metricsAnswerSchema.parse(answer);
      expect(verdicts.every((verdict) => verdict === 'counted')).toBe(true);
      // The answer was lost, the sender tries again: nothing is counted twice.
      await api('/metrics/view', { method: 'POST', body: { requestId, events } });
    }
    expect(await viewsInRedis(last.id)).toBe(2_002);
    await feedJob('flush');
    expect(await viewsInPostgres(last.id)).toBe(2_002);
    expect(await viewsInRedis(last.id)).toBe(0);
    await feedJob('flush');
    expect(await viewsInPostgres(last.id)).toBe(2_002);
  });

  await test.step('aggregation and ranking move the listing up', async () => {
    await feedJob('aggregate');
    await feedJob('rank');
    const positionOf = (items: { id: number }[]) => items.findIndex(({ id }) => id === last.id);
    // The backend hears of the new ranks from Postgres.
    await eventually('a better place', async () => positionOf(await locations()) < positionOf(listings) || null);
  });
});

test('what is not valid is refused in one shape and writes nothing', async ({ request }) => {
  const before = await redis.dbsize();
  const post = (data: unknown, headers = {}) =>
    request.post(`${process.env['E2E_BACKEND_URL']}/api/metrics/view`, { data, headers });
  const refused = [
    await post({ kind: 'boats', listingId: 1 }),
    await post({ kind: 'locations', listingId: 'a:b' }),
    await post({ kind: 'locations', listingId: 999_999 }),
    await post('no json', { 'Content-Type': 'application/json' }),
    await post({ requestId: 'x', events: [] }, { 'x-convene-service-token': serviceToken }),
    await request.put(`${process.env['E2E_BACKEND_URL']}/api/metrics/view`, { data: {} }),
  ];
  for (const answer of refused) {
    expect(answer.status()).toBeGreaterThanOrEqual(400);
    expect(answer.status()).toBeLessThan(500);
    expect(await answer.json()).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
  }
  expect(await redis.dbsize()).toBe(before);
});
