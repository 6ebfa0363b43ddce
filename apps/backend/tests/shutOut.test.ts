import { recoveryCodesSchema, twoFactorSecretSchema } from '@convene/common/api';
import { errorAnswerSchema } from '@convene/common/errors';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { User } from '../src/payload-types';
import { as, createMarket, type Market } from './marketFixture';
import { call, PASSWORD } from './payloadHarness';

let market: Market;
beforeAll(async () => {
  market = await createMarket();
});
afterAll(() => market.dispose());

const isSuspended = async ({ id }: User) =>
  Boolean((await market.payload.findByID({ collection: 'users', id })).suspendedAt);

const someoneWaits = () =>
  vi.waitFor(
    async () => {
      const { rowCount } = await market.pool.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      expect(rowCount).toBeGreaterThan(0);
    },
    { timeout: 20_000, interval: 20 },
  );

/** Suspends somebody while `act` is under way: it begins before the suspension is seen, and ends after it. */
const whileSuspending = async <Result>(
  { id }: User,
  act: () => Promise<Result>,
): Promise<PromiseSettledResult<Result>> => {
  const client = await market.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE users SET suspended_at = now() WHERE id = $1', [id]);
    await client.query('DELETE FROM users_sessions WHERE _parent_id = $1', [id]);
    const acting = Promise.allSettled([act()]);
    await someoneWaits();
    await client.query('COMMIT');
    return (await acting)[0];
  } finally {
    client.release();
  }
};

it('a save of the profile undoes no suspension, and brings back no session', async () => {
  const person = await market.person();
  await market.tokenOf(person);
  const saved = await whileSuspending(person, () =>
    market.payload.update({ collection: 'users', id: person.id, data: { displayName: 'Renamed' }, ...as(person) }),
  );
  expect(saved.status).toBe('fulfilled');
  expect(await isSuspended(person)).toBe(true);
  const { rowCount } = await market.pool.query('SELECT FROM users_sessions WHERE _parent_id = $1', [person.id]);
  expect(rowCount).toBe(0);
});

it('a sign-in under way opens no session', async () => {
  const person = await market.person();
  const signedIn = await whileSuspending(person, () => market.tokenOf(person));
  expect(signedIn).toMatchObject({ status: 'rejected', reason: { status: 403, data: { reason: 'suspended' } } });
  expect(await isSuspended(person)).toBe(true);
  const { rowCount } = await market.pool.query('SELECT FROM users_sessions WHERE _parent_id = $1', [person.id]);
  expect(rowCount).toBe(0);
});

it('nothing is published for somebody who is being suspended', async () => {
  const person = await market.person(['host']);
  const { id } = await market.publish('locations', { owner: person.id, _status: 'draft', moderationStatus: 'pending' });
  const published = await whileSuspending(person, () =>
    market.payload.update({
      collection: 'locations',
      id,
      data: { moderationStatus: 'approved' },
      ...as(market.moderator),
    }),
  );
  expect(published).toMatchObject({ status: 'rejected', reason: { status: 409 } });
});

it('a suspension and a save of a listing wait for each other in one order', async () => {
  const { suspendAccount } = await import('../src/collections/Users/suspend');
  const { moderator } = market;
  const person = await market.person(['host']);
  const { id } = await market.publish('locations', { owner: person.id });
  const client = await market.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT FROM locations WHERE id = $1 FOR UPDATE', [id]);
    const req = await market.requestOf(moderator);
    const suspending = suspendAccount({ req, actor: moderator, userId: person.id, reason: 'Spam.' });
    await someoneWaits();
    await client.query('SELECT FROM users WHERE id = $1 FOR SHARE', [person.id]);
    await client.query('COMMIT');
    await suspending;
  } finally {
    client.release();
  }
  expect((await market.payload.findByID({ collection: 'locations', id }))._status).toBe('draft');
});

it('no ticket for the second step outlives a suspension', async () => {
  const begin = await import('../src/app/api/account/two-factor/begin/route');
  const confirm = await import('../src/app/api/account/two-factor/confirm/route');
  const code = await import('../src/app/api/auth/sign-in/code/route');
  const { issueTicket } = await import('../src/collections/Users/twoFactor/signInTicket');
  const { openSession } = await import('../src/collections/Users/openSession');
  const person = await market.person();
  const token = await market.tokenOf(person);
  const { secret } = twoFactorSecretSchema.parse((await call(begin, { token, body: { password: PASSWORD } })).body);
  const app = new TOTP({ secret: Secret.fromBase32(secret) });
  const [recovery] = recoveryCodesSchema.parse(
    (await call(confirm, { token, body: { code: app.generate() } })).body,
  ).recoveryCodes;
  const { ticket } = await issueTicket(market.pool, { userId: person.id });
  await market.pool.query('UPDATE users SET suspended_at = now() WHERE id = $1', [person.id]);
  const answer = await call(code, { body: { ticket, code: recovery } });
  expect(errorAnswerSchema.parse(answer.body).error.code).toBe('invalid-token');
  // Nor where the suspension comes between the ticket and the session.
  await expect(openSession(await market.requestAs(), person.id)).rejects.toMatchObject({ code: 'wrong-credentials' });
  expect(
    (await market.pool.query('SELECT FROM two_factor_recovery_codes WHERE user_id = $1', [person.id])).rowCount,
  ).toBe(10);
});

const patch = async (path: string, { token, data }: { token: string; data: unknown }) => {
  const { PATCH } = await import('../src/app/(payload)/api/[...slug]/route');
  return PATCH(
    new Request(`http://localhost:3001/api/${path}`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json', Authorization: `JWT ${token}` },
      body: JSON.stringify(data),
    }),
    { params: Promise.resolve({ slug: (path.split('?')[0] ?? '').split('/') }) },
  );
};

it('an open session alone sets no password; admins set those of others', async () => {
  const person = await market.person();
  const token = await market.tokenOf(person);
  const refused = await patch(`users/${person.id}`, { token, data: { password: 'a-password-of-a-thief' } });
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain('/account/security');
  await market.tokenOf(person);
  const admin = await market.tokenOf(market.admin);
  expect(
    (await patch(`users/${market.admin.id}`, { token: admin, data: { password: 'a-thief-again-123' } })).status,
  ).toBe(403);
  expect((await patch(`users/${person.id}`, { token: admin, data: { password: 'set-by-an-admin-1' } })).status).toBe(
    200,
  );
  await expect(market.tokenOf(person)).rejects.toThrow();
});

it('Payload’s route for one’s profile shares the limit of ours', async () => {
  const person = await market.person();
  const token = await market.tokenOf(person);
  const statuses: number[] = [];
  for (let time = 0; time < 31; time += 1) {
    statuses.push((await patch(`users/${person.id}`, { token, data: { locale: time % 2 ? 'en' : 'ro' } })).status);
  }
  expect(statuses.filter((status) => status === 200)).toHaveLength(30);
  expect(statuses.at(-1)).toBe(429);
});

it('accounts are changed one by one: the last admins don’t go together', async () => {
  const second = await market.person(['admin']);
  const token = await market.tokenOf(market.admin);
  const query = new URLSearchParams({ 'where[id][in]': `${market.admin.id},${second.id}` });
  for (const data of [{ roles: ['client'] }, { deletedAt: new Date().toISOString() }]) {
    expect((await patch(`users?${query}`, { token, data })).status).toBe(403);
  }
  const { DELETE } = await import('../src/app/(payload)/api/[...slug]/route');
  const all = await DELETE(
    new Request(`http://localhost:3001/api/users?${query}`, {
      method: 'DELETE',
      headers: { Authorization: `JWT ${token}` },
    }),
    { params: Promise.resolve({ slug: ['users'] }) },
  );
  expect(all.status).toBe(403);
  const { totalDocs } = await market.payload.count({ collection: 'users', where: { roles: { contains: 'admin' } } });
  expect(totalDocs).toBe(2);
});

it('who is deleted for good leaves no blocked people behind', async () => {
  const [blocker, blocked] = await market.crowd(2);
  if (!blocker || !blocked) throw new Error('nobody came');
  await market.payload.create({ collection: 'blocks', data: { blocker: blocker.id, blocked: blocked.id } });
  await market.pool.query('DELETE FROM users WHERE id = $1', [blocked.id]);
  expect((await market.pool.query('SELECT FROM blocks WHERE blocker_id = $1', [blocker.id])).rowCount).toBe(0);
});

it('of the two last admins who are deleted at once, one stays', async () => {
  const two = await Promise.all([market.person(['admin']), market.person(['admin'])]);
  await market.pool.query("DELETE FROM users_roles WHERE value = 'admin' AND NOT parent_id = ANY ($1)", [
    two.map(({ id }) => id),
  ]);
  const ends = await Promise.allSettled(two.map(({ id }) => market.payload.delete({ collection: 'users', id })));
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(ends.find((end) => end.status === 'rejected')?.reason).toMatchObject({ status: 409, message: /only admin/ });
});
