import {
  accountExportSchema,
  blocksSchema,
  conversationsSchema,
  publicProfileSchema,
  sessionsSchema,
} from '@convene/common/api';
import { errorAnswerSchema } from '@convene/common/errors';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '../src/payload-types';
import { as, createMarket, humanForm, type Market } from './marketFixture';
import { call, PASSWORD } from './payloadHarness';

let market: Market;
let routes: Awaited<ReturnType<typeof loadRoutes>>;

const loadRoutes = async () => ({
  person: await import('../src/app/api/people/[id]/route'),
  avatar: await import('../src/app/api/account/avatar/route'),
  removeAvatar: await import('../src/app/api/account/avatar/remove/route'),
  account: await import('../src/app/api/account/route'),
  profile: await import('../src/app/api/account/profile/route'),
  settings: await import('../src/app/api/account/settings/route'),
  sessions: await import('../src/app/api/account/sessions/route'),
  endOthers: await import('../src/app/api/account/sessions/end-others/route'),
  signIn: await import('../src/app/api/auth/sign-in/route'),
  blocks: await import('../src/app/api/account/blocks/route'),
  unblock: await import('../src/app/api/account/blocks/remove/route'),
  messages: await import('../src/app/api/messages/route'),
  conversations: await import('../src/app/api/account/messages/route'),
  bookings: await import('../src/app/api/bookings/route'),
  export: await import('../src/app/api/account/export/route'),
  close: await import('../src/app/api/account/delete/route'),
});

beforeAll(async () => {
  market = await createMarket();
  routes = await loadRoutes();
});
afterAll(() => market.dispose());

const errorOf = (body: unknown) => errorAnswerSchema.parse(body).error;

const profileOf = (id: number | string, query = '') =>
  call<{ id: string }>(routes.person, { method: 'GET', query, params: { id: String(id) } });

const sendPicture = async (token: string, body: Buffer | string, type = 'image/png') => {
  const answer = await routes.avatar.POST(
    new Request('http://localhost:3001/api/account/avatar', {
      method: 'POST',
      headers: { 'Content-Type': type, Authorization: `JWT ${token}` },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    }),
    { params: Promise.resolve({}) },
  );
  return { status: answer.status, body: await answer.json() };
};

const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 900, height: 500, channels: 3, background: '#c33' } })
    .withExif({ IFD0: { Copyright: 'a secret place' } })
    .jpeg()
    .toBuffer();

const mediaOf = async (user: User) =>
  (
    await market.pool.query<{ id: number; filename: string; width: number; height: number }>(
      'SELECT media.id, filename, width::int, height::int FROM users JOIN media ON media.id = avatar_id WHERE users.id = $1',
      [user.id],
    )
  ).rows[0];

describe('a profile', () => {
  it('shows what everybody may know, and nothing else', async () => {
    const host = await market.person(['host', 'moderator']);
    const token = await market.tokenOf(host);
    const changed = await call(routes.profile, { token, body: { bio: 'I keep\r\nhalls.' } });
    expect(changed.body).toMatchObject({ bio: 'I keep\nhalls.' });
    const live = await market.publish('locations', { owner: host.id });
    await market.publish('services', { owner: host.id, moderationStatus: 'pending', _status: 'draft' });
    await market.payload.create({
      collection: 'reviews',
      data: {
        kind: 'locations',
        listingId: live.id,
        author: market.client.id,
        rating: 4,
        text: 'Bright and quiet.',
        moderationStatus: 'approved',
      },
    });
    const answer = await profileOf(host.id);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body as object).sort()).toEqual(
      ['avatarUrl', 'bio', 'displayName', 'id', 'listings', 'memberSince', 'reviews', 'verified'].sort(),
    );
    const profile = publicProfileSchema.parse(answer.body);
    expect(profile).toMatchObject({ displayName: host.displayName, bio: 'I keep\nhalls.', verified: false });
    expect(profile.reviews).toEqual({ average: 4, count: 1 });
    expect(profile.listings.items.map(({ id }) => id)).toEqual([live.id]);
    expect(JSON.stringify(answer.body)).not.toMatch(/@|moderator/);
  });

  it('pages the listings', async () => {
    const host = await market.person(['host']);
    for (let number = 0; number < 13; number += 1) await market.publish('locations', { owner: host.id });
    const first = publicProfileSchema.parse((await profileOf(host.id)).body).listings;
    const second = publicProfileSchema.parse((await profileOf(host.id, '?page=2')).body).listings;
    expect([first.items.length, second.items.length, first.total]).toEqual([12, 1, 13]);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(13);
  });

  it('is not there for who is deleted, unconfirmed or nobody', async () => {
    const gone = await market.person();
    const token = await market.tokenOf(gone);
    expect((await call(routes.close, { token, body: { password: PASSWORD } })).status).toBe(200);
    const unconfirmed = await market.createUser({ email: 'unconfirmed@example.com', _verified: false });
    for (const id of [gone.id, unconfirmed.id, 987_654]) expect((await profileOf(id)).status).toBe(404);
    expect((await profileOf('1x')).status).toBe(400);
  });
});

it('a profile and cards are read as often as people do, from an address', async () => {
  const cards = await import('../src/app/api/cards/route');
  const ip = '203.0.113.90';
  const asks = [
    () => call(routes.person, { method: 'GET', ip, params: { id: '999999' } }),
    () => call(cards, { method: 'GET', ip, query: '?listings=events:999999' }),
  ];
  for (const ask of asks) {
    const statuses = (await Promise.all(Array.from({ length: 121 }, ask))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  }
});

describe('a picture', () => {
  it('is made square and anew, takes the place of the one before, and goes when it is taken away', async () => {
    const person = await market.person();
    const token = await market.tokenOf(person);
    const first = await sendPicture(token, await picture());
    expect(first.status).toBe(200);
    const kept = await mediaOf(person);
    expect(kept).toMatchObject({ width: 320, height: 320, filename: expect.stringMatching(/^[0-9a-f-]{36}\.webp$/) });
    expect(first.body).toEqual({ avatarUrl: expect.stringContaining(String(kept?.filename)) });
    expect((await call(routes.account, { method: 'GET', token })).body).toMatchObject(first.body as object);
    expect((await sendPicture(token, await picture())).status).toBe(200);
    expect((await mediaOf(person))?.id).not.toBe(kept?.id);
    expect(await market.payload.count({ collection: 'media', where: { id: { equals: kept?.id } } })).toMatchObject({
      totalDocs: 0,
    });
    expect((await call(routes.removeAvatar, { token })).body).toEqual({ avatarUrl: null });
    expect(await mediaOf(person)).toBeUndefined();
  });

  it('keeps nothing of what was hidden in the file', async () => {
    const { squareOf } = await import('../src/collections/Users/avatar');
    const square = await squareOf(await picture());
    expect((await sharp(square).metadata()).exif).toBeUndefined();
    expect(square.includes('a secret place')).toBe(false);
  });

  it('is refused where it is none, too large, or a drawing that could hold a script', async () => {
    const token = await market.tokenOf(await market.person());
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
    for (const body of ['no image', svg]) {
      const answer = await sendPicture(token, body);
      expect([answer.status, errorOf(answer.body).reason]).toEqual([400, 'not-an-image']);
    }
    expect((await sendPicture(token, Buffer.alloc(8_000_001))).status).toBe(413);
    expect((await sendPicture(token, 'x', 'text/plain')).status).toBe(415);
    const other = await market.payload.create({
      collection: 'media',
      data: { alt: 'Somebody else’s' },
      file: { data: await picture(), mimetype: 'image/jpeg', name: 'other.jpg', size: 1 },
    });
    const person = await market.person();
    await market.payload.update({ collection: 'users', id: person.id, data: { avatar: other.id }, ...as(person) });
    expect(await mediaOf(person)).toBeUndefined();
  });
});

describe('a role', () => {
  it('is given up once no listing depends on it', async () => {
    const host = await market.person(['host']);
    const token = await market.tokenOf(host);
    const { id } = await market.publish('locations', { owner: host.id });
    const refused = await call(routes.profile, { token, body: { roles: ['client'] } });
    expect([refused.status, errorOf(refused.body).reason]).toEqual([409, 'role-in-use']);
    await market.pool.query('UPDATE locations SET deleted_at = now() WHERE id = $1', [id]);
    expect((await call(routes.profile, { token, body: { roles: ['client'] } })).body).toMatchObject({
      roles: ['client'],
    });
  });
});

describe('sessions', () => {
  it('are listed with the browser they were opened from, and the others ended', async () => {
    const person = await market.person();
    const signIn = async (userAgent: string): Promise<string> => {
      const answer = await routes.signIn.POST(
        new Request('http://localhost:3001/api/auth/sign-in', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'User-Agent': userAgent },
          body: JSON.stringify({ email: person.email, password: PASSWORD }),
        }),
        { params: Promise.resolve({}) },
      );
      return (await answer.json()).token;
    };
    const old = await signIn('An old telephone');
    const token = await signIn('A desk');
    const { items } = sessionsSchema.parse((await call(routes.sessions, { method: 'GET', token })).body);
    expect(items.map(({ isCurrent, userAgent }) => [isCurrent, userAgent])).toEqual([
      [true, 'A desk'],
      [false, 'An old telephone'],
    ]);
    expect((await call(routes.endOthers, { token })).status).toBe(200);
    expect((await call(routes.account, { method: 'GET', token: old })).status).toBe(401);
    expect((await call(routes.account, { method: 'GET', token })).status).toBe(200);
  });
});

describe('somebody who is blocked', () => {
  it('neither writes to nor books with who blocked them, and is not told', async () => {
    const owner = await market.person(['host', 'organizer']);
    const pest = await market.person();
    const hall = await market.publish('locations', { owner: owner.id });
    const event = await market.publish('events', { owner: owner.id });
    const [ownerToken, pestToken] = [await market.tokenOf(owner), await market.tokenOf(pest)];
    const write = () =>
      call(routes.messages, {
        token: pestToken,
        body: { kind: 'locations', listingId: hall.id, text: 'Hello again.', form: humanForm() },
      });
    expect((await write()).status).toBe(201);
    expect((await call(routes.blocks, { token: ownerToken, body: { userId: pest.id } })).status).toBe(200);
    expect((await call(routes.blocks, { token: ownerToken, body: { userId: pest.id } })).status).toBe(200);
    const refused = await write();
    expect([refused.status, errorOf(refused.body).reason]).toEqual([403, 'cannot-reach']);
    expect(errorOf(refused.body).message).not.toMatch(/block/i);
    const booking = await call(routes.bookings, {
      token: pestToken,
      body: { kind: 'events', listingId: event.id, seats: 1, form: humanForm() },
    });
    expect([booking.status, errorOf(booking.body).reason]).toEqual([403, 'cannot-reach']);
    const answer = await call(routes.messages, {
      token: ownerToken,
      body: { kind: 'locations', listingId: hall.id, clientId: pest.id, text: 'No.', form: humanForm() },
    });
    expect(errorOf(answer.body).reason).toBe('you-blocked');

    const inbox = await call(routes.conversations, { method: 'GET', token: ownerToken });
    expect(conversationsSchema.parse(inbox.body).items).toMatchObject([{ isBlocked: true }]);
    const theirs = await call(routes.conversations, { method: 'GET', token: pestToken });
    expect(conversationsSchema.parse(theirs.body).items).toMatchObject([{ isBlocked: false }]);
    const list = blocksSchema.parse((await call(routes.blocks, { method: 'GET', token: ownerToken })).body);
    expect(list.items).toMatchObject([{ userId: pest.id, displayName: pest.displayName }]);
    expect((await call(routes.blocks, { method: 'GET', token: pestToken })).body).toEqual({ items: [] });
    const found = await market.payload.find({ collection: 'blocks', ...as(pest) });
    expect(found.totalDocs).toBe(0);

    expect((await call(routes.unblock, { token: ownerToken, body: { userId: pest.id } })).status).toBe(200);
    expect((await write()).status).toBe(201);
  });

  it('is somebody else who is there', async () => {
    const person = await market.person();
    const token = await market.tokenOf(person);
    expect((await call(routes.blocks, { token, body: { userId: person.id } })).status).toBe(400);
    expect((await call(routes.blocks, { token, body: { userId: 987_654 } })).status).toBe(404);
    expect((await call(routes.blocks, { body: { userId: market.owner.id } })).status).toBe(401);
    await expect(
      market.payload.create({
        collection: 'blocks',
        data: { blocker: market.client.id, blocked: market.owner.id },
        ...as(person),
      }),
    ).rejects.toThrow();
  });
});

describe('an export', () => {
  it('holds what is kept of the person, and of others what they could see', async () => {
    const host = await market.person(['host']);
    const token = await market.tokenOf(host);
    const { id: media } = await market.payload.create({
      collection: 'media',
      data: { alt: 'The hall', uploadedBy: host.id },
      file: { data: await picture(), name: 'hall.jpg', mimetype: 'image/jpeg', size: 1 },
    });
    await market.publish('locations', {
      owner: host.id,
      title: 'Hall “of” exports',
      contact: { phone: '0232 123 456' },
      gallery: [media],
      deletedAt: new Date().toISOString(),
    });
    const event = await market.publish('events', { owner: host.id });
    const theirs = await market.publish('locations', { owner: null, claimStatus: 'unclaimed' });
    await market.pool.query(
      `INSERT INTO claims (kind, listing_id, claimant_id, text, status)
       VALUES ('locations', $2, $1, 'It is mine.', 'pending')`,
      [host.id, theirs.id],
    );
    await market.pool.query(
      `INSERT INTO reports (subject, subject_kind, subject_id, reason, details, reporter_id)
       VALUES ('listing', 'locations', $2, 'spam', 'Look at it.', $1)`,
      [host.id, theirs.id],
    );
    await market.pool.query(
      `INSERT INTO contact_messages (name, email, subject, text, user_id) VALUES ('H', 'h@example.com', 'Hello', 'Well?', $1)`,
      [host.id],
    );
    const { id: saved } = await market.publish('services');
    await market.payload.create({
      collection: 'favorites',
      data: { kind: 'services', listingId: saved, user: host.id },
    });
    await market.payload.create({
      collection: 'messages',
      data: {
        kind: 'services',
        listingId: saved,
        client: host.id,
        owner: market.owner.id,
        sender: market.owner.id,
        text: 'A "quoted"\nline.',
      },
    });
    const answer = await call(routes.export, { method: 'GET', token });
    expect(answer.headers.get('content-disposition')).toMatch(/attachment/);
    const all = accountExportSchema.parse(answer.body);
    expect(all.profile).toMatchObject({ email: host.email, roles: ['client', 'host'] });
    expect(all.listings).toMatchObject([
      {
        title: 'Hall “of” exports',
        contact: { email: null, phone: '0232 123 456' },
        price: { amountMinor: 5_000, currency: 'EUR', unit: 'day' },
        gallery: [expect.stringMatching(/\/api\/media\/file\/.+\.webp$/)],
        times: null,
        deletedAt: expect.any(String),
      },
      { listingId: event.id, gallery: [], times: { timeZone: 'Europe/Bucharest' }, deletedAt: null },
    ]);
    expect(all.claims).toMatchObject([{ listingId: theirs.id, text: 'It is mine.', status: 'pending' }]);
    expect(all.reports).toMatchObject([{ subject: 'listing', subjectId: theirs.id, details: 'Look at it.' }]);
    expect(all.contactMessages).toMatchObject([{ subject: 'Hello', text: 'Well?', status: 'open' }]);
    expect(all.uploads).toMatchObject([{ alt: 'The hall' }]);
    expect(all.favorites).toMatchObject([{ kind: 'services', listingId: saved }]);
    expect(all.messages).toMatchObject([
      { isOwn: false, otherName: market.owner.displayName, text: 'A "quoted"\nline.' },
    ]);
    expect(all.sessions).toHaveLength(1);
    expect(JSON.stringify(all)).not.toContain(market.owner.email);
    for (let again = 0; again < 4; again += 1) await call(routes.export, { method: 'GET', token });
    expect((await call(routes.export, { method: 'GET', token })).status).toBe(429);
    expect((await call(routes.export, { method: 'GET' })).status).toBe(401);
  });

  it('reads more than one statement takes', async () => {
    const person = await market.person();
    await market.pool.query(
      `INSERT INTO favorites (kind, listing_id, user_id) SELECT 'events', n, $1 FROM generate_series(1, 1100) AS n`,
      [person.id],
    );
    const { exportData } = await import('../src/collections/Users/exportData');
    let text = '';
    for await (const piece of exportData(market.pool, { userId: person.id })) text += piece;
    expect(accountExportSchema.parse(JSON.parse(text)).favorites).toHaveLength(1_100);
  });
});

describe('a deleted account', () => {
  it('goes for good with the blocks that name it', async () => {
    const [person, other] = [await market.person(), await market.person()];
    for (const [blocker, blocked] of [
      [person.id, other.id],
      [other.id, person.id],
    ] as const) {
      await market.payload.create({ collection: 'blocks', data: { blocker, blocked } });
    }
    await market.payload.delete({ collection: 'users', id: person.id, ...as(market.admin) });
    const { rowCount } = await market.pool.query('SELECT FROM blocks WHERE $1 IN (blocker_id, blocked_id)', [other.id]);
    expect(rowCount).toBe(0);
  });

  it('leaves neither picture nor words about itself nor blocks', async () => {
    const person = await market.person();
    const token = await market.tokenOf(person);
    await sendPicture(token, await picture());
    await call(routes.profile, { token, body: { bio: 'About me.' } });
    await call(routes.blocks, { token, body: { userId: market.owner.id } });
    const kept = await mediaOf(person);
    expect((await call(routes.close, { token, body: { password: PASSWORD } })).status).toBe(200);
    const { rows } = await market.pool.query('SELECT bio, avatar_id FROM users WHERE id = $1', [person.id]);
    expect(rows).toEqual([{ bio: null, avatar_id: null }]);
    const left = await market.pool.query(
      'SELECT (SELECT count(*) FROM media WHERE id = $1) + (SELECT count(*) FROM blocks WHERE blocker_id = $2) AS n',
      [kept?.id, person.id],
    );
    expect(left.rows).toEqual([{ n: '0' }]);
  });
});
