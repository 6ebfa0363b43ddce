import type { CollectionSlug } from 'payload';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessTable } from '../../src/access/table/accessTable';
import type { Location, User } from '../../src/payload-types';
import { as, createMarket, hoursFromNow, type Market } from '../marketFixture';
import type { GraphqlAnswer } from './interfaces';

type Rest = typeof import('./interfaces')['rest'];
type Graphql = typeof import('./interfaces')['graphql'];

/** In everything that a stranger must not see, wherever it stands. */
const CANARY = 'canary7';

let market: Market;
let rest: Rest;
let graphql: Graphql;
let stranger: User;
let strangersToken: string;
let ownersToken: string;
let live: Location;

const visitors = (): [string, string | undefined][] => [
  ['a visitor', undefined],
  ['a stranger with every listing role', strangersToken],
];

beforeAll(async () => {
  market = await createMarket();
  ({ rest, graphql } = await import('./interfaces'));
  const { payload, pool, client, owner } = market;
  const { silentContext: context } = await import('../../src/notifications/silence');
  await pool.query(
    `UPDATE users SET email = 'client-${CANARY}@example.com', pending_email = '${CANARY}@example.com',
    reset_password_token = '${CANARY}', _verificationtoken = '${CANARY}', pending_email_token_hash = '${CANARY}'
    WHERE id = $1`,
    [client.id],
  );
  await pool.query(`UPDATE users SET email = 'owner-${CANARY}@example.com' WHERE id = $1`, [owner.id]);
  owner.email = `owner-${CANARY}@example.com`;
  stranger = await market.person(['host', 'organizer', 'provider']);
  strangersToken = await market.tokenOf(stranger);
  ownersToken = await market.tokenOf(owner);

  live = (await market.publish('locations', { title: 'Seen by all' })) as Location;
  await payload.update({
    collection: 'locations',
    id: live.id,
    data: { title: `Unapproved ${CANARY}`, rejectionReason: CANARY, moderationStatus: 'pending' },
    draft: true,
    context,
  });
  await pool.query(`UPDATE locations SET rejection_reason = '${CANARY}' WHERE id = $1`, [live.id]);
  await payload.create({
    collection: 'locations',
    data: {
      ...live,
      id: undefined,
      slug: CANARY,
      title: `Draft ${CANARY}`,
      _status: 'draft',
      moderationStatus: 'draft',
    } as never,
    draft: true,
    context,
  });
  const binned = await market.publish('locations', { title: `In the bin ${CANARY}` });
  await pool.query('UPDATE locations SET deleted_at = now() WHERE id = $1', [binned.id]);
  await pool.query('UPDATE _locations_v SET version_deleted_at = now() WHERE parent_id = $1', [binned.id]);

  const listing = { kind: 'locations', listingId: live.id };
  const times = { startsAt: hoursFromNow(5), endsAt: hoursFromNow(6), timeZone: 'Europe/Bucharest' };
  const both = { client: client.id, owner: owner.id };
  await payload.create({
    collection: 'bookings',
    data: { ...listing, ...times, ...both, type: 'stay', status: 'requested', seats: 1, note: CANARY },
    context,
  });
  await payload.create({
    collection: 'messages',
    data: { ...listing, ...both, sender: client.id, text: CANARY },
    context,
  });
  await payload.create({
    collection: 'claims',
    data: {
      ...listing,
      claimant: client.id,
      text: CANARY,
      status: 'pending',
      tokenHash: CANARY,
      invitedEmail: `${CANARY}@x.org`,
    },
    context,
  });
  await payload.create({
    collection: 'reviews',
    data: { ...listing, author: client.id, rating: 3, text: `Waiting ${CANARY}`, moderationStatus: 'pending' },
    context,
  });
  await payload.create({
    collection: 'reviews',
    data: {
      ...listing,
      author: owner.id,
      rating: 3,
      text: 'Seen by all, too.',
      moderationStatus: 'approved',
      reason: CANARY,
    },
    context,
  });
  await payload.db.create({
    collection: 'payload-preferences',
    data: { user: { relationTo: 'users', value: client.id }, key: 'list', value: { said: CANARY } },
  });
  await pool.query(
    `INSERT INTO notification_outbox (id, type, payload, status) VALUES ('x', '${CANARY}', '{}', 'pending')`,
  );
});
afterAll(() => market.dispose());

const slugs = Object.keys(accessTable) as CollectionSlug[];

describe('what is private shows nowhere', () => {
  const ways = [
    'depth=0',
    'depth=5',
    'depth=5&draft=true',
    'depth=5&trash=true&limit=100',
    'depth=5&trash=true&draft=true',
    'showHiddenFields=true&overrideAccess=true&depth=3',
    'select[hash]=true&select[email]=true&select[note]=true&select[rejectionReason]=true',
    'populate[users][email]=true&populate[users][hash]=true&depth=2',
    'joins[related][limit]=5&depth=2',
    'locale=all&fallback-locale=ro&depth=2',
  ];

  it.each(slugs)('by REST in %s', async (slug) => {
    for (const [who, token] of visitors()) {
      for (const query of ways) {
        for (const path of [
          `${slug}?${query}`,
          `${slug}/versions?${query}`,
          `${slug}/1?${query}`,
          `${slug}/versions/1?${query}`,
        ]) {
          const { body } = await rest('GET', path, { token });
          expect([who, path, JSON.stringify(body)]).not.toEqual([who, path, expect.stringContaining(CANARY)]);
        }
      }
    }
  });

  it('by GraphQL, through relations and into drafts and the bin', async () => {
    const queries = [
      '{ Locations(draft: true, trash: true, limit: 50) { docs { title rejectionReason owner { email displayName } } } }',
      '{ Location(id: 1, draft: true) { title rejectionReason owner { email } } }',
      '{ versionsLocations { docs { version { title owner { email } } } } }',
      '{ Bookings { docs { note client { email } owner { email } } } }',
      '{ Messages { docs { text sender { email } } } }',
      '{ Reviews { docs { text reason author { email } } } }',
      '{ Users(trash: true) { docs { email pendingEmail } } }',
      '{ Claims { docs { text invitedEmail } } }',
      '{ PayloadPreferences { docs { value } } }',
    ];
    for (const [who, token] of visitors()) {
      for (const query of queries) {
        const answer = await graphql(query, { token });
        expect([who, query, JSON.stringify(answer)]).not.toEqual([who, query, expect.stringContaining(CANARY)]);
      }
    }
  });

  it('to its owner and author it does show', async () => {
    const { body } = await rest('GET', 'locations?draft=true&depth=0', { token: ownersToken });
    expect(JSON.stringify(body)).toContain(`Unapproved ${CANARY}`);
  });
});

describe('no question tells what may not be read', () => {
  /** Of each a value that is there, and one that isn't: the answers must be the same. */
  const secrets: [CollectionSlug, string, string, string][] = [
    ...[
      'email',
      'resetPasswordToken',
      '_verificationToken',
      'pendingEmail',
      'pendingEmailTokenHash',
      'hash',
      'salt',
      'sessions.id',
      'lockUntil',
    ].flatMap((field): [CollectionSlug, string, string, string][] => [
      ['users', field, CANARY, 'nothing-like-it'],
      ['locations', `owner.${field}`, CANARY, 'nothing-like-it'],
      ['reviews', `author.${field}`, CANARY, 'nothing-like-it'],
      ['media', `uploadedBy.${field}`, CANARY, 'nothing-like-it'],
    ]),
    ['locations', 'rejectionReason', CANARY, 'nothing-like-it'],
    ['locations', 'owner.roles', 'host', 'moderator'],
    ['locations', 'title', CANARY, 'nothing-like-it'],
    ['reviews', 'reason', CANARY, 'nothing-like-it'],
    ['reviews', 'text', CANARY, 'nothing-like-it'],
    ['bookings', 'note', CANARY, 'nothing-like-it'],
    ['messages', 'text', CANARY, 'nothing-like-it'],
    ['claims', 'tokenHash', CANARY, 'nothing-like-it'],
    ['notification-outbox', 'type', CANARY, 'nothing-like-it'],
  ];

  it.each(secrets)('%s by %s', async (slug, field, there, absent) => {
    for (const [who, token] of visitors()) {
      for (const extra of ['', '&draft=true', '&trash=true']) {
        for (const path of [slug, `${slug}/count`, `${slug}/versions`]) {
          for (const operator of ['like', 'contains', 'equals']) {
            const ask = async (value: string) => {
              const name = path.endsWith('versions') ? `version.${field}` : field;
              const { status, body } = await rest('GET', `${path}?where[${name}][${operator}]=${value}${extra}`, {
                token,
              });
              return { who, path, operator, status, total: body['totalDocs'] };
            };
            expect(await ask(there)).toEqual(await ask(absent));
          }
        }
      }
    }
  });

  it.each(['owner.email', 'owner.hash', 'owner.roles', 'owner.resetPasswordToken', 'rejectionReason'])(
    'order by %s',
    async (field) => {
      for (const [, token] of visitors()) {
        for (const path of [
          `locations?sort=${field}`,
          `locations?sort=-title,${field}`,
          `locations?sort=${field}&draft=true`,
        ]) {
          expect([path, (await rest('GET', path, { token })).status]).toEqual([path, 400]);
        }
      }
      const query = `{ Locations(sort: "-${field.replace('.', '__')}") { docs { id } } }`;
      expect((await graphql(query, { token: strangersToken })).errors).toHaveLength(1);
    },
  );

  it('GraphQL’s conditions, too', async () => {
    const ask = async (value: string): Promise<GraphqlAnswer> =>
      graphql(`{ countLocations(where: { owner__email: { like: "${value}" } }) { totalDocs } }`, {
        token: strangersToken,
      });
    expect((await ask(CANARY)).data).toEqual((await ask('nothing-like-it')).data);
  });
});

describe('nobody makes themselves more', () => {
  const rolesOf = async (id: number) => (await market.payload.findByID({ collection: 'users', id, depth: 0 })).roles;

  it.each(['moderator', 'admin'])('by asking for %s', async (role) => {
    const token = strangersToken;
    const before = await rolesOf(stranger.id);
    const attempts = [
      await rest('PATCH', `users/${stranger.id}`, { token, body: { roles: ['client', role] } }),
      await rest('PATCH', `users?where[id][exists]=true`, { token, body: { roles: ['client', role] } }),
      await rest('POST', 'users', {
        token,
        body: { email: 'new@example.com', password: 'a-long-password', displayName: 'New', roles: [role] },
      }),
      await rest('POST', 'users', {
        body: { email: 'new@example.com', password: 'a-long-password', displayName: 'New', roles: [role] },
      }),
      await rest('POST', 'users/first-register', {
        body: { email: 'new@example.com', password: 'a-long-password', displayName: 'New' },
      }),
      await rest('POST', 'locations', { token, body: { title: 'Nested', owner: { id: stranger.id, roles: [role] } } }),
    ];
    await graphql(`mutation { updateUser(id: ${stranger.id}, data: { roles: [client, ${role}] }) { id } }`, { token });
    await graphql(
      `mutation { createUser(data: { email: "g@example.com", password: "a-long-password", displayName: "G", roles: [${role}] }) { id } }`,
      { token },
    );
    expect(await rolesOf(stranger.id)).toEqual(before);
    expect(attempts.slice(2, 5).map(({ status }) => status)).toEqual([403, 403, 403]);
    const { totalDocs } = await market.payload.count({
      collection: 'users',
      where: { email: { in: ['new@example.com', 'g@example.com'] } },
    });
    expect(totalDocs).toBe(0);
  });

  it('by changing many rows at once', async () => {
    const title = 'Taken over';
    const states = async () =>
      (
        await market.pool.query('SELECT id, title, tier, deleted_at FROM locations WHERE owner_id <> $1 ORDER BY id', [
          stranger.id,
        ])
      ).rows;
    const before = await states();
    await rest('PATCH', 'locations?where[id][exists]=true&trash=true', {
      token: strangersToken,
      body: { title, tier: 'sponsored' },
    });
    await rest('PATCH', 'locations?where[id][exists]=true', {
      token: strangersToken,
      body: { deletedAt: new Date().toISOString() },
    });
    await rest('DELETE', 'locations?where[id][exists]=true', { token: strangersToken });
    await rest('DELETE', 'locations?where[id][exists]=true&trash=true', { token: ownersToken });
    for (const slug of ['bookings', 'messages', 'reviews', 'favorites', 'claims', 'users', 'media'] as const) {
      const count = async () => (await market.payload.count({ collection: slug })).totalDocs;
      const rows = await count();
      await rest('DELETE', `${slug}?where[id][exists]=true`, { token: strangersToken });
      expect([slug, await count()]).toEqual([slug, rows]);
    }
    expect(await states()).toEqual(before);
  });

  it('an owner changes no tier, state, owner or date of the own listing', async () => {
    const body = {
      tier: 'sponsored',
      moderationStatus: 'approved',
      _status: 'published',
      claimStatus: 'unclaimed',
      verified: true,
      owner: stranger.id,
      approvedAt: '2001-01-01T00:00:00.000Z',
      createdAt: '2001-01-01T00:00:00.000Z',
      previousSlugs: ['taken'],
    };
    const { id } = await market.publish('locations');
    const state = async () =>
      (
        await market.pool.query(
          'SELECT tier, moderation_status, _status, claim_status, verified, owner_id, approved_at, created_at FROM locations WHERE id = $1',
          [id],
        )
      ).rows[0];
    const before = await state();
    for (const query of ['', '?draft=true', '?autosave=true&draft=true', '?publishAllLocales=true', '?locale=all']) {
      await rest('PATCH', `locations/${id}${query}`, { token: ownersToken, body });
    }
    expect(await state()).toEqual(before);
    const draft = await market.payload.findByID({ collection: 'locations', id, draft: true, depth: 0 });
    expect(draft).toMatchObject({ tier: 'standard', claimStatus: 'claimed', verified: false, owner: market.owner.id });
    expect(draft.createdAt).not.toBe(body.createdAt);
  });

  it('by another’s draft, copied or brought back', async () => {
    const { docs } = await market.payload.findVersions({
      collection: 'locations',
      where: { parent: { equals: live.id } },
    });
    const answers = [
      await rest('POST', `locations/${live.id}/duplicate?draft=true`, { token: strangersToken, body: {} }),
      ...(await Promise.all(docs.map(({ id }) => rest('POST', `locations/versions/${id}`, { token: strangersToken })))),
    ];
    for (const { status, body } of answers) {
      expect(JSON.stringify(body)).not.toContain(CANARY);
      if (status < 300) expect(JSON.stringify(body)).not.toContain('"tier":"recommended"');
    }
    expect(answers.slice(1).every(({ status }) => status === 403)).toBe(true);
  });

  it('with the admin’s locks and settings of others', async () => {
    const { client } = market;
    const lock = {
      document: { relationTo: 'locations', value: live.id },
      user: { relationTo: 'users', value: stranger.id },
    };
    expect((await rest('POST', 'payload-locked-documents', { token: strangersToken, body: lock })).status).toBe(403);
    await rest('POST', 'payload-preferences/list', { token: strangersToken, body: { value: { said: 'mine' } } });
    await rest('DELETE', 'payload-preferences/list', { token: strangersToken });
    const { rows } = await market.pool.query(
      `SELECT value FROM payload_preferences JOIN payload_preferences_rels AS rel ON rel.parent_id = payload_preferences.id
       WHERE rel.users_id = $1`,
      [client.id],
    );
    expect(rows).toEqual([{ value: { said: CANARY } }]);
  });
});

describe('GraphQL', () => {
  it.each([
    'loginUser(email: "a@example.com", password: "x") { token }',
    'forgotPasswordUser(email: "a@example.com")',
    'resetPasswordUser(token: "x", password: "y") { token }',
    'verifyEmailUser(token: "x")',
  ])('offers no %s', async (mutation) => {
    const { data, errors } = await graphql(`mutation { ${mutation} }`);
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.message).toMatch(/not offered/);
  });

  it('answers no batch, no twenty-one queries in one, and nothing that costs too much', async () => {
    const many = Array.from({ length: 21 }, (_, index) => `a${index}: countLocations { totalDocs }`).join(' ');
    expect((await graphql(`{ ${many} }`)).errors?.[0]?.message).toMatch(/At most 20/);
    const dear = Array.from(
      { length: 20 },
      (_, index) =>
        `b${index}: Locations { docs { owner { id } cover { id uploadedBy { id } } gallery { id uploadedBy { id } } } }`,
    );
    expect((await graphql(`{ ${dear.join(' ')} }`)).errors?.[0]?.message).toMatch(/complexity|maximum/i);
  });

  it('is silent about its schema in production', () => {
    expect(market.payload.config.graphQL.disableIntrospectionInProduction).not.toBe(false);
    expect(market.payload.config.graphQL.disablePlaygroundInProduction).toBe(true);
  });
});

describe('the bin', () => {
  it('takes a listing from its visitors at once, although an edit of it waits, and gives it back as it was', async () => {
    const { readListing } = await import('../../src/endpoints/listings/listing');
    const { id, slug } = await market.publish('locations', { title: 'To and fro' });
    await market.payload.update({
      collection: 'locations',
      id,
      data: { title: 'Edited, not approved', _status: 'published' },
      ...as(market.owner),
    });
    expect(
      (await rest('PATCH', `locations/${id}`, { token: ownersToken, body: { deletedAt: new Date().toISOString() } }))
        .status,
    ).toBe(200);
    await expect(readListing('locations', slug)).rejects.toMatchObject({ code: 'not-found' });
    expect((await rest('GET', `locations/${id}?trash=true`)).status).toBe(404);
    await market.takeMails();
    const moderators = await market.tokenOf(market.moderator);
    expect(
      (await rest('PATCH', `locations/${id}?trash=true`, { token: ownersToken, body: { deletedAt: null } })).status,
    ).toBe(403);
    expect(
      (await rest('PATCH', `locations/${id}?trash=true`, { token: moderators, body: { deletedAt: null } })).status,
    ).toBe(200);
    expect(await readListing('locations', slug)).toMatchObject({ listing: { title: 'To and fro' } });
    expect(await market.takeMails()).toEqual([]);
  });
});

describe('an account', () => {
  it('that staff verify by hand hears of it once, as does one whose request they grant', async () => {
    const { payload } = market;
    const person = await market.person();
    await market.takeMails();
    await payload.update({
      collection: 'users',
      id: person.id,
      data: { verification: 'verified' },
      ...as(market.admin),
    });
    expect((await market.takeMails()).map(({ type }) => type)).toEqual(['account.verified']);
    const asking = await market.person();
    const { id } = await payload.create({
      collection: 'verifications',
      data: { user: asking.id, legalName: 'A B', status: 'pending' },
    });
    await market.takeMails();
    await payload.update({ collection: 'verifications', id, data: { status: 'approved' }, ...as(market.admin) });
    expect((await market.takeMails()).map(({ type }) => type)).toEqual(['account.verified']);
  });

  it('whose reset fails in the middle costs no connection', async () => {
    const { payload, pool } = market;
    const person = await market.person();
    await pool.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$`,
    );
    await pool.query(
      `CREATE TRIGGER refuse BEFORE INSERT ON notification_outbox FOR EACH ROW WHEN (NEW.type = 'user.reset.confirmed') EXECUTE FUNCTION refuse()`,
    );
    await pool.query(
      `UPDATE users SET reset_password_token = 'reset-me', reset_password_expiration = now() + interval '1 hour' WHERE id = $1`,
      [person.id],
    );
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const { status } = await rest('POST', 'users/reset-password', {
        body: { token: 'reset-me', password: 'another-long-password' },
      });
      expect(status).toBe(500);
    }
    await pool.query('DROP TRIGGER refuse ON notification_outbox');
    expect(Object.keys(payload.db.sessions ?? {})).toEqual([]);
    const { status, body } = await rest('POST', 'users/reset-password', {
      body: { token: 'reset-me', password: 'another-long-password' },
    });
    expect([status, typeof body['token']]).toEqual([200, 'string']);
  });
});

describe('slugs', () => {
  it('of twenty listings with one title made at once are twenty', async () => {
    const { title: _, ...rest } = live;
    const made = await Promise.all(
      Array.from({ length: 20 }, () =>
        market.payload.create({
          collection: 'locations',
          data: {
            ...rest,
            id: undefined,
            slug: '',
            title: 'The same at once',
            _status: 'draft',
            moderationStatus: 'draft',
          } as never,
          draft: true,
          ...as(market.owner),
        }),
      ),
    );
    expect(new Set(made.map(({ slug }) => slug)).size).toBe(20);
    expect(made.map(({ slug }) => slug)).toContain('the-same-at-once-20');
  });

  it('are never words of the site’s own, nor another’s when an edit is approved', async () => {
    const taken = await market.publish('events', { slug: 'taken-already' });
    const reserved = await market.publish('events', { slug: 'new' });
    expect(reserved.slug).toBe('new-2');
    await market.payload.update({
      collection: 'events',
      id: reserved.id,
      data: { slug: 'taken-already', _status: 'published' },
      ...as(market.owner),
    });
    await market.payload.update({
      collection: 'events',
      id: reserved.id,
      data: { _status: 'published' },
      ...as(market.admin),
    });
    const after = await market.payload.findByID({ collection: 'events', id: reserved.id, depth: 0 });
    expect(after.slug).toBe('taken-already-2');
    expect((await market.payload.findByID({ collection: 'events', id: taken.id, depth: 0 })).slug).toBe(
      'taken-already',
    );
  });

  it('that were left lead on, over several moves, until another listing takes them', async () => {
    const { readListing } = await import('../../src/endpoints/listings/listing');
    const { id } = await market.publish('services', { slug: 'first' });
    for (const slug of ['second', 'third']) {
      await market.payload.update({
        collection: 'services',
        id,
        data: { slug, _status: 'published' },
        ...as(market.admin),
      });
    }
    for (const old of ['first', 'second'])
      expect(await readListing('services', old)).toEqual({ movedTo: { kind: 'services', slug: 'third' } });
    const other = await market.publish('services', { slug: 'first' });
    expect(await readListing('services', 'first')).toMatchObject({ listing: { id: other.id } });
    // Whoever left it last is meant.
    await market.payload.update({
      collection: 'services',
      id: other.id,
      data: { slug: 'elsewhere', _status: 'published' },
      ...as(market.admin),
    });
    expect(await readListing('services', 'first')).toEqual({ movedTo: { kind: 'services', slug: 'elsewhere' } });
    // Back where it began: no loop.
    await market.payload.update({
      collection: 'services',
      id,
      data: { slug: 'second', _status: 'published' },
      ...as(market.admin),
    });
    expect(await readListing('services', 'second')).toMatchObject({ listing: { id } });
    expect(await readListing('services', 'third')).toEqual({ movedTo: { kind: 'services', slug: 'second' } });
  });
});
