import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { User } from '../src/payload-types';
import { createMarket, type Market } from './marketFixture';

type Stored = { bytes: Buffer; type: string };

/** As much of S3 as a client that addresses buckets by path asks for; what it can't do it refuses. */
const createBucket = () => {
  const files = new Map<string, Stored>();
  const state = { isDown: false, refuses: (_key: string): boolean => false };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = (status: number, headers = {}, body?: Buffer | string) =>
      response.writeHead(status, headers).end(body);
    const { pathname } = new URL(request.url ?? '', 'http://bucket');
    const key = decodeURIComponent(pathname).replace(/^\/uploads-of-tests\//, '');
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=key/')) return answer(403);
    if (state.isDown || state.refuses(key)) return answer(403);
    const file = files.get(key);
    switch (request.method) {
      case 'PUT':
        files.set(key, { bytes: Buffer.concat(chunks), type: request.headers['content-type'] ?? '' });
        return answer(200, { ETag: '"1"' });
      case 'GET': {
        if (!file) return answer(404, { 'Content-Type': 'application/xml' }, '<Error><Code>NoSuchKey</Code></Error>');
        if (request.headers['if-none-match'] === '"1"') return answer(304, { ETag: '"1"' });
        return answer(200, { 'Content-Type': file.type, ETag: '"1"' }, file.bytes);
      }
      case 'DELETE':
        files.delete(key);
        return answer(204);
      default:
        return answer(405);
    }
  });
  return { files, state, server };
};

const { files, state, server } = createBucket();
let market: Market;
let rest: typeof import('./access/interfaces')['rest'];
let getFile: (name: string, headers?: Record<string, string>) => Promise<Response>;
let host: User;
let token: string;

const listen = (on: Server) =>
  new Promise<number>((resolve) => {
    on.listen(0, '127.0.0.1', () => resolve((on.address() as AddressInfo).port));
  });

beforeAll(async () => {
  const port = await listen(server);
  vi.stubEnv('S3_ENDPOINT', `http://127.0.0.1:${port}`);
  vi.stubEnv('S3_BUCKET', 'uploads-of-tests');
  vi.stubEnv('S3_REGION', 'auto');
  vi.stubEnv('S3_ACCESS_KEY_ID', 'key');
  vi.stubEnv('S3_SECRET_ACCESS_KEY', 'secret');
  // What were written there would be found on no other machine.
  vi.stubEnv('MEDIA_DIR', path.join(import.meta.dirname, 'no-such-directory'));
  market = await createMarket();
  const { rest: byRest, restHandlers } = await import('./access/interfaces');
  rest = byRest;
  getFile = (name, headers = {}) =>
    restHandlers.GET(new Request(`http://localhost:3001/api/media/file/${encodeURIComponent(name)}`, { headers }), {
      params: Promise.resolve({ slug: ['media', 'file', name] }),
    });
  host = await market.person(['host']);
  token = await market.tokenOf(host);
});
afterAll(async () => {
  await market.dispose();
  server.close();
});

const upload = async () => {
  const photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#c0ffee' } })
    .jpeg()
    .toBuffer();
  const body = new FormData();
  body.append('_payload', JSON.stringify({ alt: 'A picture' }));
  body.append('file', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'photo.jpg');
  return rest('POST', 'media?depth=0', { token, body });
};

const uploaded = async () => {
  const { status, body } = await upload();
  expect([status, body['errors']]).toEqual([201, undefined]);
  const { id } = body['doc'] as { id: number };
  return market.payload.findByID({ collection: 'media', id });
};

const keysOf = (name: string | null | undefined) =>
  [...files.keys()].filter((key) => key.startsWith(`media/${name?.replace('.webp', '')}`)).sort();

it('an upload and its sizes are kept in the bucket, and served from there as from the disk', async () => {
  const { filename, sizes, url } = await uploaded();
  const all = [filename, ...Object.values(sizes ?? {}).map((size) => size.filename)];
  const names = all.map((name) => `media/${name}`);
  expect(names).toHaveLength(4);
  expect(keysOf(filename)).toEqual(names.toSorted());
  expect(url).toMatch(/\/api\/media\/file\//);
  for (const name of [filename ?? '', sizes?.w400?.filename ?? '']) {
    const answer = await getFile(name);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'image/webp',
      'public, max-age=2592000',
    ]);
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    const { format, width } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    expect([format, width]).toEqual(['webp', name === filename ? 900 : 400]);
  }
  expect((await getFile(filename ?? '', { 'if-none-match': '"1"' })).status).toBe(304);
});

it('what is deleted for good is deleted there; what is in the bin stays', async () => {
  const { id, filename } = await uploaded();
  const { length } = keysOf(filename);
  await rest('PATCH', `media/${id}`, { token, body: { deletedAt: new Date().toISOString() } });
  expect(keysOf(filename)).toHaveLength(length);
  expect((await getFile(filename ?? '')).status).toBe(403);
  const { purgeUnusedUploads } = await import('../src/collections/Media/purgeUnusedUploads');
  await purgeUnusedUploads(new Date(Date.now() + 31 * 86_400_000));
  expect(keysOf(filename)).toEqual([]);
});

it('a profile picture lies there too, and goes at once', async () => {
  const { setAvatar } = await import('../src/collections/Users/avatar');
  const square = await sharp({ create: { width: 500, height: 400, channels: 3, background: '#123456' } })
    .png()
    .toBuffer();
  const before = files.size;
  await setAvatar(await market.requestOf(host), { user: host, upload: square });
  expect(files.size).toBeGreaterThan(before);
  await setAvatar(await market.requestOf(host), { user: host, upload: null });
  expect(files.size).toBe(before);
});

it('an upload that can’t be kept whole is refused, and leaves nothing', async () => {
  const before = files.size;
  const { totalDocs } = await market.payload.count({ collection: 'media' });
  state.refuses = (key) => key.includes('-400x');
  const refused = await upload();
  state.refuses = () => false;
  expect([refused.status, files.size]).toEqual([503, before]);
  expect((await market.payload.count({ collection: 'media' })).totalDocs).toBe(totalDocs);
});

it('what is not there is not found, and nothing else of the bucket is shown, to staff neither', async () => {
  const { filename } = await uploaded();
  files.set('backup.sql', { bytes: Buffer.from('secret'), type: 'text/plain' });
  const staff = await market.tokenOf(market.moderator);
  const asStaff = { authorization: `JWT ${staff}` };
  expect((await getFile('../backup.sql', asStaff)).status).toBeGreaterThanOrEqual(403);
  expect((await getFile('..%2Fbackup.sql', asStaff)).status).toBe(404);
  files.delete(`media/${filename}`);
  expect((await getFile(filename ?? '')).status).toBe(404);
  state.isDown = true;
  const answer = await getFile(filename ?? '');
  state.isDown = false;
  expect(answer.status).toBe(503);
});
