import { locales, notificationTypes } from '@convene/common';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerPreview, previewTypes } from './previews';
import { type PreviewServer, startPreviewServer } from './server';

let server: PreviewServer;

beforeAll(async () => {
  server = await startPreviewServer({ port: 0 });
});

afterAll(() => server?.close());

test('the page leads to every mail in every language', async () => {
  const response = await fetch(server.url);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const page = await response.text();
  const leadsTo = [...page.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href);
  const all = Object.keys(notificationTypes).flatMap((type) => locales.map((locale) => `${type}/${locale}/html`));
  expect(leadsTo.sort()).toEqual(all.sort());
  expect(page).toContain('Confirmă-ți adresa');
});

describe.each(locales)('in %s', (locale) => {
  test.each(previewTypes)('%s is shown as HTML and as text', async (type) => {
    const html = await answerPreview(`${type}/${locale}/html`);
    expect(html).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    expect(html.body).toContain(`lang="${locale}"`);
    const text = await answerPreview(`${type}/${locale}/text`);
    expect(text).toMatchObject({ status: 200, type: 'text/plain; charset=utf-8' });
    expect(text.body).toMatch(/^Subject: \S/);
  });
});

test('a mail can be looked at in light and in dark, whatever the device prefers', async () => {
  const bodyOf = async (format: string) => (await answerPreview(`user.welcome/en/${format}`)).body;
  expect(await bodyOf('html')).toContain('@media (prefers-color-scheme: dark)');
  expect(await bodyOf('light')).toContain('@media (width < 0)');
  expect(await bodyOf('dark')).toContain('@media (width >= 0)');
});

test.each([
  'nothing',
  'user.welcome',
  'user.welcome/de/html',
  'user.welcome/en/pdf',
  'user.welcome/en/html/more',
  '%zz',
])('there is nothing at %s', async (path) => {
  expect((await fetch(`${server.url}${path}`)).status).toBe(404);
});

test('only this machine is answered', () => {
  expect(new URL(server.url).hostname).toBe('127.0.0.1');
});
