import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { precompressedPaths, preferCompressed } from './precompressed';

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
