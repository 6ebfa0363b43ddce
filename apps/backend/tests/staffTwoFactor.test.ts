import { execFile } from 'node:child_process';
import path from 'node:path';
import { recoveryCodesSchema, twoFactorSecretSchema } from '@convene/common/api';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { User } from '../src/payload-types';
import { as, createMarket, type Market } from './marketFixture';
import { call, PASSWORD } from './payloadHarness';

let market: Market;

vi.stubEnv('STAFF_TWO_FACTOR', 'required');
beforeAll(async () => {
  market = await createMarket();
});
afterAll(() => market.dispose());

it('staff act once they have two-factor on, where it is required', async () => {
  const { canUseAdmin } = await import('../src/access/canUseAdmin');
  const routes = {
    begin: await import('../src/app/api/account/two-factor/begin/route'),
    confirm: await import('../src/app/api/account/two-factor/confirm/route'),
    state: await import('../src/app/api/account/two-factor/route'),
  };
  const { moderator, payload } = market;
  const countAccounts = async (user: typeof moderator) =>
    (await payload.find({ collection: 'users', ...as(user), limit: 1 })).totalDocs;
  expect(await countAccounts(moderator)).toBe(1);
  expect(canUseAdmin({ req: { user: moderator } })).toBe(false);
  expect(canUseAdmin({ req: { user: market.owner } })).toBe(true);
  await expect(
    payload.update({ collection: 'users', id: market.client.id, data: { locale: 'ro' }, ...as(market.admin) }),
  ).rejects.toThrow();

  const token = await market.tokenOf(moderator);
  expect((await call(routes.state, { method: 'GET', token })).body).toMatchObject({ since: null, isRequired: true });
  const { secret } = twoFactorSecretSchema.parse(
    (await call(routes.begin, { token, body: { password: PASSWORD } })).body,
  );
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  recoveryCodesSchema.parse((await call(routes.confirm, { token, body: { code } })).body);
  const enrolled = await payload.findByID({ collection: 'users', id: moderator.id });
  expect(await countAccounts(enrolled)).toBeGreaterThan(1);
  expect(canUseAdmin({ req: { user: enrolled } })).toBe(true);
});

it('the admin’s own page tells unenrolled staff what to do, and opens no session', async () => {
  const { POST } = await import('../src/app/api/auth/admin-sign-in/route');
  const { email, id } = market.admin;
  const answer = await POST(
    new Request('http://localhost:3001/api/auth/admin-sign-in', {
      method: 'POST',
      headers: {
        Origin: new URL(process.env['BACKEND_URL'] ?? '').origin,
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ email, password: PASSWORD }),
    }),
    { params: Promise.resolve({}) },
  );
  expect(answer.headers.get('location')).toBe('/admin/login?failed=enrol&redirect=%2Fadmin');
  expect(answer.headers.has('set-cookie')).toBe(false);
  const { rowCount } = await market.pool.query('SELECT FROM users_sessions WHERE _parent_id = $1', [id]);
  expect(rowCount).toBe(0);
});

it('an operator turns it off for who has lost both telephone and codes', async () => {
  const { moderator, pool, context } = market;
  const backend = path.resolve(import.meta.dirname, '..');
  const run = (address: string) =>
    new Promise<{ code: number | string | null; output: string }>((resolve) => {
      execFile(
        path.join(backend, 'node_modules/.bin/tsx'),
        ['src/cli/twoFactorOff.ts', address],
        {
          cwd: backend,
          env: { NODE_ENV: 'test', PATH: process.env['PATH'], ...context.env.backend, LOG_LEVEL: 'error' },
        },
        (error, stdout, stderr) => resolve({ code: error ? (error.code ?? null) : 0, output: stdout + stderr }),
      );
    });
  const before = await pool.query('SELECT FROM two_factor WHERE user_id = $1', [moderator.id]);
  expect(before.rowCount).toBe(1);
  expect(await run('nobody@example.com')).toMatchObject({ code: 1, output: expect.stringContaining('no account') });
  expect(await run(moderator.email)).toMatchObject({ code: 0, output: expect.stringContaining('is off') });
  expect((await market.takeMails()).filter(({ type }) => type === 'user.two-factor.off')).toMatchObject([
    { payload: { userId: moderator.id } },
  ]);
  await market.tokenOf(moderator);
  expect((await market.payload.findByID({ collection: 'users', id: moderator.id })).twoFactorSince ?? null).toBeNull();
});

it('the only admin saves their profile but stays admin, whether two-factor is on or not yet', async () => {
  const { admin, payload } = market;
  const save = (data: Partial<User>) => payload.update({ collection: 'users', id: admin.id, data });
  for (const since of [null, new Date().toISOString()]) {
    await market.pool.query('UPDATE users SET two_factor_since = $2 WHERE id = $1', [admin.id, since]);
    await save({ displayName: `Ada ${since}`, roles: ['client', 'host', 'admin'] });
    await expect(save({ roles: ['client'] })).rejects.toMatchObject({ status: 409 });
    await expect(save({ suspendedAt: new Date().toISOString() })).rejects.toMatchObject({ status: 409 });
  }
});

it('staff see the listings of every kind in the admin’s navigation once two-factor is on', async () => {
  const { hidden } = market.payload.collections.events.config.admin;
  if (typeof hidden !== 'function') throw new Error('shown to everybody');
  const { id, email, roles } = market.moderator;
  const user = { id, email, roles, collection: 'users' };
  expect(hidden({ user: { ...user, twoFactorSince: null } })).toBe(true);
  expect(hidden({ user: { ...user, twoFactorSince: new Date().toISOString() } })).toBe(false);
});
