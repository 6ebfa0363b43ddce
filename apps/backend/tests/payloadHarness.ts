import { PEER_ADDRESS_HEADER } from '@convene/common/clientIp';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import type { Payload, PayloadRequest } from 'payload';
import { Pool } from 'pg';
import { vi } from 'vitest';
import type { User } from '../src/payload-types';

export type PayloadHarness = {
  context: TestContext;
  payload: Payload;
  pool: Pool;
  /** A request of Payload's own, as somebody. */
  requestAs: (user?: User) => Promise<PayloadRequest>;
  createUser: (data: Partial<User> & { email: string }) => Promise<User>;
  /** What waits in the outbox, oldest first, with its payload. */
  outbox: () => Promise<{ type: string; payload: Record<string, unknown> }[]>;
  dispose: () => Promise<void>;
};

export const PASSWORD = 'a-password-for-tests';

/**
 * The backend on a database of the test file's own. What is imported of the app must be imported after this, by
 * `await import(...)`: the app reads its environment when it is loaded.
 */
export const createPayloadHarness = async (): Promise<PayloadHarness> => {
  const context = await createTestContext();
  for (const [name, value] of Object.entries({ ...context.env.backend, LOG_LEVEL: 'silent' })) vi.stubEnv(name, value);
  const { getBackend, localRequest } = await import('../src/utils/payload');
  const { getPool } = await import('../src/utils/postgres');
  const { silentContext } = await import('../src/notifications/silence');
  const payload = await getBackend();
  const pool = new Pool({ connectionString: context.databaseUrl, max: 4 });
  return {
    context,
    payload,
    pool,
    requestAs: localRequest,
    createUser: (data) =>
      payload.create({
        collection: 'users',
        data: {
          displayName: 'Somebody',
          roles: ['client'],
          locale: 'en',
          verification: 'none',
          password: PASSWORD,
          _verified: true,
          ...data,
        },
        disableVerificationEmail: true,
        context: silentContext,
      }),
    outbox: async () =>
      (
        await pool.query<{ type: string; payload: Record<string, unknown> }>(
          'SELECT type, payload FROM notification_outbox ORDER BY created_at, id',
        )
      ).rows,
    dispose: async () => {
      await payload.destroy();
      await getPool().end();
      await pool.end();
      await context.dispose();
    },
  };
};

type Handlers<Params> = Record<
  'GET' | 'POST',
  (request: Request, context: { params: Promise<Params> }) => Promise<Response> | Response
>;

type Call = { method?: 'GET' | 'POST'; body?: unknown; token?: string; ip?: string; query?: string };

/** Calls a route file's handler as Next does. */
export const call = async <Params = Record<string, never>>(
  route: Handlers<Params>,
  { method = 'POST', body, token, ip = '203.0.113.7', query = '', params }: Call & { params?: Params } = {},
): Promise<{ status: number; body: unknown; headers: Headers }> => {
  const answer = await route[method](
    new Request(`http://localhost:3001/api/test${query}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        [PEER_ADDRESS_HEADER]: ip,
        ...(token ? { Authorization: `JWT ${token}` } : {}),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
    { params: Promise.resolve((params ?? {}) as Params) },
  );
  return { status: answer.status, body: await answer.json(), headers: answer.headers };
};
