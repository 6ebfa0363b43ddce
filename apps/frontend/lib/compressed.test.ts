import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { precompressedPaths, preferCompressed, serveCompressed } from './compressed';

const paths = new Set(['/_next/static/chunks/a.js', '/_next/static/chunks/a.css']);

const ask = (url: string, acceptEncoding: string | undefined, method = 'GET') => {
  const request = { method, url, headers: acceptEncoding === undefined ? {} : { 'accept-encoding': acceptEncoding } };
  const headers: Record<string, unknown> = {};
  const response = {
    setHeader: (name: string, value: unknown) => {
      headers[name.toLowerCase()] = value;
      return response as never;
    },
  };
  preferCompressed(request, response, paths);
  return { url: request.url, headers };
};

it('leads browsers that take Brotli to the copy, with the type of what they asked for', () => {
  expect(ask('/_next/static/chunks/a.js?dpl=1', 'gzip, deflate, br, zstd')).toEqual({
    url: '/_next/static/chunks/a.js.br?dpl=1',
    headers: {
      'content-encoding': 'br',
      'content-type': 'application/javascript; charset=UTF-8',
      vary: 'Accept-Encoding',
    },
  });
  expect(ask('/_next/static/chunks/a.css', 'br;q=0.8').headers).toMatchObject({
    'content-type': 'text/css; charset=UTF-8',
  });
});

it.each([[undefined], ['gzip'], ['br;q=0'], ['br;q=0.0, gzip'], ['brotli']])(
  'leaves alone who accepts %s',
  (accepts) => {
    expect(ask('/_next/static/chunks/a.js', accepts)).toEqual({
      url: '/_next/static/chunks/a.js',
      headers: { vary: 'Accept-Encoding' },
    });
  },
);

it('leaves everything else alone', () => {
  for (const url of ['/_next/static/chunks/b.js', '/_next/static/chunks/a.js.br', '/locations', '']) {
    expect(ask(url, 'br')).toEqual({ url, headers: {} });
  }
  expect(ask('/_next/static/chunks/a.js', 'br', 'POST').headers).toEqual({});
});

it('knows the copies that the build left', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'convene-static-'));
  await mkdir(path.join(directory, 'chunks'));
  for (const file of ['chunks/a.js', 'chunks/a.js.br', 'chunks/b.js']) await writeFile(path.join(directory, file), '');
  expect(precompressedPaths(directory)).toEqual(new Set(['/_next/static/chunks/a.js']));
  await rm(directory, { recursive: true });
  expect(precompressedPaths(directory)).toEqual(new Set());
});

it('compresses what is made for each visitor, and lets its beginning out before its end is there', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'convene-static-'));
  await writeFile(path.join(directory, 'a.js.br'), '');
  serveCompressed(directory);
  const page = 'A page that says the same again and again. '.repeat(200);
  let end = (): void => undefined;
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.write(page);
    // As Next does after what it has so far.
    if ('flush' in response && typeof response.flush === 'function') response.flush();
    end = () => response.end('The end.');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  try {
    for (const encoding of ['br', 'gzip']) {
      const answer = await fetch(origin, { headers: { 'accept-encoding': encoding } });
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(answer.headers.get('vary')).toContain('Accept-Encoding');
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      while (text.length < page.length) text += (await reader?.read())?.value ?? '';
      expect(text).toBe(page);
      end();
      expect((await reader?.read())?.value).toBe('The end.');
    }
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(directory, { recursive: true });
  }
});
