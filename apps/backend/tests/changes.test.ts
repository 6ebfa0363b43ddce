import { CHANGED_EVENT, CHANGES_CONTENT_TYPE } from '@convene/common/changes';
import { errorAnswerSchema } from '@convene/common/errors';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createHarness, type Harness } from './feed/harness';

const SERVICE_TOKEN = 'test-service-token-of-32-characters';

let harness: Harness;
let route: typeof import('../src/app/api/changes/route');
let followedFeed: typeof import('../src/endpoints/feed/followedFeed');

beforeAll(async () => {
  harness = await createHarness();
  Object.assign(process.env, harness.context.env.backend, { LOG_LEVEL: 'silent' });
  vi.resetModules();
  route = await import('../src/app/api/changes/route');
  followedFeed = await import('../src/endpoints/feed/followedFeed');
});
afterAll(async () => {
  await followedFeed.stopFollowingFeedChanges();
  const { getPool } = await import('../src/utils/postgres');
  await getPool().end();
  await harness.dispose();
});

const ask = (token: string, signal?: AbortSignal) =>
  route.GET(
    new Request('http://backend/api/changes', {
      headers: { 'x-convene-service-token': token },
      ...(signal ? { signal } : {}),
    }),
    { params: Promise.resolve({}) },
  );

const open = async () => {
  const response = await ask(SERVICE_TOKEN);
  expect(response.headers.get('content-type')).toBe(CHANGES_CONTENT_TYPE);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('no stream');
  /** Reads until the stream has said `text`. */
  const hear = async (text: string): Promise<void> => {
    let heard = '';
    while (!heard.includes(text)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`the stream ended after ${JSON.stringify(heard)}`);
      heard += value;
    }
  };
  return { reader, hear };
};

test('tells the site, and nobody else, of a change when it has been committed', async () => {
  const stranger = await ask('not-the-token');
  expect(stranger.status).toBe(401);
  const deaf = await ask(SERVICE_TOKEN);
  expect(deaf.status).toBe(503);
  expect(errorAnswerSchema.parse(await deaf.json()).error.code).toBe('unavailable');

  followedFeed.followFeedChanges();
  await vi.waitFor(async () => expect((await ask(SERVICE_TOKEN)).status).toBe(200), { timeout: 10_000 });
  const [one, other] = [await open(), await open()];
  const client = await harness.pool.connect();
  await client.query('BEGIN');
  await client.query("INSERT INTO services (title, slug) VALUES ('Added', 'added')");
  const told = Promise.all([one.hear(CHANGED_EVENT), other.hear(CHANGED_EVENT)]);
  const early = await Promise.race([told.then(() => true), client.query('SELECT pg_sleep(0.2)').then(() => false)]);
  expect(early).toBe(false);
  await client.query('COMMIT');
  client.release();
  await told;

  await one.reader.cancel();
  await harness.pool.query("DELETE FROM services WHERE slug = 'added'");
  await other.hear(CHANGED_EVENT);

  await followedFeed.stopFollowingFeedChanges();
  expect((await other.reader.read()).done).toBe(true);
});
