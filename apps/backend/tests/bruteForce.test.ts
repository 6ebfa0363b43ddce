import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call, createPayloadHarness, PASSWORD, type PayloadHarness } from './payloadHarness';

/* Guessing passwords: of one account from many addresses, and of many accounts from one. */

let harness: PayloadHarness;
let signIn: typeof import('../src/app/api/auth/sign-in/route');
let email: string;

beforeAll(async () => {
  harness = await createPayloadHarness();
  signIn = await import('../src/app/api/auth/sign-in/route');
});
afterAll(() => harness.dispose());
beforeEach(async () => {
  email = `${randomUUID()}@example.com`;
  await harness.createUser({ email });
});

let addresses = 0;
const anotherAddress = (): string => {
  addresses += 1;
  return `198.51.${Math.floor(addresses / 250)}.${addresses % 250}`;
};

const tryPassword = (password: string, { address = anotherAddress(), as = email } = {}) =>
  call(signIn, { body: { email: as, password }, ip: address });

test('an account is locked for everybody after eight wrong passwords, whichever addresses they come from', {
  timeout: 60_000,
}, async () => {
  const answers = [];
  for (let attempt = 0; attempt < 8; attempt += 1) answers.push(await tryPassword(`guess number ${attempt}`));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
  const right = await tryPassword(PASSWORD);
  // The lock is no oracle: the right password gets the answer of a wrong one.
  expect(right).toEqual(answers[0]);

  await harness.pool.query(`UPDATE users SET lock_until = now() - interval '1 second' WHERE email = $1`, [email]);
  expect((await tryPassword(PASSWORD)).status).toBe(200);
});

test('guesses that are made all at once are counted all the same', { timeout: 60_000 }, async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, (_, attempt) => tryPassword(`guess number ${attempt}`)));
  // On a slow machine the last of them find no connection free in time: they are told to come again, and learn nothing.
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status !== 401 && status !== 503)).toEqual([]);
  expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(8);
  expect((await tryPassword(PASSWORD)).status).toBe(401);
});

test('an address is sent away after twenty tries, whichever accounts they are for, with when to come again', {
  timeout: 60_000,
}, async () => {
  const address = anotherAddress();
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 25; attempt += 1) {
    const { status } = await tryPassword('a guess', { address, as: `${attempt}@example.com` });
    statuses.push(status);
  }
  expect(statuses.filter((status) => status === 401)).toHaveLength(20);
  expect(statuses.slice(20)).toEqual([429, 429, 429, 429, 429]);
  expect((await tryPassword(PASSWORD)).status).toBe(200);
});

test("the ways round it are shut: Payload's own sign-in counts into the same lock", { timeout: 60_000 }, async () => {
  const login = (password: string) =>
    harness.payload.login({ collection: 'users', data: { email, password } }).then(
      () => 'in',
      () => 'refused',
    );
  for (let attempt = 0; attempt < 8; attempt += 1) await login(`guess number ${attempt}`);
  expect(await login(PASSWORD)).toBe('refused');
  expect((await tryPassword(PASSWORD)).status).toBe(401);
});
