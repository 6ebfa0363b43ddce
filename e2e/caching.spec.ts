import { feedAnswerSchema } from '@convene/common/api';
import { z } from 'zod';
import { type Replica, startReplica } from './replica';
import { api, database, eventually, signIn, siteUrl } from './stack';
import { expect, test } from './test';

/*
 * What the site keeps: many readers cost the database nothing, a change is seen at once by every process, and with parts
 * away pages still come, as they were last seen.
 */

let replica: Replica;
test.beforeAll(async () => {
  replica = await startReplica();
});
test.afterAll(() => replica.stop());

const pageAt = async (url: string): Promise<{ status: number; text: string }> => {
  const answer = await fetch(url);
  return { status: answer.status, text: await answer.text() };
};

/** A title as a page's source has it. */
const inHtml = (title: string | undefined): string => (title ?? '–').replaceAll('&', '&amp;').replaceAll("'", '&#x27;');

const locations = async () => feedAnswerSchema.parse(await api('/feed?kind=locations&pageSize=48')).items;

/** How often Postgres has looked into what pages show. */
const scans = async (): Promise<number> => {
  const { rows } = await database.query(
    `SELECT sum(seq_scan + coalesce(idx_scan, 0))::int AS scans FROM pg_stat_user_tables
     WHERE relname IN ('media', 'listing_types', 'facilities', 'locations_rels', 'locations_texts')`,
  );
  return z.object({ scans: z.number() }).parse(rows[0]).scans;
};

/** Connections tell of what they did a second later. */
const settledScans = async (): Promise<number> => {
  let last = -1;
  return eventually('no more scans', async () => {
    const now = await scans();
    const isSettled = now === last;
    last = now;
    if (isSettled) return now;
    await database.query('SELECT pg_sleep(2)');
    return null;
  });
};

test('fifty readers of an archive and of a listing cost the database nothing', async () => {
  test.setTimeout(180_000);
  const [listing] = await locations();
  const urls = [`${replica.url}/locations`, `${replica.url}/locations/${listing?.slug}`];
  // What a process has read just after it began to hear of changes, or after one, it reads once more.
  await eventually(
    'a round of readers that costs nothing',
    async () => {
      const before = await settledScans();
      for (const url of urls) {
        const answers = await Promise.all(Array.from({ length: 50 }, () => pageAt(url)));
        expect(answers.every(({ status }) => status === 200)).toBe(true);
      }
      return (await settledScans()) === before || null;
    },
    100,
  );
});

test('a change is seen within seconds on every process of the site', async () => {
  const listing = (await locations()).at(-1);
  if (!listing) throw new Error('the archive is empty');
  const token = await signIn('admin@convene.example', 'convene-demo-1');
  const newTitle = `${listing.title}, repainted`;
  const rename = (title: string) =>
    api(`/locations/${listing.id}`, { method: 'PATCH', token, body: { title, _status: 'published' } });
  const urls = [siteUrl, replica.url].map((url) => `${url}/locations/${listing.slug}`);
  for (const url of urls) expect((await pageAt(url)).text).not.toContain(inHtml(newTitle));
  await rename(newTitle);
  for (const url of urls) {
    await expect.poll(async () => (await pageAt(url)).text, { timeout: 5_000 }).toContain(inHtml(newTitle));
  }
  await rename(listing.title);
  for (const url of urls) {
    await expect.poll(async () => (await pageAt(url)).text, { timeout: 5_000 }).not.toContain(inHtml(newTitle));
  }
});

test('without Redis everything is there', async () => {
  replica.redis.refuse();
  try {
    for (const path of ['/', '/locations', '/events']) {
      const { status, text } = await pageAt(`${replica.url}${path}`);
      expect(status).toBe(200);
      expect(text).not.toContain('noindex');
    }
  } finally {
    replica.redis.accept();
  }
});

test('without the backend pages are as they were last seen; what nobody has seen says so, and is not indexed', async ({
  page,
}) => {
  const [first, second] = await locations();
  await pageAt(`${replica.url}/`);
  await pageAt(`${replica.url}/locations`);
  await pageAt(`${replica.url}/locations/${first?.slug}`);
  replica.backend.refuse();
  try {
    for (const path of ['/', '/locations', `/locations/${first?.slug}`]) {
      const { status, text } = await pageAt(`${replica.url}${path}`);
      expect(status).toBe(200);
      expect(text).toContain(inHtml(first?.title));
    }
    for (const path of [`/locations/${second?.slug}`, '/locations?page=7', '/services?page=7']) {
      await page.goto(`${replica.url}${path}`);
      await expect(page.getByRole('main').getByRole('status')).toContainText('right back');
      await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', /noindex/);
    }
    const ready = await (await fetch(`${replica.url}/ready`)).json();
    expect(ready).toMatchObject({ status: 'ready', backend: 'unavailable' });
  } finally {
    replica.backend.accept();
  }
  await eventually('the page again', async () => {
    const { text } = await pageAt(`${replica.url}/locations/${second?.slug}`);
    return text.includes(inHtml(second?.title)) || null;
  });
});
