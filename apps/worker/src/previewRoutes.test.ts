import { afterEach, expect, test } from 'vitest';
import { startHealthServer } from './health';
import { createLogger } from './logger';

const TOKEN = 'a-token-of-previews-of-32-characters';
let close: (() => Promise<void>) | undefined;

const start = async (
  previewsToken: string | undefined,
): Promise<(path: string, token?: string) => Promise<Response>> => {
  const server = await startHealthServer({
    port: 0,
    logger: createLogger({ NODE_ENV: 'test', LOG_LEVEL: 'silent' }),
    state: () => {
      throw new Error('a preview asks nothing of the state');
    },
    metrics: { scrape: async () => '', contentType: 'text/plain' },
    metricsToken: undefined,
    previewsToken,
  });
  close = server.close;
  return (path, token) =>
    fetch(`http://127.0.0.1:${server.port}${path}`, token ? { headers: { Authorization: `Bearer ${token}` } } : {});
};

afterEach(() => close?.());

test('previews are shown to whoever has their token', async () => {
  const get = await start(TOKEN);
  const mail = await get('/emails/user.welcome/ro/html', TOKEN);
  expect(mail.status).toBe(200);
  expect(mail.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await mail.text()).toContain('lang="ro"');
  expect((await get('/emails/user.welcome/ro/html')).status).toBe(401);
  expect((await get('/emails/', 'another-token')).status).toBe(401);
  expect((await get('/emails/nothing/en/html', TOKEN)).status).toBe(404);
});

test('there are none where no token is set', async () => {
  const get = await start(undefined);
  expect((await get('/emails/', TOKEN)).status).toBe(404);
});
