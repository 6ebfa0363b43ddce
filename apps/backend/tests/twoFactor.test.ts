import { codeNeededSchema, recoveryCodesSchema, sessionAnswerSchema, twoFactorSecretSchema } from '@convene/common/api';
import { errorAnswerSchema } from '@convene/common/errors';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { User } from '../src/payload-types';
import { createMarket, type Market } from './marketFixture';
import { call as callFrom, PASSWORD } from './payloadHarness';

let market: Market;
let routes: Awaited<ReturnType<typeof loadRoutes>>;

const loadRoutes = async () => ({
  signIn: await import('../src/app/api/auth/sign-in/route'),
  code: await import('../src/app/api/auth/sign-in/code/route'),
  reset: await import('../src/app/api/auth/reset/route'),
  begin: await import('../src/app/api/account/two-factor/begin/route'),
  confirm: await import('../src/app/api/account/two-factor/confirm/route'),
  codes: await import('../src/app/api/account/two-factor/recovery-codes/route'),
  off: await import('../src/app/api/account/two-factor/off/route'),
  state: await import('../src/app/api/account/two-factor/route'),
  account: await import('../src/app/api/account/route'),
  password: await import('../src/app/api/account/password/route'),
  admin: await import('../src/app/api/auth/admin-sign-in/route'),
  payloads: await import('../src/app/(payload)/api/[...slug]/route'),
  graphql: await import('../src/app/(payload)/api/graphql/route'),
});

beforeAll(async () => {
  market = await createMarket();
  routes = await loadRoutes();
});
afterAll(() => market.dispose());

let callers = 0;
/** From an address of its own each time: what is tried here is not the limit of an address. */
const call: typeof callFrom = (route, options) => {
  callers += 1;
  return callFrom(route, { ip: `198.18.${callers >> 8}.${callers & 255}`, ...options });
};

const errorOf = (body: unknown) => errorAnswerSchema.parse(body).error;

/** Each step is good once: the codes of a test are those of steps that follow each other. */
const codeAt = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

type Enrolled = { user: User; token: string; secret: string; recoveryCodes: string[] };

const enrol = async (user: User): Promise<Enrolled> => {
  const token = await market.tokenOf(user);
  const { secret } = twoFactorSecretSchema.parse(
    (await call(routes.begin, { token, body: { password: PASSWORD } })).body,
  );
  // The step before now, so that the one of now is left for the test.
  const confirmed = await call(routes.confirm, { token, body: { code: codeAt(secret, -1) } });
  return { user, token, secret, recoveryCodes: recoveryCodesSchema.parse(confirmed.body).recoveryCodes };
};

/** What the outbox tells this person of it, and empties the outbox. */
const toldTo = async ({ id }: User): Promise<string[]> =>
  (await market.takeMails())
    .filter(({ type, payload }) => type.startsWith('user.two-factor.') && payload['userId'] === id)
    .map(({ type }) => type);

const firstStep = async ({ email }: User, password = PASSWORD) => {
  const answer = await call(routes.signIn, { body: { email, password } });
  return codeNeededSchema.parse(answer.body).ticket;
};

const payloadLogin = (body: unknown, headers: Record<string, string> = {}) =>
  routes.payloads.POST(
    new Request('http://localhost:3001/api/users/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
    { params: Promise.resolve({ slug: ['users', 'login'] }) },
  );

describe('two-factor sign-in', () => {
  it('is begun with the password alone, and on once a code is shown', async () => {
    const user = await market.person();
    const token = await market.tokenOf(user);
    expect((await call(routes.begin, { token, body: { password: 'not-the-password' } })).status).toBe(401);
    const begun = twoFactorSecretSchema.parse((await call(routes.begin, { token, body: { password: PASSWORD } })).body);
    expect(begun.uri).toContain(`secret=${begun.secret}`);
    expect(begun.uri).toContain(encodeURIComponent(user.email));
    // Begun is not on: whoever closed the page can still sign in.
    sessionAnswerSchema.parse((await call(routes.signIn, { body: { email: user.email, password: PASSWORD } })).body);
    expect(errorOf((await call(routes.confirm, { token, body: { code: '000000' } })).body).reason).toBe('code-wrong');
    const other = await market.tokenOf(user);
    expect(await toldTo(user)).toEqual([]);
    const confirmed = await call(routes.confirm, { token, body: { code: codeAt(begun.secret) } });
    expect(new Set(recoveryCodesSchema.parse(confirmed.body).recoveryCodes).size).toBe(10);
    expect(await toldTo(user)).toEqual(['user.two-factor.on']);
    expect((await call(routes.account, { method: 'GET', token })).status).toBe(200);
    // What a password alone has opened is closed.
    expect((await call(routes.account, { method: 'GET', token: other })).status).toBe(401);
    const state = await call(routes.state, { method: 'GET', token });
    expect(state.body).toMatchObject({ recoveryCodesLeft: 10, isRequired: false, since: expect.any(String) });
    const again = await call(routes.begin, { token, body: { password: PASSWORD } });
    expect([again.status, errorOf(again.body).reason]).toEqual([409, 'two-factor-on']);
  });

  it('takes two steps, and each code once', async () => {
    const { user, secret } = await enrol(await market.person());
    const ticket = await firstStep(user);
    const wrong = await call(routes.code, { body: { ticket, code: '000000' } });
    expect([wrong.status, errorOf(wrong.body).reason]).toEqual([401, 'code-wrong']);
    const code = codeAt(secret);
    const { token } = sessionAnswerSchema.parse((await call(routes.code, { body: { ticket, code } })).body);
    expect((await call(routes.account, { method: 'GET', token })).body).toMatchObject({ id: user.id });
    const replay = await call(routes.code, { body: { ticket: await firstStep(user), code } });
    expect([replay.status, errorOf(replay.body).reason]).toEqual([401, 'code-wrong']);
    // Nor the one of the step before.
    expect((await call(routes.code, { body: { ticket, code: codeAt(secret, -1) } })).status).toBe(401);
  });

  it('lets one of many who send the same code at once in', async () => {
    const { user, secret } = await enrol(await market.person());
    const ticket = await firstStep(user);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => call(routes.code, { body: { ticket, code: codeAt(secret) } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
  });

  it('takes a recovery code once, however it is typed', async () => {
    const { user, recoveryCodes } = await enrol(await market.person());
    const [first = '', second = ''] = recoveryCodes;
    const typed = ` ${first.toUpperCase().replace('-', ' ')} `;
    const ticket = await firstStep(user);
    expect((await call(routes.code, { body: { ticket, code: typed } })).status).toBe(200);
    expect((await call(routes.code, { body: { ticket, code: first } })).status).toBe(401);
    expect((await call(routes.code, { body: { ticket, code: second } })).status).toBe(200);
  });

  it('is over after eight wrong codes, for the right one too', async () => {
    const { user, secret } = await enrol(await market.person());
    const ticket = await firstStep(user);
    const statuses: number[] = [];
    for (let guess = 0; guess < 9; guess += 1) {
      statuses.push((await call(routes.code, { body: { ticket, code: `00000${guess}` }, ip: '198.51.100.1' })).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 401, 401, 429]);
    expect((await call(routes.code, { body: { ticket, code: codeAt(secret) } })).status).toBe(429);
    expect((await payloadLogin({ email: user.email, password: PASSWORD, code: codeAt(secret) })).status).toBe(429);
    await market.pool.query(`UPDATE two_factor SET tries_since = now() - interval '11 minutes'`);
    expect((await call(routes.code, { body: { ticket, code: codeAt(secret) } })).status).toBe(200);
  });

  it('trusts no ticket that is forged, too old, or older than the password', async () => {
    const { user, token, secret } = await enrol(await market.person());
    const other = await enrol(await market.person());
    const ticket = await firstStep(user);
    const [, until = '', signature = ''] = ticket.split('.');
    const code = codeAt(secret);
    for (const forged of [
      `${other.user.id}.${until}.${signature}`,
      `${user.id}.${Number(until) + 60}.${signature}`,
      `${ticket}x`,
      'x'.repeat(40),
    ]) {
      const answer = await call(routes.code, { body: { ticket: forged, code }, ip: '198.51.100.2' });
      expect([answer.status, errorOf(answer.body).code]).toEqual([400, 'invalid-token']);
    }
    vi.setSystemTime(Date.now() + 301_000);
    expect((await call(routes.code, { body: { ticket, code } })).status).toBe(400);
    vi.useRealTimers();
    const body = { password: PASSWORD, newPassword: 'another-long-password' };
    expect((await call(routes.password, { token, body })).status).toBe(200);
    expect((await call(routes.code, { body: { ticket, code } })).status).toBe(400);
  });

  it('holds at Payload’s own doors: REST and GraphQL', async () => {
    const { user, secret, recoveryCodes } = await enrol(await market.person(['moderator']));
    const credentials = { email: user.email, password: PASSWORD };
    const before = await sessionsOf(user);
    const bare = await payloadLogin(credentials);
    expect(bare.status).toBe(401);
    expect(bare.headers.get('set-cookie')).toBeNull();
    expect((await payloadLogin({ ...credentials, code: '000000' })).status).toBe(401);
    const login = (headers: Record<string, string> = {}) =>
      routes.graphql.POST(
        new Request('http://localhost:3001/api/graphql', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', ...headers },
          body: JSON.stringify({
            query: `mutation { loginUser(email: "${user.email}", password: "${PASSWORD}") { token } }`,
          }),
        }),
      );
    expect(await (await login()).text()).not.toMatch(/eyJ/);
    expect(await sessionsOf(user)).toEqual(before);
    const right = await payloadLogin({ ...credentials, code: codeAt(secret) });
    expect(right.status).toBe(200);
    expect(right.headers.get('set-cookie')).toMatch(/payload-token=eyJ/);
    // There nobody signs in, with both factors neither.
    expect(await (await login({ 'x-convene-code': recoveryCodes[0] ?? '' })).text()).not.toMatch(/eyJ/);
  });

  it('is asked for by the admin’s own page', async () => {
    const { user, secret } = await enrol(await market.person(['moderator']));
    const post = (form: Record<string, string>, origin = 'http://localhost:3001') =>
      routes.admin.POST(
        new Request('http://localhost:3001/api/auth/admin-sign-in', {
          method: 'POST',
          headers: { Origin: origin, 'Content-Type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ email: user.email, password: PASSWORD, redirect: '/admin/x', ...form }),
        }),
        { params: Promise.resolve({}) },
      );
    const leads = async (form: Record<string, string>) => {
      const answer = await post(form);
      expect(answer.status).toBe(303);
      return [answer.headers.get('location'), answer.headers.has('set-cookie')];
    };
    const before = await sessionsOf(user);
    expect(await leads({})).toEqual(['/admin/login?failed=code-needed&redirect=%2Fadmin%2Fx', false]);
    expect(await leads({ code: '000000' })).toEqual(['/admin/login?failed=code-wrong&redirect=%2Fadmin%2Fx', false]);
    expect(await leads({ password: 'wrong' })).toEqual([
      '/admin/login?failed=credentials&redirect=%2Fadmin%2Fx',
      false,
    ]);
    const { email } = await market.person();
    expect(await leads({ email })).toEqual(['/admin/login?failed=no-business&redirect=%2Fadmin%2Fx', false]);
    expect((await post({ code: codeAt(secret) }, 'https://evil.example')).status).toBe(403);
    expect(await sessionsOf(user)).toEqual(before);
    expect(await leads({ code: codeAt(secret) })).toEqual(['/admin/x', true]);
    expect(await leads({ code: codeAt(secret, 1), redirect: 'https://evil.example' })).toEqual(['/admin', true]);
  });

  it('is asked for after a reset by mail, which is not undone by it', async () => {
    const { user, secret, token } = await enrol(await market.person());
    const link = await market.payload.forgotPassword({
      collection: 'users',
      data: { email: user.email },
      disableEmail: true,
    });
    // By Payload's own route the link alone does nothing.
    const bare = await routes.payloads.POST(
      new Request('http://localhost:3001/api/users/reset-password', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ token: link, password: 'a-third-long-password' }),
      }),
      { params: Promise.resolve({ slug: ['users', 'reset-password'] }) },
    );
    expect(bare.status).toBe(401);
    const answer = await call(routes.reset, { body: { token: link, password: 'a-third-long-password' } });
    const { ticket } = codeNeededSchema.parse(answer.body);
    expect(await sessionsOf(user)).toEqual([]);
    expect((await call(routes.account, { method: 'GET', token })).status).toBe(401);
    expect((await call(routes.code, { body: { ticket, code: codeAt(secret) } })).status).toBe(200);
    await firstStep(user, 'a-third-long-password');
  });

  it('is turned off, and gets new recovery codes, by both factors', async () => {
    const { user, token, recoveryCodes } = await enrol(await market.person());
    const [first = '', second = '', third = ''] = recoveryCodes;
    expect((await call(routes.off, { token, body: { password: 'not-the-password', code: first } })).status).toBe(401);
    expect((await call(routes.off, { token, body: { password: PASSWORD, code: '000000' } })).status).toBe(401);
    const renewed = await call(routes.codes, { token, body: { password: PASSWORD, code: first } });
    const [fresh = ''] = recoveryCodesSchema.parse(renewed.body).recoveryCodes;
    expect((await call(routes.off, { token, body: { password: PASSWORD, code: second } })).status).toBe(401);
    expect((await call(routes.off, { token, body: { password: PASSWORD, code: third } })).status).toBe(401);
    expect(await toldTo(user)).toEqual(['user.two-factor.on']);
    expect((await call(routes.off, { token, body: { password: PASSWORD, code: fresh } })).status).toBe(200);
    expect(await toldTo(user)).toEqual(['user.two-factor.off']);
    sessionAnswerSchema.parse((await call(routes.signIn, { body: { email: user.email, password: PASSWORD } })).body);
    const after = await call(routes.state, { method: 'GET', token });
    expect(after.body).toEqual({ since: null, recoveryCodesLeft: 0, isRequired: false });
  });
});

const sessionsOf = async ({ id }: User): Promise<string[]> =>
  (
    await market.pool.query<{ id: string }>('SELECT id FROM users_sessions WHERE _parent_id = $1 ORDER BY id', [id])
  ).rows.map((row) => row.id);

describe('what is kept of it', () => {
  it('is read by nobody, an admin neither, and can’t be written', async () => {
    const { user, secret, recoveryCodes } = await enrol(await market.person());
    const rows = await market.pool.query('SELECT * FROM two_factor JOIN two_factor_recovery_codes USING (user_id)');
    const text = JSON.stringify(rows.rows);
    expect(text).not.toContain(secret);
    for (const code of recoveryCodes) expect(text).not.toContain(code.replace('-', ''));
    const seen = await market.payload.findByID({
      collection: 'users',
      id: user.id,
      showHiddenFields: true,
      overrideAccess: false,
      user: { ...market.admin, collection: 'users' },
    });
    expect(JSON.stringify(seen)).not.toContain(secret);
    expect(seen.twoFactorSince).toEqual(expect.any(String));
    await market.payload.update({ collection: 'users', id: user.id, data: { twoFactorSince: null } });
    expect((await market.payload.findByID({ collection: 'users', id: user.id })).twoFactorSince).toBe(
      seen.twoFactorSince,
    );
    // Another person's row opens nothing with it.
    const other = await enrol(await market.person());
    await market.pool.query(
      'UPDATE two_factor SET secret = (SELECT secret FROM two_factor WHERE user_id = $1) WHERE user_id = $2',
      [user.id, other.user.id],
    );
    const ticket = await firstStep(other.user);
    expect((await call(routes.code, { body: { ticket, code: codeAt(secret, 1) } })).status).toBe(500);
  });
});

describe('sign-ins at once', () => {
  it('leave every session alive, and revive none that was ended meanwhile', async () => {
    const user = await market.person();
    const ended = await market.tokenOf(user);
    const signIns = Array.from({ length: 10 }, () => market.tokenOf(user));
    const { endOtherSessions } = await import('../src/collections/Users/sessions');
    const tokens = await Promise.all(signIns);
    const alive = await Promise.all(tokens.map((token) => call(routes.account, { method: 'GET', token })));
    expect(alive.map(({ status }) => status)).toEqual(tokens.map(() => 200));
    expect(await sessionsOf(user)).toHaveLength(11);
    const { rows } = await market.pool.query<{ id: string }>(
      'SELECT id FROM users_sessions WHERE _parent_id = $1 ORDER BY _order DESC LIMIT 1',
      [user.id],
    );
    const late = market.tokenOf(user);
    const current = { ...user, _sid: rows[0]?.id };
    await endOtherSessions(await market.requestOf(user), current);
    await late;
    expect((await call(routes.account, { method: 'GET', token: ended })).status).toBe(401);
    const left = await sessionsOf(user);
    expect(left).toContain(rows[0]?.id);
    expect(left.length).toBeLessThanOrEqual(2);
  });

  it('undo nothing that was written while the password was hashed', async () => {
    const user = await market.person(['host', 'moderator']);
    const { db } = market.payload;
    const write = db.updateOne;
    /** Somebody else's change, committed between Payload's read and its write. */
    const meanwhile = (sql: string) => {
      const spy = vi.spyOn(db, 'updateOne').mockImplementationOnce(async (args) => {
        await market.pool.query(sql, [user.id]);
        spy.mockRestore();
        return write.call(db, args);
      });
    };
    const now = async () => market.payload.findByID({ collection: 'users', id: user.id });
    meanwhile(`UPDATE users SET display_name = 'A new name', bio = 'New.' WHERE id = $1`);
    await market.tokenOf(user);
    expect(await now()).toMatchObject({ displayName: 'A new name', bio: 'New.' });
    meanwhile(`DELETE FROM users_roles WHERE parent_id = $1 AND value = 'moderator'`);
    await market.tokenOf(user);
    expect((await now()).roles.sort()).toEqual(['client', 'host']);
    meanwhile('DELETE FROM users_sessions WHERE _parent_id = $1');
    await market.tokenOf(user);
    expect(await sessionsOf(user)).toHaveLength(1);
    meanwhile(`UPDATE users SET hash = 'another' WHERE id = $1`);
    await expect(market.tokenOf(user)).rejects.toThrow(/incorrect/i);
    const { rows } = await market.pool.query('SELECT hash FROM users WHERE id = $1', [user.id]);
    expect(rows).toEqual([{ hash: 'another' }]);
  });
});
