import { accountSchema, sessionAnswerSchema } from '@convene/common/api';
import { errorAnswerSchema } from '@convene/common/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, createPayloadHarness, type PayloadHarness } from './payloadHarness';

let harness: PayloadHarness;
let routes: Awaited<ReturnType<typeof loadRoutes>>;

const loadRoutes = async () => ({
  signUp: await import('../src/app/api/auth/sign-up/route'),
  verify: await import('../src/app/api/auth/verify/route'),
  signIn: await import('../src/app/api/auth/sign-in/route'),
  signOut: await import('../src/app/api/auth/sign-out/route'),
  forgot: await import('../src/app/api/auth/forgot/route'),
  reset: await import('../src/app/api/auth/reset/route'),
  account: await import('../src/app/api/account/route'),
});

beforeAll(async () => {
  harness = await createPayloadHarness();
  routes = await loadRoutes();
});
afterAll(() => harness.dispose());

const nina = { displayName: 'Nina New', email: 'nina@example.com', password: 'a-long-password', roles: ['host'] };
const credentials = { email: nina.email, password: nina.password };

const codeOf = (body: unknown): string => errorAnswerSchema.parse(body).error.code;

const lastToken = async (type: string): Promise<string> => {
  const row = (await harness.outbox()).findLast((entry) => entry.type === type);
  return String(row?.payload['token']);
};

/** Later tests go on where the earlier ones stopped: this is one account's story. */
describe('an account', () => {
  it('begins with a mail to confirm the address, and one to staff, in the same transaction', async () => {
    expect(await call(routes.signUp, { body: nina })).toMatchObject({ status: 202, body: {} });
    expect((await harness.outbox()).map(({ type }) => type).sort()).toEqual(['admin.user.new', 'user.welcome']);
  });

  it('answers the same to whoever signs up again with the address, and mails once an hour', async () => {
    const again = await call(routes.signUp, { body: { ...nina, displayName: 'Somebody Else' } });
    expect(again).toMatchObject({ status: 202, body: {} });
    expect(await harness.outbox()).toHaveLength(2);
    const { docs } = await harness.payload.find({ collection: 'users', where: { email: { equals: nina.email } } });
    expect(docs.map(({ displayName }) => displayName)).toEqual(['Nina New']);
  });

  it('answers a sign-in before confirmation as it does a wrong password or an unknown address', async () => {
    const answers = [
      await call(routes.signIn, { body: credentials }),
      await call(routes.signIn, { body: { ...credentials, password: 'wrong-password' } }),
      await call(routes.signIn, { body: { ...credentials, email: 'nobody@example.com' } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it('is confirmed once by its link, and welcomed for each listing role', async () => {
    const token = await lastToken('user.welcome');
    expect((await call(routes.verify, { body: { token } })).status).toBe(200);
    const second = await call(routes.verify, { body: { token } });
    expect(second.status).toBe(400);
    expect(codeOf(second.body)).toBe('invalid-token');
    const welcomes = (await harness.outbox()).filter(({ type }) => type.startsWith('user.welcome.'));
    expect(welcomes.map(({ type }) => type)).toEqual(['user.welcome.host']);
  });

  it('is reminded of itself when somebody signs up with a confirmed address', async () => {
    await harness.pool.query("UPDATE notification_outbox SET created_at = created_at - interval '2 hours'");
    expect((await call(routes.signUp, { body: nina })).status).toBe(202);
    expect((await harness.outbox()).at(-1)?.type).toBe('user.signup.existing');
  });

  it('signs in, is told who it is, and signs out for good', async () => {
    const session = sessionAnswerSchema.parse((await call(routes.signIn, { body: credentials })).body);
    const me = await call(routes.account, { method: 'GET', token: session.token });
    expect(accountSchema.parse(me.body)).toMatchObject({ email: nina.email, roles: ['client', 'host'] });
    expect((await call(routes.signOut, { token: session.token })).status).toBe(200);
    expect((await call(routes.account, { method: 'GET', token: session.token })).status).toBe(401);
  });

  it('gets a new password by a link that works once; sessions end and the change is told', async () => {
    const session = sessionAnswerSchema.parse((await call(routes.signIn, { body: credentials })).body);
    expect((await call(routes.forgot, { body: { email: nina.email } })).status).toBe(202);
    expect((await call(routes.forgot, { body: { email: 'nobody@example.com' } })).status).toBe(202);
    const token = await lastToken('user.reset.start');
    const reset = await call(routes.reset, { body: { token, password: 'quite-another-one' } });
    expect(sessionAnswerSchema.parse(reset.body).account.email).toBe(nina.email);
    expect((await call(routes.reset, { body: { token, password: 'and-a-third-one' } })).status).toBe(400);
    expect((await call(routes.account, { method: 'GET', token: session.token })).status).toBe(401);
    expect((await call(routes.signIn, { body: credentials })).status).toBe(401);
    expect((await harness.outbox()).at(-1)?.type).toBe('user.reset.confirmed');
  });
});

describe('bad input', () => {
  it.each([
    ['no JSON', '{', 400, 'bad-json'],
    ['missing fields', {}, 400, 'invalid-input'],
    ['a role that nobody can take', { ...nina, email: 'x@example.com', roles: ['admin'] }, 400, 'invalid-input'],
    ['too large', { ...nina, displayName: 'x'.repeat(40_000) }, 413, 'body-too-large'],
  ])('%s is refused and creates nobody', async (_what, body, status, code) => {
    const before = await harness.payload.count({ collection: 'users' });
    const answer = await call(routes.signUp, { body });
    expect(answer.status).toBe(status);
    expect(codeOf(answer.body)).toBe(code);
    expect(await harness.payload.count({ collection: 'users' })).toEqual(before);
  });

  it('a wrong method is told which one is right', async () => {
    const answer = await call(routes.signUp, { method: 'GET' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
    expect(codeOf(answer.body)).toBe('method-not-allowed');
  });

  it('somebody who guesses tokens is told to wait', async () => {
    const statuses: number[] = [];
    for (let guess = 0; guess < 31; guess += 1) {
      const answer = await call(routes.verify, { body: { token: `${'0'.repeat(20)}${guess}` }, ip: '198.51.100.9' });
      statuses.push(answer.status);
      if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(statuses.slice(0, 30).every((status) => status === 400)).toBe(true);
    expect(statuses[30]).toBe(429);
  });
});
