import { recoveryCodesSchema, twoFactorSecretSchema } from '@convene/common/api';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
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
