import {
  backendRoutes,
  backendTargets,
  changesBetween,
  faultOf,
  fingerprint,
  hostileRequest,
  type Target,
} from '@convene/local-stack/hostile';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createPayloadHarness, PASSWORD, type PayloadHarness } from './payloadHarness';

// Routes are loaded as they are asked for, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

/** A sample, the same each time; `pnpm bench:fuzz` sends many more to what is built. */
const SEED = 1;
const TIMES = 600;
const AT_ONCE = 4;

type Handler = (request: Request, context: { params: Promise<Record<string, unknown>> }) => Promise<Response>;
const handlerSchema = z.custom<Handler>((value) => typeof value === 'function');
const routeSchema = z.record(z.string(), z.unknown());

/** One request to Payload's own interfaces, as nobody. */
const ask = async (
  method: string,
  path: string,
  {
    type = 'application/json',
    body,
    headers = {},
  }: { type?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: unknown }> => {
  const file = routes.get(`/api/${path.split('?')[0]}`) ?? catchAll;
  const handler = handlerSchema.parse(routeSchema.parse(await import(file))[method]);
  const request = new Request(`http://localhost:3001/api/${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': type }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const slug = (path.split('?')[0] ?? '').split('/');
  const answer = await handler(request, { params: Promise.resolve({ slug }) });
  return { status: answer.status, body: await answer.json() };
};

let harness: PayloadHarness;
let targets: Target[];
const routes = backendRoutes();
const catchAll = new URL('../src/app/(payload)/api/[...slug]/route.ts', import.meta.url).pathname;

beforeAll(async () => {
  harness = await createPayloadHarness();
  targets = backendTargets(Object.keys(harness.payload.collections)).filter(({ pattern }) =>
    pattern.startsWith('/api/'),
  );
}, 120_000);

afterAll(() => harness.dispose());

/** As a server does before it asks anybody: what no decoder takes is read as it stands. */
const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** The name of a fault, or null: what the route's handler answers, called as Next calls it. */
const faultAt = async (target: Target, seed: number): Promise<string | null> => {
  const { method, address, params, headers, body } = hostileRequest(target, seed);
  const file = routes.get(target.pattern);
  const segments = (address.split('?')[0] ?? '').split('/').slice(2).map(decoded);
  const named = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decoded(value)]));
  const handler = routeSchema.parse(await import(file ?? catchAll))[method];
  if (!handler) return null;
  const request = new Request(`http://localhost:3001${address}`, {
    method,
    headers,
    body: body && new Uint8Array(body),
  });
  const told = `seed ${seed}: ${method} ${address.slice(0, 200)}: `;
  try {
    const answer = await handlerSchema.parse(handler)(request, {
      params: Promise.resolve(file ? named : { slug: segments }),
    });
    const fault = faultOf(answer.status, await answer.text());
    return fault && told + fault;
  } catch (error) {
    return `${told}thrown: ${error instanceof Error ? error.stack : String(error)}`;
  }
};

it.each([
  ['GET', 'cities/events', 404],
  ['GET', 'events/999999999999', 404],
  ['PATCH', 'events/999999999999', 404],
  ['DELETE', 'cities/1e309', 404],
  ['POST', 'cities/NaN/duplicate', 404],
  ['POST', 'services/versions/9007199254740993', 404],
  ['GET', 'services/access/events', 404],
  ['GET', 'cities/2', 404],
  // What keeps no versions has none to show or to bring back, whoever asks.
  ['POST', 'leases/versions/1', 404],
  ['GET', 'cities/versions', 404],
  ['GET', 'globals/feed-weights/versions/1', 404],
  ['GET', 'payload-migrations', 404],
  ['GET', 'toString/1', 404],
  ['PATCH', 'constructor/1', 404],
  ['GET', 'media/file/nothing.webp', 404],
  ['GET', `media/file/${'x'.repeat(5_000)}`, 404],
  ['GET', 'media/file/a%00b', 404],
  ['POST', 'users/logout', 400],
  ['GET', 'cities?where[id][equals]=x', 200],
  ['GET', 'cities?where[id][equals]=99999999999', 400],
  ['GET', 'cities?where[slug][equals]=a%00b', 400],
] as const)('answers %s /api/%s by %i', async (method, path, status) => {
  expect(await ask(method, path)).toMatchObject({ status });
});

const FORM = 'multipart/form-data; boundary=----of-a-form-that-was-made-by-hand';

it.each([
  ['PATCH', 'services', 'null', 'application/json'],
  ['PATCH', 'services/1', '[]', 'application/json'],
  ['PATCH', 'reviews/1', '1e400', 'application/json'],
  ['PATCH', 'services', '{', 'application/json'],
  ['POST', 'cities', '------of-a-form-that-was-made-by-hand\r\nContent-Disposition: form-data; name="_payload"', FORM],
  [
    'POST',
    'cities',
    '------of-a-form-that-was-made-by-hand\r\nContent-Disposition: form-data; name="_payload"\r\n\r\n{\r\n------of-a-form-that-was-made-by-hand--',
    FORM,
  ],
  [
    'POST',
    'media',
    '------of-a-form-that-was-made-by-hand\r\nContent-Disposition: form-data; name="file"\r\n\r\n{}\r\n------of-a-form-that-was-made-by-hand--',
    FORM,
  ],
  ['PATCH', 'cities/1', 'x', FORM],
  ['POST', 'media/1', 'x', 'multipart/form-data'],
  ['POST', 'globals/feed-weights', 'null', 'application/json'],
  ['POST', 'graphql', '{', 'application/json'],
  ['POST', 'graphql', 'x', FORM],
])('refuses %s /api/%s with the body %s as what it is: the sender’s mistake', async (method, path, body, type) => {
  const answer = await ask(method, path, { body, type });
  expect([400, 404]).toContain(answer.status);
  expect(answer.body).toMatchObject(path === 'media/1' ? {} : { errors: [{ message: expect.any(String) }] });
});

it('refuses a query in a body that can’t be read', async () => {
  const headers = { 'x-http-method-override': 'GET' };
  expect(await ask('POST', 'cities', { body: '{', headers })).toMatchObject({ status: 400 });
});

it('takes no body at all as an empty one', async () => {
  expect(await ask('PATCH', 'services?where[id][equals]=1')).toMatchObject({ status: 403 });
  expect(await ask('PATCH', 'services/1')).toMatchObject({ status: 403 });
});

it('finds no preference of somebody who has none, by key, and deletes one that is there', async () => {
  const { payload, createUser } = harness;
  const { email } = await createUser({ email: 'keeper@example.com' });
  const { token } = await payload.login({ collection: 'users', data: { email, password: PASSWORD } });
  const headers = { authorization: `JWT ${token}` };
  expect(await ask('DELETE', 'payload-preferences/columns', { headers })).toMatchObject({ status: 404 });
  const body = JSON.stringify({ value: { columns: [] } });
  expect(await ask('POST', 'payload-preferences/columns', { headers, body })).toMatchObject({ status: 200 });
  expect(await ask('DELETE', 'payload-preferences/columns', { headers })).toMatchObject({ status: 200 });
  expect(await payload.count({ collection: 'payload-preferences' })).toEqual({ totalDocs: 0 });
});

it('says of variables in GraphQL that they do not fit, before anything is run', async () => {
  const query = 'query ($id: Int!) { City(id: $id) { id } }';
  const say = (variables: unknown) => ask('POST', 'graphql', { body: JSON.stringify({ query, variables }) });
  for (const variables of [{}, { id: 'x' }, { id: 99_999_999_999 }]) {
    const { status, body } = await say(variables);
    expect(status).toBeLessThan(500);
    expect(JSON.stringify(body)).toMatch(/Variable \\"\$id\\"/);
  }
  expect(await say({ id: 1 })).toMatchObject({ status: 200, body: { data: { City: null } } });
});

it('answers whatever comes without a fault, and keeps nothing of it', { timeout: 300_000 }, async () => {
  const { databaseUrl } = harness.context;
  const before = await fingerprint(databaseUrl);
  const faults: string[] = [];
  let next = 0;
  const shoot = async (): Promise<void> => {
    while (next < TIMES) {
      const number = next;
      next += 1;
      // Each round of the targets begins elsewhere in the list of seeds.
      const target = targets[number % targets.length];
      if (!target) throw new Error('there are no targets');
      const fault = await faultAt(target, SEED + number);
      if (fault) faults.push(fault);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, shoot));
  expect(faults).toEqual([]);
  expect(changesBetween(before, await fingerprint(databaseUrl))).toEqual([]);
});
