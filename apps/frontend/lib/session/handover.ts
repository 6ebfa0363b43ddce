import 'server-only';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { cookies } from 'next/headers';
import { z } from 'zod';
import { env } from '@/env';
import { deriveKey } from './keys';

/*
 * What one step of a form hands to the next and nobody may read or change on the way: sealed in a cookie of some minutes,
 * so that it works without script and stands in no address.
 */
const handovers = {
  /** Between password and code. */
  signIn: {
    cookie: 'convene_sign_in',
    path: '/sign-in',
    minutes: 5,
    schema: z.object({ ticket: z.string(), next: z.string() }),
  },
  /** Between beginning two-factor and its first code. */
  secret: {
    cookie: 'convene_two_factor',
    path: '/account/security',
    minutes: 15,
    schema: z.object({ userId: z.string(), secret: z.string(), uri: z.string() }),
  },
  /** Until they are kept. */
  recoveryCodes: {
    cookie: 'convene_recovery',
    path: '/account/security',
    minutes: 15,
    schema: z.object({ userId: z.string(), codes: z.array(z.string()) }),
  },
} as const;

export type HandoverName = keyof typeof handovers;
type Value<Name extends HandoverName> = z.infer<(typeof handovers)[Name]['schema']>;

const keyOf = (name: HandoverName) => deriveKey(env.SESSION_SECRET, `handover-${name}-v1`);

/** Only in a server action or a route handler. */
export const handOver = async <Name extends HandoverName>(name: Name, value: Value<Name>): Promise<void> => {
  const { cookie, path, minutes } = handovers[name];
  const sealed = await new EncryptJWT({ value })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setExpirationTime(`${minutes}m`)
    .encrypt(keyOf(name));
  (await cookies()).set(cookie, sealed, {
    httpOnly: true,
    sameSite: 'lax',
    secure: env.cookiesAreSecure,
    path,
    maxAge: minutes * 60,
  });
};

/** What was handed over; null where nothing was, or it is altered or too old. */
export const takeOver = async <Name extends HandoverName>(name: Name): Promise<Value<Name> | null> => {
  const { cookie, schema } = handovers[name];
  const sealed = (await cookies()).get(cookie)?.value;
  if (!sealed) return null;
  try {
    const { payload } = await jwtDecrypt(sealed, keyOf(name), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    const parsed = z.object({ value: schema }).safeParse(payload);
    return parsed.success ? (parsed.data.value as Value<Name>) : null;
  } catch {
    // Whatever is wrong with a cookie, it hands over nothing.
    return null;
  }
};

/** Only in a server action or a route handler. */
export const dropHandover = async (name: HandoverName): Promise<void> => {
  const { cookie, path } = handovers[name];
  (await cookies()).set(cookie, '', { httpOnly: true, secure: env.cookiesAreSecure, path, maxAge: 0 });
};
