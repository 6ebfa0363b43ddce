import { emailSchema } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import { generatePayloadCookie } from 'payload/shared';
import { z } from 'zod';
import { canUseAdmin } from '../../access/canUseAdmin';
import { isStaffAccount } from '../../collections/Users/decisions';
import { fromDevice } from '../../collections/Users/sessionDevices';
import { secondFactorReason } from '../../collections/Users/twoFactor/secondFactorError';
import { withCode } from '../../collections/Users/twoFactor/secondFactorOf';
import { env } from '../../env';
import { getBackend } from '../../utils/payload';
import { isApiError, reasonIn } from '../../utils/payloadErrors';
import { getPool } from '../../utils/postgres';
import { withSteadyDuration } from '../../utils/steadyDuration';
import { clientIp, clientUserAgent, type RouteHandler, readText } from '../http';
import { type AdminSignInFailure, safeAdminPath } from './adminPaths';
import { STEADY_ANSWER_MS, signInLimit } from './limits';

const formSchema = z.object({
  email: emailSchema,
  password: z.string().min(1).max(128),
  code: z.string().trim().max(64).default(''),
  redirect: z.string().optional(),
});

const leaveFor = (location: string, cookie?: string): Response =>
  new Response(null, {
    status: 303,
    headers: { Location: location, 'Cache-Control': 'no-store', ...(cookie ? { 'Set-Cookie': cookie } : {}) },
  });

const failed = (failure: AdminSignInFailure, next: string): Response =>
  leaveFor(`/admin/login?${new URLSearchParams({ failed: failure, redirect: next })}`);

/** A stranger's page must not sign somebody in as the stranger. */
const requireOwnOrigin = (request: Request): void => {
  if (request.headers.get('origin') === new URL(env.BACKEND_URL).origin) return;
  throw new ConveneError('forbidden', 'Sign in on the admin’s own page.');
};

/** POST /api/auth/admin-sign-in: the form of the admin's sign-in page. */
export const adminSignIn: RouteHandler = async (request) => {
  requireOwnOrigin(request);
  const fields = Object.fromEntries(new URLSearchParams(await readText(request, 4_096)));
  const next = safeAdminPath(fields['redirect']);
  const form = formSchema.safeParse(fields);
  if (!form.success) return failed('credentials', next);
  try {
    await signInLimit(clientIp(request));
    return await withSteadyDuration(STEADY_ANSWER_MS, () => signIn(request, { ...form.data, next }));
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    return failed(failure, next);
  }
};

/** By what errors say, never by their class. Null for what nobody foresaw. */
export const failureOf = (error: unknown): AdminSignInFailure | null => {
  if (error instanceof ConveneError && error.code === 'too-many-requests') return 'too-many';
  const missing = secondFactorReason(error);
  if (missing) return missing;
  if (!isApiError(error)) return null;
  if (error.status === 403 && reasonIn(error) === 'suspended') return 'suspended';
  // A wrong password and a locked account are 401, an unconfirmed one 403.
  return error.status === 401 || error.status === 403 ? 'credentials' : null;
};

const signIn = async (
  request: Request,
  { email, password, code, next }: { email: string; password: string; code: string; next: string },
): Promise<Response> => {
  const payload = await getBackend();
  const { token, user } = await payload.login({
    collection: 'users',
    data: { email, password },
    context: { ...fromDevice(clientUserAgent(request)), ...(code ? withCode(code) : {}) },
  });
  if (!token) throw new Error('signing in gave no token');
  if (!canUseAdmin({ req: { user } })) {
    // Nobody has its token.
    await getPool().query('DELETE FROM users_sessions WHERE id = $1', [sessionOf(token)]);
    return failed(user && isStaffAccount(user) ? 'enrol' : 'no-business', next);
  }
  const cookie = generatePayloadCookie({
    collectionAuthConfig: payload.collections.users.config.auth,
    cookiePrefix: payload.config.cookiePrefix,
    token,
  });
  return leaveFor(next, cookie);
};

const claimsSchema = z.object({ sid: z.string() });

const sessionOf = (token: string): string =>
  claimsSchema.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).sid;
