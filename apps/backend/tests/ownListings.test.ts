import { listingStatisticsSchema, ownListingSchema, ownListingsSchema, savedListingSchema } from '@convene/common/api';
import { errorAnswerSchema } from '@convene/common/errors';
import type { ListingKind } from '@convene/common/listings';
import { addUtcDays, utcDayOf } from '@convene/common/time';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { as, createMarket, hoursFromNow, type Market } from './marketFixture';
import { call } from './payloadHarness';

let market: Market;
let followed: typeof import('../src/endpoints/feed/followedFeed');
let routes: Awaited<ReturnType<typeof loadRoutes>>;
let owner: string;
let stranger: string;
let types: Record<ListingKind, number>;

const loadRoutes = async () => ({
  list: await import('../src/app/api/account/listings/route'),
  one: await import('../src/app/api/account/listings/[kind]/[id]/route'),
  move: await import('../src/app/api/account/listings/[kind]/[id]/move/route'),
  preview: await import('../src/app/api/account/listings/[kind]/[id]/preview/route'),
  statistics: await import('../src/app/api/account/listings/[kind]/[id]/statistics/route'),
  media: await import('../src/app/api/account/media/route'),
  options: await import('../src/app/api/account/listing-options/route'),
  live: await import('../src/app/api/listings/[kind]/[slug]/route'),
});

beforeAll(async () => {
  market = await createMarket();
  routes = await loadRoutes();
  // What visitors are shown is kept, and read anew when it is told of a change.
  followed = await import('../src/endpoints/feed/followedFeed');
  followed.followFeedChanges();
  owner = await market.tokenOf(market.owner);
  stranger = await market.tokenOf(await market.person(['host', 'organizer', 'provider']));
  const { docs } = await market.payload.find({ collection: 'listing-types', pagination: false });
  const typeOf = (kind: ListingKind) => docs.find((type) => type.kind === kind)?.id ?? 0;
  types = { locations: typeOf('locations'), events: typeOf('events'), services: typeOf('services') };
});
afterAll(async () => {
  await followed.stopFollowingFeedChanges();
  await market.dispose();
});

const text = (words: string) => ({
  root: {
    type: 'root',
    version: 1,
    children: [{ type: 'paragraph', version: 1, children: [{ type: 'text', version: 1, text: words }] }],
  },
});

/** Whole enough to be sent for approval. */
const whole = (kind: ListingKind, changes: Record<string, unknown> = {}) => ({
  kind,
  title: `A new one of ${kind}`,
  summary: 'Something to try things on.',
  description: text('Come in, it is warm.'),
  typeId: types[kind],
  cityId: market.city,
  address: 'Strada Lungă 5',
  point: [27.58, 47.16],
  contact: { email: 'Hello@Example.com', phone: '0232 123 456', website: 'https://example.org' },
  price: { amountMinor: 12_050, currency: 'RON', unit: 'hour' },
  ...(kind === 'events' ? { startsAt: hoursFromNow(24), endsAt: hoursFromNow(26), timeZone: 'Europe/Bucharest' } : {}),
  ...changes,
});

const create = (listing: unknown, { submit = false, token = owner } = {}) =>
  call(routes.list, { method: 'POST', token, body: { submit, listing } });
const created = async (listing: unknown, options = {}) => {
  const answer = await create(listing, options);
  expect(answer).toMatchObject({ status: 201 });
  return savedListingSchema.parse(answer.body);
};
const at = ({ kind, id }: { kind: string; id: number }) => ({ kind, id: String(id) });
const read = async (ref: { kind: string; id: number }, token = owner) =>
  ownListingSchema.parse((await call(routes.one, { method: 'GET', token, params: at(ref) })).body);
const save = (
  ref: { kind: string; id: number },
  {
    listing,
    expected,
    submit = false,
    token = owner,
  }: { listing: unknown; expected: string; submit?: boolean; token?: string },
) => call(routes.one, { method: 'POST', token, params: at(ref), body: { listing, expected, submit } });
const errorOf = (body: unknown) => errorAnswerSchema.parse(body).error;
const pathsOf = (body: unknown) => (errorOf(body).issues ?? []).map(({ path }) => path);

describe('a listing of one’s own', () => {
  it.each(['locations', 'events', 'services'] as const)('is kept as it was written: %s', async (kind) => {
    const own = {
      locations: { capacity: 40 },
      events: { capacity: 12 },
      services: { coverageArea: 'Iași and around' },
    }[kind];
    const ref = await created(whole(kind, own));
    const saved = await read(ref);
    expect(saved).toMatchObject({
      moderationStatus: 'draft',
      isLive: false,
      isBesideLive: false,
      slug: `a-new-one-of-${kind}`,
      listing: {
        ...whole(kind, own),
        description: { root: { children: [{ type: 'paragraph', children: [{ text: 'Come in, it is warm.' }] }] } },
        contact: { email: 'hello@example.com', phone: '0232 123 456', website: 'https://example.org' },
        ...(kind === 'events' ? { startsAt: expect.any(String), endsAt: expect.any(String) } : {}),
      },
    });
    const doc = await market.payload.findByID({ collection: kind, id: ref.id, draft: true, depth: 0 });
    expect(doc).toMatchObject({ owner: market.owner.id, tier: 'new', _status: 'draft' });
  });

  it('takes the fitting role, and an account', async () => {
    const client = await market.tokenOf(market.client);
    const refused = await create(whole('locations'), { token: client });
    expect(refused.status).toBe(403);
    expect(errorOf(refused.body).reason).toBe('needs-role');
    const organizer = await market.tokenOf(await market.person(['organizer']));
    expect((await create(whole('services'), { token: organizer })).status).toBe(403);
    expect((await create(whole('events'), { token: organizer })).status).toBe(201);
    expect(
      (await call(routes.list, { method: 'POST', body: { submit: false, listing: whole('events') } })).status,
    ).toBe(401);
  });

  it('is nobody else’s: to read, save, move, preview or measure', async () => {
    const ref = await created(whole('locations'));
    const { updatedAt } = await read(ref);
    const params = at(ref);
    const answers = [
      await call(routes.one, { method: 'GET', token: stranger, params }),
      await save(ref, { listing: whole('locations'), expected: updatedAt, token: stranger }),
      await call(routes.move, { method: 'POST', token: stranger, params, body: { to: 'bin' } }),
      await call(routes.preview, { method: 'GET', token: stranger, params }),
      await call(routes.statistics, { method: 'GET', token: stranger, params }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect((await call(routes.one, { method: 'GET', params })).status).toBe(401);
    const moderator = await market.tokenOf(market.moderator);
    expect((await call(routes.statistics, { method: 'GET', token: moderator, params })).status).toBe(200);
  });

  it.each([
    ['title', { title: 'ab' }],
    ['title', { title: 'x'.repeat(121) }],
    ['summary', { summary: 'x'.repeat(221) }],
    ['description', { description: { root: 'no tree' } }],
    ['description', { description: text('x'.repeat(20_001)) }],
    ['typeId', { typeId: 999_999 }],
    ['cityId', { cityId: 999_999 }],
    ['address', { address: 'x'.repeat(201) }],
    ['point.0', { point: [181, 0] }],
    ['point.1', { point: [0, 91] }],
    ['contact.email', { contact: { email: 'nobody' } }],
    ['contact.phone', { contact: { phone: 'x'.repeat(41) } }],
    ['contact.website', { contact: { website: 'javascript:alert(1)' } }],
    ['price.amountMinor', { price: { amountMinor: -1, currency: 'EUR', unit: 'day' } }],
    ['price.currency', { price: { amountMinor: 1, currency: 'XAU', unit: 'day' } }],
    ['price.unit', { price: { amountMinor: 1, currency: 'EUR', unit: null } }],
    ['gallery.0.id', { gallery: [{ id: 999_999, alt: 'Not mine' }] }],
    ['capacity', { capacity: 0 }],
    ['capacity', { capacity: 1.5 }],
    ['facilityIds', { facilityIds: [999_999] }],
  ])('is refused for its %s', async (path, change) => {
    const answer = await create(whole('locations', change));
    expect(answer.status).toBe(400);
    expect(pathsOf(answer.body).map((found) => found.replace('listing.', ''))).toEqual([path]);
  });

  it('is refused for dates in the wrong order, an unknown zone, and a type of another kind', async () => {
    const wrong = async (change: Record<string, unknown>) =>
      pathsOf((await create(whole('events', change))).body).map((path) => path.replace('listing.', ''));
    expect(await wrong({ endsAt: hoursFromNow(2) })).toEqual(['endsAt']);
    expect(await wrong({ startsAt: 'tomorrow' })).toEqual(['startsAt']);
    expect(await wrong({ timeZone: 'Moon/Base' })).toEqual(['timeZone']);
    expect(await wrong({ typeId: types.services })).toEqual(['typeId']);
  });

  it('is a draft with a title alone, and is sent for approval only when it is whole', async () => {
    const bare = { kind: 'events', title: 'Some day' };
    const ref = await created(bare);
    const { updatedAt } = await read(ref);
    const refused = await save(ref, { listing: bare, expected: updatedAt, submit: true });
    expect(refused.status).toBe(400);
    expect(pathsOf(refused.body).toSorted()).toEqual(
      ['cityId', 'description', 'endsAt', 'startsAt', 'summary', 'typeId'].toSorted(),
    );
    const over = whole('events', { startsAt: hoursFromNow(-3), endsAt: hoursFromNow(-1) });
    expect(pathsOf((await save(ref, { listing: over, expected: updatedAt, submit: true })).body)).toEqual(['endsAt']);
    await market.takeMails();
    const sent = await save(ref, { listing: whole('events'), expected: updatedAt, submit: true });
    expect(sent.body).toMatchObject({ moderationStatus: 'pending' });
    expect((await market.takeMails()).map(({ type }) => type)).toContain('admin.listing.pending');
    const { rows } = await market.pool.query(
      `SELECT version_moderation_status AS state FROM _events_v WHERE parent_id = $1 AND latest`,
      [ref.id],
    );
    expect(rows).toEqual([{ state: 'pending' }]);
  });

  it('can be emptied again where it is a draft', async () => {
    const ref = await created(whole('events'));
    const { updatedAt } = await read(ref);
    await save(ref, { listing: { kind: 'events', title: 'Less' }, expected: updatedAt });
    const { listing } = await read(ref);
    expect(listing).toMatchObject({
      title: 'Less',
      typeId: null,
      cityId: null,
      startsAt: null,
      endsAt: null,
      point: null,
    });
  });

  it('stays as visitors see it while an edit waits beside it, with its address', async () => {
    const live = await market.publish('locations', { title: 'The old hall' });
    const ref = { kind: 'locations', id: live.id };
    const { updatedAt } = await read(ref);
    const edit = whole('locations', { title: 'The new hall' });
    expect((await save(ref, { listing: edit, expected: updatedAt, submit: true })).status).toBe(200);
    expect(await read(ref)).toMatchObject({
      isLive: true,
      isBesideLive: true,
      moderationStatus: 'pending',
      slug: live.slug,
      listing: { title: 'The new hall' },
    });
    const params = { kind: 'locations', slug: live.slug ?? '' };
    const seen = await call(routes.live, { method: 'GET', params });
    expect(seen.body).toMatchObject({ listing: { title: 'The old hall' } });
    const preview = await call(routes.preview, { method: 'GET', token: owner, params: at(ref) });
    expect(preview.body).toMatchObject({
      listing: { title: 'The new hall', point: [27.58, 47.16], price: { amountMinor: 12_050, currency: 'RON' } },
    });
    await market.payload.update({
      collection: 'locations',
      id: live.id,
      data: { moderationStatus: 'approved' },
      ...as(market.moderator),
    });
    await vi.waitFor(
      async () =>
        expect((await call(routes.live, { method: 'GET', params })).body).toMatchObject({
          listing: { title: 'The new hall', descriptionHtml: '<p>Come in, it is warm.</p>' },
        }),
      { timeout: 10_000, interval: 50 },
    );
    expect(await read(ref)).toMatchObject({ isBesideLive: false, moderationStatus: 'approved' });
  });

  it('shows why it was not accepted, until it is sent again', async () => {
    const ref = await created(whole('services'), { submit: true });
    await market.payload.update({
      collection: 'services',
      id: ref.id,
      data: { moderationStatus: 'rejected', rejectionReason: 'The pictures show another one.' },
      ...as(market.moderator),
    });
    const rejected = await read(ref);
    expect(rejected).toMatchObject({ moderationStatus: 'rejected', rejectionReason: 'The pictures show another one.' });
    await save(ref, { listing: whole('services'), expected: rejected.updatedAt });
    const draft = await read(ref);
    expect(draft).toMatchObject({ moderationStatus: 'draft', rejectionReason: 'The pictures show another one.' });
    await save(ref, { listing: whole('services'), expected: draft.updatedAt, submit: true });
    expect(await read(ref)).toMatchObject({ moderationStatus: 'pending', rejectionReason: null });
  });

  it('is not overwritten by who has not read the newest version, not even at the same moment', async () => {
    const ref = await created(whole('locations'));
    const { updatedAt } = await read(ref);
    const answers = await Promise.all(
      ['One', 'Two', 'Three'].map((title) =>
        save(ref, { listing: whole('locations', { title: `Version ${title}` }), expected: updatedAt }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    const winner = answers.findIndex(({ status }) => status === 200);
    const refused = answers.find(({ status }) => status === 409);
    expect(errorOf(refused?.body).reason).toBe('changed-meanwhile');
    expect((await read(ref)).listing.title).toBe(`Version ${['One', 'Two', 'Three'][winner]}`);
  });

  it('has no fewer tickets than seats that are taken', async () => {
    const event = await market.publish('events');
    const { id: booking } = await market.payload.create({
      collection: 'bookings',
      data: {
        kind: 'events',
        listingId: event.id,
        type: 'participation',
        status: 'confirmed',
        client: market.client.id,
        owner: market.owner.id,
        seats: 3,
        startsAt: hoursFromNow(48),
        endsAt: hoursFromNow(50),
        timeZone: 'Europe/Bucharest',
      },
    });
    expect(booking).toBeGreaterThan(0);
    const ref = { kind: 'events', id: event.id };
    const before = await read(ref);
    expect(before.event).toMatchObject({ isOn: true, participants: 1, audience: 1 });
    const small = await save(ref, { listing: whole('events', { capacity: 2 }), expected: before.updatedAt });
    expect(errorOf(small.body)).toMatchObject({ reason: 'seats-taken', issues: [{ path: 'capacity' }] });
    const kept = await call(routes.move, { method: 'POST', token: owner, params: at(ref), body: { to: 'bin' } });
    expect(errorOf(kept.body)).toMatchObject({ code: 'conflict', reason: 'has-participants' });
  });

  it('keeps of a description only what is allowed in one', async () => {
    const hostile = {
      root: {
        type: 'root',
        version: 1,
        children: [
          { type: 'heading', tag: 'h1', version: 1, children: [{ type: 'text', text: 'Welcome', format: 1 }] },
          {
            type: 'paragraph',
            version: 1,
            children: [
              { type: 'link', url: 'javascript:alert(1)', children: [{ type: 'text', text: 'here' }] },
              { type: 'link', url: 'https://example.org/a', children: [{ type: 'text', text: 'there' }] },
              { type: 'text', text: '<img src=x onerror=alert(1)>' },
            ],
          },
          { type: 'upload', relationTo: 'users', value: 1, children: [] },
        ],
      },
    };
    const ref = await created(whole('services', { description: hostile }));
    const preview = await call(routes.preview, { method: 'GET', token: owner, params: at(ref) });
    expect(preview.body).toMatchObject({
      listing: {
        descriptionHtml:
          '<h2><strong>Welcome</strong></h2><p>here<a href="https://example.org/a">there</a>&lt;img src=x onerror=alert(1)&gt;</p>',
      },
    });
  });
});

describe('pictures', () => {
  const png = (side: number) =>
    sharp({ create: { width: side, height: side, channels: 3, background: '#b5482a' } })
      .png()
      .toBuffer();
  const upload = async (
    bytes: BlobPart,
    { type = 'image/png', token = owner }: { type?: string; token?: string } = {},
  ) => {
    const form = new FormData();
    form.set('file', new File([bytes], 'hall.png', { type }));
    const encoded = new Response(form);
    const body = await encoded.arrayBuffer();
    return routes.media.POST(
      new Request('http://localhost:3001/api/account/media', {
        method: 'POST',
        headers: {
          authorization: `JWT ${token}`,
          'content-type': encoded.headers.get('content-type') ?? '',
          'content-length': String(body.byteLength),
        },
        body,
      }),
      { params: Promise.resolve({}) },
    );
  };

  it('are uploaded, described when the listing is saved, kept in order, and nobody else’s to use', async () => {
    const [first, second] = await Promise.all(
      [500, 480].map(async (side) => {
        const answer = await upload(new Uint8Array(await png(side)));
        expect(answer.status).toBe(201);
        return (await answer.json()) as { id: number; alt: string };
      }),
    );
    expect(first?.alt).toBe('');
    const gallery = [
      { id: second?.id, alt: 'The stage' },
      { id: first?.id, alt: '' },
    ];
    const ref = await created(whole('locations', { gallery }));
    const saved = await read(ref);
    expect(saved.pictures).toMatchObject(gallery);
    const refused = await save(ref, {
      listing: whole('locations', { gallery }),
      expected: saved.updatedAt,
      submit: true,
    });
    expect(pathsOf(refused.body)).toEqual(['gallery.1.alt']);
    const theirs = await create(whole('locations', { gallery }), { token: stranger });
    expect(pathsOf(theirs.body)).toEqual(['gallery.0.id', 'gallery.1.id']);
  });

  it('say in an edit what they show without changing what visitors read, until that is approved', async () => {
    const uploaded = await upload(new Uint8Array(await png(460)));
    const { id: picture } = (await uploaded.json()) as { id: number };
    const described = (alt: string) => whole('services', { gallery: [{ id: picture, alt }] });
    const ref = await created(described('The stage'), { submit: true });
    const approve = () =>
      market.payload.update({
        collection: 'services',
        id: ref.id,
        data: { moderationStatus: 'approved' },
        ...as(market.moderator),
      });
    await approve();
    const saved = await read(ref);
    const live = async () => {
      const { body } = await call(routes.live, { method: 'GET', params: { kind: 'services', slug: saved.slug } });
      const { listing } = z
        .object({
          listing: z.object({ image: z.object({ alt: z.string() }), gallery: z.array(z.object({ alt: z.string() })) }),
        })
        .parse(body);
      return [listing.image.alt, ...listing.gallery.map(({ alt }) => alt)];
    };
    await vi.waitFor(async () => expect(await live()).toEqual(['The stage', 'The stage']), { timeout: 10_000 });

    const edit = await save(ref, { listing: described('Buy elsewhere'), expected: saved.updatedAt, submit: true });
    expect(edit.status).toBe(200);
    expect((await read(ref)).pictures).toMatchObject([{ id: picture, alt: 'Buy elsewhere' }]);
    const preview = await call(routes.preview, { method: 'GET', token: owner, params: at(ref) });
    expect(preview.body).toMatchObject({ listing: { gallery: [{ alt: 'Buy elsewhere' }] } });
    expect(await live()).toEqual(['The stage', 'The stage']);
    await approve();
    await vi.waitFor(async () => expect(await live()).toEqual(['Buy elsewhere', 'Buy elsewhere']), { timeout: 10_000 });
  });

  it('are told by texts alone, whatever a draft is sent with', async () => {
    const { rest } = await import('./access/interfaces');
    const ref = await created(whole('locations', { gallery: [] }));
    const send = async (pictureTexts: unknown) =>
      (await rest('PATCH', `locations/${ref.id}?draft=true&depth=0`, { token: owner, body: { pictureTexts } })).status;
    for (const wrong of [{ 5: 7 }, ['The hall'], 'The hall', { hall: 'The hall' }, { 5: 'x'.repeat(301) }]) {
      expect([wrong, await send(wrong)]).toEqual([wrong, 400]);
    }
    expect(await send({ 5: 'The hall' })).toBe(200);
  });

  it('are refused for type, size, content, or for a stranger to listing', async () => {
    const big = new Uint8Array(12_000_001);
    const code = async (answer: Response) => errorOf(await answer.json()).code;
    expect(await code(await upload(big))).toBe('body-too-large');
    expect(await code(await upload('GIF89a', { type: 'image/gif' }))).toBe('unsupported-media-type');
    expect((await upload('this is no picture at all, however it is called')).status).toBe(400);
    const client = await market.tokenOf(market.client);
    expect(await code(await upload(new Uint8Array(await png(20)), { token: client }))).toBe('forbidden');
  });
});

describe('the list of one’s own', () => {
  it('tells states, pages and the bin, from which a listing comes back as a draft', async () => {
    const person = await market.person(['host']);
    const token = await market.tokenOf(person);
    const list = async (query: string) =>
      ownListingsSchema.parse((await call(routes.list, { method: 'GET', token, query })).body);
    const refs = [];
    for (const title of ['First', 'Second', 'Third']) {
      refs.push(await created(whole('locations', { title: `${title} hall` }), { token, submit: title === 'Third' }));
    }
    const live = await market.publish('locations', { owner: person.id });
    expect(await list('')).toMatchObject({ total: 4, counts: { live: 1, draft: 2, pending: 1, rejected: 0, bin: 0 } });
    expect((await list('?state=draft&pageSize=1&page=2')).items.map(({ title }) => title)).toEqual(['First hall']);
    expect((await list('?kind=events')).total).toBe(0);
    const move = (id: number, to: string) =>
      call(routes.move, { method: 'POST', token, params: { kind: 'locations', id: String(id) }, body: { to } });
    expect((await move(live.id, 'unpublished')).status).toBe(200);
    expect(errorOf((await move(live.id, 'unpublished')).body).reason).toBe('not-live');
    const params = { kind: 'locations', slug: live.slug ?? '' };
    expect((await call(routes.live, { method: 'GET', params })).status).toBe(404);
    const first = refs[0];
    if (!first) throw new Error('nothing was created');
    expect((await move(first.id, 'bin')).status).toBe(200);
    const bin = await list('?state=bin');
    expect(bin.items).toMatchObject([{ id: first.id, deletedAt: expect.any(String), canRestore: true }]);
    expect((await list('')).items.map(({ id }) => id)).not.toContain(first.id);
    expect((await call(routes.one, { method: 'GET', token, params: at(first) })).status).toBe(404);
    expect((await move(first.id, 'draft')).status).toBe(200);
    expect((await list('')).counts).toMatchObject({ live: 0, draft: 3, pending: 1, bin: 0 });
  });
});

describe('what staff have removed', () => {
  it('is brought back by staff alone; what its owner has, comes back as a draft', async () => {
    const move = (id: number, to: string) =>
      call(routes.move, {
        method: 'POST',
        token: owner,
        params: { kind: 'locations', id: String(id) },
        body: { to },
      });
    const bin = (id: number, deletedAt: string | null) =>
      market.payload.update({
        collection: 'locations',
        id,
        data: { deletedAt },
        trash: true,
        ...as(market.moderator),
      });
    const stateOf = async (id: number) =>
      (
        await market.pool.query<{ live: boolean; binned: boolean }>(
          `SELECT _status = 'published' AS live, deleted_at IS NOT NULL AS binned FROM locations WHERE id = $1`,
          [id],
        )
      ).rows[0];
    const { id } = await market.publish('locations');
    await bin(id, new Date().toISOString());
    const refused = await move(id, 'draft');
    expect(refused.status).toBe(403);
    expect(errorOf(refused.body).reason).toBe('removed-by-staff');
    const listed = await call(routes.list, { method: 'GET', token: owner, query: '?state=bin' });
    const inBin = ownListingsSchema.parse(listed.body);
    expect(inBin.items.find((item) => item.id === id)).toMatchObject({ canRestore: false });
    expect(await stateOf(id)).toMatchObject({ binned: true });
    await bin(id, null);
    expect((await move(id, 'bin')).status).toBe(200);
    expect((await move(id, 'draft')).status).toBe(200);
    expect(await stateOf(id)).toEqual({ live: false, binned: false });
    // Having binned it once oneself gives no right to what staff remove later.
    expect((await move(id, 'bin')).status).toBe(200);
    await bin(id, null);
    await bin(id, new Date().toISOString());
    expect((await move(id, 'draft')).status).toBe(403);
  });
});

describe('statistics', () => {
  it('sum the period and the one before, day by day, by one statement', async () => {
    const listing = await market.publish('services');
    const today = utcDayOf(new Date());
    const put = (daysAgo: number, [impressions, views, favorites, bookings]: number[]) =>
      market.pool.query(
        `INSERT INTO metrics_daily (kind, listing_id, day, impressions, views, favorites, bookings)
         VALUES ('services', $1, $2, $3, $4, $5, $6)`,
        [listing.id, addUtcDays(today, -daysAgo), impressions, views, favorites, bookings],
      );
    await put(0, [10, 4, 1, 0]);
    await put(6, [30, 6, 0, 1]);
    await put(7, [100, 50, 5, 2]);
    await put(13, [1, 1, 0, 0]);
    await put(14, [900, 900, 900, 900]);
    const params = { kind: 'services', id: String(listing.id) };
    const answer = await call(routes.statistics, { method: 'GET', token: owner, params, query: '?days=7' });
    const statistics = listingStatisticsSchema.parse(answer.body);
    expect(statistics.days).toHaveLength(7);
    expect(statistics.days[0]).toEqual({
      day: addUtcDays(today, -6),
      impressions: 30,
      views: 6,
      favorites: 0,
      bookings: 1,
    });
    expect(statistics.days.at(-1)).toMatchObject({ day: today, views: 4 });
    expect(statistics.total).toEqual({ impressions: 40, views: 10, favorites: 1, bookings: 1 });
    expect(statistics.before).toEqual({ impressions: 101, views: 51, favorites: 5, bookings: 2 });
    expect((await call(routes.statistics, { method: 'GET', token: owner, params, query: '?days=8' })).status).toBe(400);
  });

  it('offer what a form chooses from', async () => {
    const answer = await call(routes.options, { method: 'GET', token: owner });
    expect(answer.body).toMatchObject({ cities: [{ name: 'Iași', timeZone: 'Europe/Bucharest', point: null }] });
    expect((await call(routes.options, { method: 'GET' })).status).toBe(401);
  });
});
