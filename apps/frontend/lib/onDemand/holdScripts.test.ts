import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SESSION_COOKIE } from '../session/sessionCookieName';
import { holdScripts, mayWait, scriptHolder } from './holdScripts';

const page = [
  '<!DOCTYPE html><html><head><meta charSet="utf-8"/>',
  '<link rel="preload" as="image" href="/a.webp"/>',
  '<link rel="preload" as="script" fetchPriority="low" nonce="abc" href="/_next/static/chunks/b.js"/>',
  '<script src="/_next/static/chunks/a.js" async="" nonce="abc"></script>',
  '<script src="/_next/static/chunks/old.js" noModule="" nonce="abc"></script>',
  '<title>Săli în București · 1 < 2</title></head><body>',
  '<script src="https://elsewhere.example/x.js" async=""></script>',
  '<script src="/_next/static/chunks/b.js" nonce="abc" async="" id="_R_"></script>',
  '<script nonce="abc">self.__next_f.push([1,"\\u003cscript src=\\"/_next/static/c.js\\" async"])</script>',
  '</body></html>',
].join('');

const held = page
  .replace(/<link rel="preload" as="script".*?>/, '')
  .replace(
    '<script src="/_next/static/chunks/a.js" async',
    '<script nonce="abc">start()</script><script type="text/waiting" data-src="/_next/static/chunks/a.js" async',
  )
  .replace(
    '<script src="/_next/static/chunks/b.js"',
    '<script type="text/waiting" data-src="/_next/static/chunks/b.js"',
  );

const cut = (bytes: Buffer, at: number[]): Buffer[] => {
  const places = [0, ...at.map((place) => place % bytes.length).toSorted((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
};

describe('a page whose scripts wait', () => {
  it('is the same but for their tags, wherever it is cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5_000), { maxLength: 30 }), (places) => {
        const holder = scriptHolder('start()');
        const pieces = cut(Buffer.from(page), places).map(holder.push);
        expect(Buffer.concat([...pieces, holder.end()]).toString()).toBe(held);
      }),
    );
  });

  it('holds back no more than a tag that has not ended', () => {
    const holder = scriptHolder('start()');
    expect(holder.push(Buffer.from('<p>Text</p><scr')).toString()).toBe('<p>Text</p>');
    expect(holder.push(Buffer.from('ipt>')).toString()).toBe('<script>');
    expect(holder.push(Buffer.from('<p')).toString()).toBe('');
    expect(holder.end().toString()).toBe('<p');
    expect(holder.end().toString()).toBe('');
  });
});

describe('scripts may wait', () => {
  const ask = (url: string, headers: Record<string, string> = {}, method = 'GET') => mayWait({ method, url, headers });

  it.each([
    '/',
    '/?utm_source=mail',
    '/locations',
    '/events?city=cluj-napoca&page=2',
    '/services/in/bucharest',
    '/locations/type/loft',
    '/locations/type/loft/in/bucharest',
    '/locations/atelier-nord?reviews=2',
    '/people/7',
  ])('on %s', (url) => {
    expect(ask(url)).toBe(true);
    expect(ask(url, { cookie: 'convene_theme=dark; other_session=1' })).toBe(true);
    expect(ask(url, { cookie: `a=1; ${SESSION_COOKIE}=sealed` })).toBe(false);
    expect(ask(url, { rsc: '1' })).toBe(false);
    expect(ask(url, {}, 'POST')).toBe(false);
  });

  it.each([
    '/locations?view=map',
    '/locations/atelier-nord/book',
    '/account',
    '/account/messages/1',
    '/sign-in',
    '/report?subject=listing',
    '/_next/static/chunks/a.js',
    '/collect',
    '',
  ])('not on %s', (url) => {
    expect(ask(url)).toBe(false);
  });
});

describe('what a server sends', () => {
  let status = 200;
  let headers: Record<string, string> = {};
  const server = createServer((request, response) => {
    holdScripts(request, response, 'start()');
    response.statusCode = status;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const [head = '', body = ''] = page.split(/(?=<title>)/);
    response.write(head, 'utf8', () => response.end(Buffer.from(body)));
  });
  let origin = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    origin = `http://127.0.0.1:${port}`;
  });
  afterAll(() => void server.close());

  const get = async (path: string) => (await fetch(`${origin}${path}`)).text();

  it('is changed where it is a page that may wait', async () => {
    [status, headers] = [200, { 'content-type': 'text/html; charset=utf-8' }];
    expect(await get('/locations')).toBe(held);
    expect(await get('/account')).toBe(page);
  });

  it('is left alone where it is something else, or went wrong', async () => {
    [status, headers] = [200, { 'content-type': 'text/x-component' }];
    expect(await get('/locations')).toBe(page);
    [status, headers] = [500, { 'content-type': 'text/html; charset=utf-8' }];
    expect(await get('/locations')).toBe(page);
    [status, headers] = [200, { 'content-type': 'text/html', 'content-length': String(Buffer.byteLength(page)) }];
    expect(await get('/locations')).toBe(page);
  });
});
