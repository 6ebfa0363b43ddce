import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { User } from '../src/payload-types';
import { createMarket, type Market } from './marketFixture';

type Rest = typeof import('./access/interfaces')['rest'];

let market: Market;
let rest: Rest;
let directory: string;
let host: User;
let token: string;

beforeAll(async () => {
  market = await createMarket();
  const { upload: settings } = market.payload.collections.media.config;
  directory = String(settings.staticDir);
  await mkdir(directory, { recursive: true });
  ({ rest } = await import('./access/interfaces'));
  host = await market.person(['host']);
  token = await market.tokenOf(host);
});
afterAll(() => market.dispose());

const photo = (format: 'jpeg' | 'png' | 'webp' | 'avif' = 'jpeg', width = 64, height = 48) =>
  sharp({ create: { width, height, channels: 3, background: '#c0ffee' } }).toFormat(format);

const upload = (
  bytes: Uint8Array,
  {
    name = 'photo.jpg',
    type = 'image/jpeg',
    as = token,
  }: { name?: string; type?: string; as?: string | undefined } = {},
) => {
  const body = new FormData();
  body.append('_payload', JSON.stringify({ alt: 'A picture', uploadedBy: market.admin.id, mimeType: 'text/html' }));
  body.append('file', new Blob([Buffer.from(bytes)], { type }), name);
  return rest('POST', 'media?depth=0', { token: as, body });
};

const docOf = (body: Record<string, unknown>): Record<string, unknown> => body['doc'] as Record<string, unknown>;

describe('an upload', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    'of a %s is made anew as WebP under a name of ours',
    async (format) => {
      const { status, body } = await upload(await photo(format).toBuffer(), {
        name: '../Ana’s house <b>.php.jpg',
        type: 'text/html',
      });
      expect([status, body['errors']]).toEqual([201, undefined]);
      const { filename, mimeType, uploadedBy } = docOf(body);
      expect(filename).toMatch(/^[0-9a-f-]{36}\.webp$/);
      expect({ mimeType, uploadedBy }).toEqual({ mimeType: 'image/webp', uploadedBy: host.id });
      expect((await sharp(await readFile(path.join(directory, String(filename)))).metadata()).format).toBe('webp');
    },
  );

  it('loses where and with what it was taken, and is turned as it was held', async () => {
    const bytes = await photo('jpeg', 80, 40)
      .withExif({
        IFD0: { Copyright: 'somebody', Make: 'a camera' },
        IFD3: { GPSLatitude: '47/1 9/1 0/1', GPSLatitudeRef: 'N' },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect((await sharp(bytes).metadata()).orientation).toBe(6);
    const { filename, width, height } = docOf((await upload(bytes)).body);
    const stored = await readFile(path.join(directory, String(filename)));
    const metadata = await sharp(stored).metadata();
    expect({ width, height, exif: metadata.exif, orientation: metadata.orientation }).toEqual({
      width: 40,
      height: 80,
      exif: undefined,
      orientation: undefined,
    });
    expect(stored.includes('somebody')).toBe(false);
  });

  it('keeps nothing that was hidden behind its pixels', async () => {
    const bytes = Buffer.concat([
      await photo('png').toBuffer(),
      Buffer.from('<script>alert(1)</script><?php system("id") ?>'),
    ]);
    const { status, body } = await upload(bytes, { name: 'page.html', type: 'text/html' });
    expect(status).toBe(201);
    const stored = await readFile(path.join(directory, String(docOf(body)['filename'])));
    expect(stored.includes('script') || stored.includes('php')).toBe(false);
  });

  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><script>alert(1)</script></svg>';
  const bomb = () => {
    // A PNG whose header promises 60,000 by 60,000 pixels.
    const header = Buffer.alloc(25);
    header.writeUInt32BE(13, 0);
    header.write('IHDR', 4, 'latin1');
    header.writeUInt32BE(60_000, 8);
    header.writeUInt32BE(60_000, 12);
    header.set([8, 0, 0, 0, 0], 16);
    return Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      header,
      Buffer.from('0000000049444154789c00000000', 'hex'),
    ]);
  };
  it.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
    ['an SVG', () => Buffer.from(svg)],
    ['an SVG behind an XML declaration', () => Buffer.from(`<?xml version="1.0"?>${svg}`)],
    ['a page', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a page that begins like a GIF', () => Buffer.from('GIF89a<script>alert(1)</script>')],
    [
      'a GIF',
      () =>
        sharp({ create: { width: 20, height: 20, channels: 3, background: '#fff' } })
          .gif()
          .toBuffer(),
    ],
    ['a PDF', () => Buffer.from('%PDF-1.7\n%âãÏÓ\n')],
    ['what is cut off', async () => (await photo('jpeg').toBuffer()).subarray(0, 40)],
    ['a decompression bomb', bomb],
    ['a speck', () => photo('png', 3, 3).toBuffer()],
    ['nothing', () => Buffer.alloc(0)],
  ])('that is %s is refused, whatever it calls itself', async (_, make) => {
    const before = await readdir(directory);
    const { status } = await upload(await make());
    expect(status).toBe(400);
    expect(await readdir(directory)).toEqual(before);
  });

  it('is not replaced or described anew by who sent it: it may stand in a listing that was approved', async () => {
    const { body } = await upload(await photo('png').toBuffer());
    const { id, filename } = docOf(body);
    const send = async (data: Record<string, unknown>, isWithFile: boolean, as = token) => {
      const form = new FormData();
      form.append('_payload', JSON.stringify(data));
      if (isWithFile) form.append('file', new Blob([Buffer.from(await photo('webp').toBuffer())]), 'other.webp');
      return (await rest('PATCH', `media/${String(id)}?depth=0`, { token: as, body: form })).status;
    };
    const deletedAt = new Date().toISOString();
    expect(await send({ alt: 'Something else' }, false)).toBe(403);
    expect(await send({}, true)).toBe(403);
    expect(await send({ deletedAt }, true)).toBe(403);
    const before = await readFile(path.join(directory, String(filename)));
    const now = async () =>
      market.payload.findByID({ collection: 'media', id: Number(id), trash: true, depth: 0, overrideAccess: true });
    expect(await now()).toMatchObject({ alt: 'A picture', filename, deletedAt: null });
    const crop =
      'uploadEdits[crop][x]=10&uploadEdits[crop][y]=10&uploadEdits[crop][width]=50&uploadEdits[crop][height]=50';
    const sizes = 'uploadEdits[widthInPixels]=40&uploadEdits[heightInPixels]=40';
    await rest('PATCH', `media/${String(id)}?${crop}&${sizes}`, { token, body: { deletedAt } });
    expect(await readFile(path.join(directory, String(filename)))).toEqual(before);
    await market.payload.update({ collection: 'media', id: Number(id), data: { deletedAt: null }, trash: true });
    expect(await send({ alt: 'By a moderator' }, true, await market.tokenOf(market.moderator))).toBe(200);
    expect((await now()).filename).not.toBe(filename);
    expect(await send({ deletedAt, alt: 'Gone' }, false)).toBe(200);
    expect(await now()).toMatchObject({ alt: 'By a moderator', deletedAt: expect.any(String) });
  });

  it('that is too large is refused', async () => {
    const { status } = await upload(Buffer.concat([await photo('png').toBuffer(), Buffer.alloc(13_000_000)]));
    expect([400, 413]).toContain(status);
  });

  it('is nobody’s but of whoever lists', async () => {
    const bytes = await photo().toBuffer();
    expect((await upload(bytes, { as: '' })).status).toBe(403);
    expect((await upload(bytes, { as: await market.tokenOf(market.client) })).status).toBe(403);
  });

  it('is limited in number', async () => {
    const eager = await market.tokenOf(await market.person(['host']));
    const bytes = Buffer.from('no image');
    const statuses = new Set<number>();
    for (let number = 0; number < 65; number += 1) statuses.add((await upload(bytes, { as: eager })).status);
    expect([...statuses]).toEqual([400, 429]);
  });
});

it('the file is served as an image and nothing else, for a month', async () => {
  const { body } = await upload(await photo().toBuffer());
  const { restHandlers } = await import('./access/interfaces');
  const filename = String(docOf(body)['filename']);
  const answer = await restHandlers.GET(new Request(`http://localhost:3001/api/media/file/${filename}`), {
    params: Promise.resolve({ slug: ['media', 'file', filename] }),
  });
  const headers = [
    'content-type',
    'x-content-type-options',
    'content-disposition',
    'content-security-policy',
    'cache-control',
  ];
  expect(headers.map((name) => answer.headers.get(name))).toEqual([
    'image/webp',
    'nosniff',
    'inline',
    "default-src 'none'; sandbox",
    'public, max-age=2592000',
  ]);
});

it('texts name no files: what lies in their JSON would be taken for unused', () => {
  const { flattenedFields } = market.payload.collections.locations.config;
  const editor: unknown = Reflect.get(flattenedFields.find(({ name }) => name === 'description') ?? {}, 'editor');
  const features = z
    .object({ editorConfig: z.object({ resolvedFeatureMap: z.map(z.string(), z.unknown()) }) })
    .parse(editor).editorConfig.resolvedFeatureMap;
  expect([...features.keys()]).toContain('link');
  expect([...features.keys()].filter((key) => key === 'upload' || key === 'relationship')).toEqual([]);
});

it('what nothing names is deleted after its time, with its files; what a listing or a draft of one shows is kept', async () => {
  const { purgeUnusedUploads } = await import('../src/collections/Media/purgeUnusedUploads');
  const bytes = await photo('jpeg', 900, 600).toBuffer();
  const made: Record<string, unknown>[] = [];
  for (let number = 0; number < 4; number += 1) made.push(docOf((await upload(bytes)).body));
  const [unused, cover, inGallery, inDraft] = made.map(({ id }) => Number(id));
  const live = await market.publish('locations', { cover, gallery: [inGallery] });
  await market.payload.update({ collection: 'locations', id: live.id, data: { cover: inDraft }, draft: true });
  expect(await purgeUnusedUploads()).toEqual({ purged: 0 });
  const later = new Date(Date.now() + 41 * 86_400_000);
  await purgeUnusedUploads(later);
  const { docs } = await market.payload.find({
    collection: 'media',
    where: { id: { in: [unused, cover, inGallery, inDraft] } },
    sort: 'id',
  });
  expect(docs.map(({ id }) => id)).toEqual([cover, inGallery, inDraft]);
  const files = await readdir(directory);
  const nameOf = (doc: Record<string, unknown> | undefined) => String(doc?.['filename']).replace('.webp', '');
  expect(files.filter((file) => file.startsWith(nameOf(made[0])))).toEqual([]);
  expect(files.filter((file) => file.startsWith(nameOf(made[1]))).length).toBeGreaterThan(1);
});

it('what its person deletes is in the bin: shown nowhere, restored by staff, and gone after a month, named or not', async () => {
  const { purgeUnusedUploads } = await import('../src/collections/Media/purgeUnusedUploads');
  const { listingCards } = await import('../src/readModels/listingCards');
  const { readListing } = await import('../src/endpoints/listings/listing');
  const doc = docOf((await upload(await photo('jpeg', 900, 600).toBuffer())).body);
  const id = Number(doc['id']);
  const live = await market.publish('locations', { cover: id, gallery: [id] });
  const shown = async () => {
    const [card] = await listingCards(market.pool, { kind: 'locations', ids: [live.id] });
    const answer = await readListing('locations', live.slug ?? '');
    const { status } = await rest('GET', `media/file/${doc['filename']}`, {});
    return [card?.image?.id, 'listing' in answer ? answer.listing.gallery.length : null, status];
  };
  expect(await shown()).toEqual([id, 1, 200]);
  expect((await rest('DELETE', `media/${id}`, { token })).status).toBe(403);
  const bin = { deletedAt: new Date().toISOString() };
  const stranger = await market.tokenOf(await market.person(['host']));
  expect((await rest('PATCH', `media/${id}`, { token: stranger, body: bin })).status).toBe(403);
  expect((await rest('PATCH', `media/${id}`, { token, body: bin })).status).toBe(200);
  expect(await shown()).toEqual([undefined, 0, 403]);
  expect((await rest('GET', `media/${id}?trash=true`, {})).status).toBe(404);
  const restore = { body: { deletedAt: null } };
  expect((await rest('PATCH', `media/${id}?trash=true`, { token, ...restore })).status).toBe(403);
  const staff = await market.tokenOf(market.moderator);
  expect((await rest('PATCH', `media/${id}?trash=true`, { token: staff, ...restore })).status).toBe(200);
  expect(await shown()).toEqual([id, 1, 200]);
  expect((await rest('PATCH', `media/${id}`, { token, body: bin })).status).toBe(200);
  const days = (count: number) => new Date(Date.now() + count * 86_400_000);
  await purgeUnusedUploads(days(29));
  expect(
    (await market.payload.count({ collection: 'media', where: { id: { equals: id } }, trash: true })).totalDocs,
  ).toBe(1);
  await purgeUnusedUploads(days(31));
  expect(
    (await market.payload.count({ collection: 'media', where: { id: { equals: id } }, trash: true })).totalDocs,
  ).toBe(0);
  const files = await readdir(directory);
  expect(files.filter((file) => file.startsWith(String(doc['filename']).replace('.webp', '')))).toEqual([]);
});

it('the schedulers of the backend look for such once a day', async () => {
  const { scheduledJobs, FeedScheduler } = await import('../src/schedulers/feed');
  const purge = scheduledJobs().find(({ name }) => name === 'media:purge');
  if (!purge) throw new Error('nobody purges');
  expect(purge.everyMinutes).toBe(1_440);
  const { body } = await upload(await photo('jpeg', 900, 600).toBuffer());
  const id = Number(docOf(body)['id']);
  await market.pool.query(`UPDATE media SET updated_at = now() - interval '41 days' WHERE id = $1`, [id]);
  const scheduler = new FeedScheduler({
    jobs: [purge],
    sql: market.pool,
    logger: { info: () => undefined, error: () => undefined },
  });
  scheduler.start();
  await scheduler.idle();
  await scheduler.stop();
  expect(
    (await market.payload.count({ collection: 'media', where: { id: { equals: id } }, trash: true })).totalDocs,
  ).toBe(0);
  const { rows } = await market.pool.query(`SELECT status, outcome FROM job_runs WHERE name = 'media:purge'`);
  expect(rows).toMatchObject([{ status: 'done', outcome: { ran: true, purged: 1 } }]);
});
