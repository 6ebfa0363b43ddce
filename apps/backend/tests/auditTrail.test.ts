import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../src/payload-types';
import { as, createMarket, hoursFromNow, type Market } from './marketFixture';
import { call } from './payloadHarness';

let market: Market;
let suspension: typeof import('../src/collections/Users/suspend');

beforeAll(async () => {
  market = await createMarket();
  suspension = await import('../src/collections/Users/suspend');
});
afterAll(() => market.dispose());

type Row = {
  id: number;
  actorId: number;
  actorName: string;
  action: string;
  collection: string;
  subjectId: string;
  changes: { field: string; from?: unknown; to?: unknown }[] | null;
  reason: string | null;
};

let seen = 0;
const newRows = async (): Promise<Row[]> => {
  const { rows } = await market.pool.query<Row>(
    `SELECT id, actor_id::int AS "actorId", actor_name AS "actorName", action, subject_collection AS collection,
            subject_id AS "subjectId", changes, reason
     FROM audit_log WHERE id > $1 ORDER BY id`,
    [seen],
  );
  seen = rows.at(-1)?.id ?? seen;
  return rows;
};
beforeEach(async () => {
  await newRows();
});

const silent = async () => (await import('../src/notifications/silence')).silentContext;
const update = (user: User, collection: 'locations' | 'events' | 'users' | 'bookings', id: number, data: object) =>
  market.payload.update({ collection, id, data, ...as(user) });

const newBooking = async (status: 'requested' | 'confirmed') => {
  const { id: listingId } = await market.publish('locations');
  return market.payload.create({
    collection: 'bookings',
    data: {
      kind: 'locations',
      listingId,
      startsAt: hoursFromNow(5),
      endsAt: hoursFromNow(6),
      timeZone: 'Europe/Bucharest',
      type: 'stay',
      status,
      client: market.client.id,
      owner: market.owner.id,
      seats: 1,
    },
    context: await silent(),
  });
};

type Action = {
  name: string;
  by?: 'admin' | 'moderator';
  act: () => Promise<{ id: number | string }>;
  row: Partial<Row>;
};

/** Each leaves this one row and no other. */
const actions: Action[] = [
  {
    name: 'a tier',
    act: async () => {
      const { id } = await market.publish('locations');
      await update(market.moderator, 'locations', id, { tier: 'sponsored' });
      return { id };
    },
    row: {
      action: 'tier-changed',
      collection: 'locations',
      changes: [{ field: 'tier', from: 'standard', to: 'sponsored' }],
    },
  },
  {
    name: 'another owner',
    act: async () => {
      const { id } = await market.publish('locations');
      await update(market.moderator, 'locations', id, { owner: market.client.id, _status: 'published' });
      return { id };
    },
    row: { action: 'ownership-transferred', collection: 'locations' },
  },
  {
    name: 'an edit of what is somebody else’s, whose words are not kept',
    act: async () => {
      const { id } = await market.publish('locations');
      await update(market.moderator, 'locations', id, { summary: 'In other words.', price: { amountMinor: 1 } });
      return { id };
    },
    row: {
      action: 'edited',
      collection: 'locations',
      changes: [{ field: 'summary' }, { field: 'price.amountMinor', from: 5_000, to: 1 }],
    },
  },
  {
    name: 'a rejection by hand, with its reason',
    act: async () => {
      const { id } = await market.publish('locations');
      await update(market.moderator, 'locations', id, { moderationStatus: 'rejected', rejectionReason: 'No.' });
      return { id };
    },
    row: { action: 'rejected', collection: 'locations', reason: 'No.' },
  },
  {
    name: 'into the bin',
    act: async () => {
      const { id } = await market.publish('locations');
      await update(market.moderator, 'locations', id, { deletedAt: new Date().toISOString() });
      return { id };
    },
    row: { action: 'deleted', collection: 'locations' },
  },
  {
    name: 'out of the bin',
    act: async () => {
      const { id } = await market.publish('locations', { deletedAt: new Date().toISOString() });
      await market.payload.update({
        collection: 'locations',
        id,
        data: { deletedAt: null },
        trash: true,
        ...as(market.moderator),
      });
      return { id };
    },
    row: { action: 'restored', collection: 'locations' },
  },
  {
    name: 'gone for good',
    by: 'admin',
    act: async () => {
      const { id } = await market.publish('locations');
      await market.payload.delete({ collection: 'locations', id, ...as(market.admin) });
      return { id };
    },
    row: { action: 'deleted-for-good', collection: 'locations' },
  },
  {
    name: 'roles',
    by: 'admin',
    act: async () => {
      const { id } = await market.person();
      await update(market.admin, 'users', id, { roles: ['client', 'moderator'] });
      return { id };
    },
    row: {
      action: 'roles-changed',
      collection: 'users',
      changes: [{ field: 'roles', from: ['client'], to: ['client', 'moderator'] }],
    },
  },
  {
    name: 'somebody’s password and address, which are not kept',
    by: 'admin',
    act: async () => {
      const { id } = await market.person();
      await update(market.admin, 'users', id, { password: 'a-new-password', email: `new-${id}@example.com` });
      return { id };
    },
    row: { action: 'password-set', collection: 'users', changes: [{ field: 'email' }, { field: 'password' }] },
  },
  {
    name: 'a suspension',
    act: async () => {
      const { id } = await market.person();
      const { moderator } = market;
      const req = await market.requestOf(moderator);
      await suspension.suspendAccount({ req, actor: moderator, userId: id, reason: 'Spam.' });
      return { id };
    },
    row: { action: 'suspended', collection: 'users', reason: 'Spam.' },
  },
  {
    name: 'the end of a suspension',
    act: async () => {
      const { id } = await market.person();
      await market.pool.query('UPDATE users SET suspended_at = now() WHERE id = $1', [id]);
      const { moderator } = market;
      await suspension.unsuspendAccount({ req: await market.requestOf(moderator), actor: moderator, userId: id });
      return { id };
    },
    row: { action: 'unsuspended', collection: 'users' },
  },
  {
    name: 'a deleted account, but not all that follows from it',
    by: 'admin',
    act: async () => {
      const { id } = await market.person(['host']);
      await market.publish('locations', { owner: id });
      await update(market.admin, 'users', id, { deletedAt: new Date().toISOString() });
      return { id };
    },
    row: { action: 'deleted', collection: 'users' },
  },
  {
    name: 'a booking that is not theirs',
    act: async () => {
      const { id } = await newBooking('requested');
      await update(market.moderator, 'bookings', id, { status: 'confirmed' });
      return { id };
    },
    row: {
      action: 'status-changed',
      collection: 'bookings',
      changes: [{ field: 'status', from: 'requested', to: 'confirmed' }],
    },
  },
  {
    name: 'an event that is called off',
    act: async () => {
      const { id } = await market.publish('events');
      const { callOffEvent } = await import('../src/collections/Events/callOff');
      const { moderator } = market;
      await callOffEvent({ req: await market.requestOf(moderator), user: moderator, id, reason: 'Flood.' });
      return { id };
    },
    row: { action: 'event-cancelled', collection: 'events', reason: 'Flood.' },
  },
  {
    name: 'a new city',
    act: () =>
      market.payload.create({
        collection: 'cities',
        data: { name: 'Cluj', slug: 'cluj', country: 'Romania', timeZone: 'Europe/Bucharest' },
        ...as(market.moderator),
      }),
    row: { action: 'created', collection: 'cities' },
  },
  {
    name: 'settings',
    by: 'admin',
    act: async () => {
      const weights = await market.payload.findGlobal({ slug: 'feed-weights' });
      await market.payload.updateGlobal({
        slug: 'feed-weights',
        data: { ...weights, views: 7 },
        ...as(market.admin),
      });
      return { id: 'settings' };
    },
    row: { action: 'settings-changed', collection: 'feed-weights' },
  },
  {
    name: 'a failed mail that is discarded',
    act: async () => {
      const { randomUUID } = await import('node:crypto');
      const { decideOnFailed } = await import('@convene/outbox');
      const id = randomUUID();
      await market.pool.query(
        `INSERT INTO notification_outbox (id, type, payload, status, closed_at) VALUES ($1, 'x', '{}', 'dead', now())`,
        [id],
      );
      const by = `user ${market.moderator.id}`;
      await decideOnFailed({ pool: market.pool, forgetJobs: async () => {}, decision: 'discard', ids: [id], by });
      return { id };
    },
    row: { action: 'mail-discarded', collection: 'notification-outbox' },
  },
];

describe('every action of staff leaves one row', () => {
  it.each(actions)('$name', async ({ act, by = 'moderator', row }) => {
    const { id } = await act();
    const rows = await newRows();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      actorId: market[by].id,
      actorName: market[by].displayName,
      subjectId: String(id),
      ...row,
    });
  });

  it('a claim that is approved is one, with all that follows from it', async () => {
    const { id: listingId } = await market.publish('locations', { owner: null, claimStatus: 'unclaimed' });
    const claims = [];
    for (const claimant of [await market.person(), await market.person()]) {
      const data = { kind: 'locations', listingId, claimant: claimant.id, text: 'Mine.', status: 'pending' } as const;
      claims.push(await market.payload.create({ collection: 'claims', data, context: await silent() }));
    }
    await market.payload.update({
      collection: 'claims',
      id: claims[0]?.id ?? 0,
      data: { status: 'approved' },
      ...as(market.moderator),
    });
    expect(await newRows()).toMatchObject([{ action: 'approved', collection: 'claims' }]);
  });
});

describe('what leaves none', () => {
  it('what others do, what code does, and what staff do with what is theirs', async () => {
    const listing = await market.publish('locations');
    await update(market.owner, 'locations', listing.id, { summary: 'By its owner.', moderationStatus: 'pending' });
    await market.payload.update({ collection: 'locations', id: listing.id, data: { tier: 'recommended' } });
    await update(market.client, 'users', market.client.id, { displayName: 'Cleo C.' });
    await update(market.moderator, 'users', market.moderator.id, { locale: 'ro' });
    const own = await market.publish('locations', { owner: market.moderator.id });
    await update(market.moderator, 'locations', own.id, { summary: 'By its owner, who is staff.' });
    await market.payload.create({
      collection: 'reviews',
      data: {
        kind: 'locations',
        listingId: listing.id,
        author: market.moderator.id,
        rating: 5,
        text: 'As a guest I liked it.',
        moderationStatus: 'pending',
      },
      user: { ...market.moderator, collection: 'users' },
    });
    expect(await newRows()).toEqual([]);
  });

  it('a save that changes nothing', async () => {
    const { id } = await market.publish('locations');
    await update(market.moderator, 'locations', id, { tier: 'standard' });
    expect(await newRows()).toEqual([]);
  });

  it('what is rolled back', async () => {
    const { inTransaction } = await import('../src/utils/inTransaction');
    const { id } = await market.publish('locations');
    const req = await market.requestOf(market.moderator);
    const attempt = inTransaction(req, async () => {
      await market.payload.update({ collection: 'locations', id, data: { tier: 'sponsored' }, req });
      throw new Error('on second thought');
    });
    await expect(attempt).rejects.toThrow('on second thought');
    expect(await newRows()).toEqual([]);
    expect(await market.payload.findByID({ collection: 'locations', id })).toMatchObject({ tier: 'standard' });
  });
});

describe('the audit trail', () => {
  it('is changed by nobody, not even by SQL, before two years have passed', async () => {
    const { id } = await market.publish('locations');
    await update(market.admin, 'locations', id, { tier: 'sponsored' });
    const [row] = await newRows();
    const refusal = { code: '23514', constraint: 'audit_log_append_only' };
    const run = (statement: string) => market.pool.query(statement.replace('$1', String(row?.id)));
    await expect(run("UPDATE audit_log SET reason = 'x' WHERE id = $1")).rejects.toMatchObject(refusal);
    await expect(run('DELETE FROM audit_log WHERE id = $1')).rejects.toMatchObject(refusal);
    await expect(run('TRUNCATE audit_log')).rejects.toMatchObject(refusal);
    const { rows } = await market.pool.query<{ id: number }>(
      `INSERT INTO audit_log (at, actor_id, actor_name, action, subject_collection, subject_id)
       VALUES (now() - interval '731 days', 1, 'Somebody', 'edited', 'cities', '1') RETURNING id`,
    );
    expect((await run(`DELETE FROM audit_log WHERE id = ${rows[0]?.id}`)).rowCount).toBe(1);
  });

  it('is read by admins whole, by moderators as far as it is theirs, by nobody else', async () => {
    const { id } = await market.publish('locations');
    await update(market.admin, 'locations', id, { tier: 'sponsored' });
    await update(market.moderator, 'locations', id, { tier: 'standard' });
    const actorsSeenBy = async (user: User) => {
      const { docs } = await market.payload.find({
        collection: 'audit-log',
        where: { and: [{ subjectId: { equals: String(id) } }, { subjectCollection: { equals: 'locations' } }] },
        sort: 'id',
        ...as(user),
      });
      return docs.map(({ actorId }) => actorId);
    };
    expect(await actorsSeenBy(market.admin)).toEqual([market.admin.id, market.moderator.id]);
    expect(await actorsSeenBy(market.moderator)).toEqual([market.moderator.id]);
    await expect(actorsSeenBy(market.owner)).rejects.toThrow(/not allowed/i);
  });
});

describe('a suspended account', () => {
  it('signs in nowhere, its session ends, its listings are hidden and come back', async () => {
    const person = await market.person(['host']);
    const live = await market.publish('locations', { owner: person.id });
    const offline = await market.publish('locations', { owner: person.id });
    await market.payload.update({ collection: 'locations', id: offline.id, data: { _status: 'draft' } });
    const token = await market.tokenOf(person);
    const account = await import('../src/app/api/account/route');
    const signIn = await import('../src/app/api/auth/sign-in/route');
    const suspendRoute = await import('../src/app/api/users/[id]/suspend/route');
    const unsuspendRoute = await import('../src/app/api/users/[id]/unsuspend/route');
    expect((await call(account, { method: 'GET', token })).status).toBe(200);

    const staffToken = await market.tokenOf(market.moderator);
    const params = { id: String(person.id) };
    const suspend = () =>
      call(suspendRoute, { token: staffToken, params, body: { reason: 'Sells what is not theirs.' } });
    expect((await call(suspendRoute, { token, params, body: { reason: 'For fun.' } })).status).toBe(403);
    expect((await suspend()).status).toBe(200);
    expect((await suspend()).status).toBe(409);

    expect((await call(account, { method: 'GET', token })).status).toBe(401);
    const credentials = { email: person.email, password: 'a-password-for-tests' };
    expect(await call(signIn, { body: credentials })).toMatchObject({
      status: 403,
      body: { error: { reason: 'suspended' } },
    });
    // Who does not know the password learns nothing.
    expect(await call(signIn, { body: { ...credentials, password: 'wrong' } })).toMatchObject({ status: 401 });
    // Nor does a new password get around it.
    const reset = await import('../src/app/api/auth/reset/route');
    await market.payload.forgotPassword({ collection: 'users', data: { email: person.email } });
    const { rows: mails } = await market.pool.query<{ token: string }>(
      `SELECT payload->>'token' AS token FROM notification_outbox
       WHERE type = 'user.reset.start' AND (payload->>'userId')::int = $1`,
      [person.id],
    );
    const renewed = await call(reset, { body: { token: mails[0]?.token, password: 'a-password-that-is-new' } });
    expect(renewed).toMatchObject({ status: 403, body: { error: { reason: 'suspended' } } });
    const { rows } = await market.pool.query('SELECT FROM users_sessions WHERE _parent_id = $1', [person.id]);
    expect(rows).toEqual([]);

    const statusOf = async (id: number) =>
      (await market.payload.findByID({ collection: 'locations', id, depth: 0 }))._status;
    expect(await statusOf(live.id)).toBe('draft');
    const publish = market.payload.update({
      collection: 'locations',
      id: live.id,
      data: { moderationStatus: 'approved' },
      ...as(market.moderator),
    });
    await expect(publish).rejects.toMatchObject({ status: 409, message: /suspended/ });

    expect((await call(unsuspendRoute, { token: staffToken, params, body: {} })).status).toBe(200);
    expect(await statusOf(live.id)).toBe('published');
    expect(await statusOf(offline.id)).toBe('draft');
    const latest = await market.payload.findByID({ collection: 'locations', id: live.id, draft: true, depth: 0 });
    expect(latest._status).toBe('published');
    expect((await call(signIn, { body: credentials })).status).toBe(200);
  });

  it('is neither one’s own nor, to a moderator, one of staff; the last admin stays', async () => {
    const { moderator, admin } = market;
    const by = async (actor: User, userId: number) =>
      suspension.suspendAccount({ req: await market.requestOf(actor), actor, userId, reason: 'A test.' });
    await expect(by(moderator, moderator.id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(by(moderator, admin.id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(update(admin, 'users', admin.id, { roles: ['client'] })).rejects.toThrow(/only admin/);
    await expect(
      market.payload.delete({ collection: 'users', id: admin.id, user: admin, overrideAccess: false }),
    ).rejects.toThrow(/only admin/);
    expect(await market.payload.findByID({ collection: 'users', id: admin.id })).toMatchObject({ id: admin.id });
    const second = await market.person(['admin']);
    await update(admin, 'users', second.id, { roles: ['client'] });
    await update(admin, 'users', moderator.id, { suspendedAt: new Date().toISOString() });
    expect(await market.payload.findByID({ collection: 'users', id: moderator.id })).toMatchObject({
      suspendedAt: null,
    });
  });
});
