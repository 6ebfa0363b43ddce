import 'server-only';
import {
  type Account,
  accountSchema,
  type NotificationPreferences,
  notificationPreferencesSchema,
  type OwnListings,
  ownListingsSchema,
  type SessionAnswer,
  type SignUp,
  type Subscription,
  sessionAnswerSchema,
  subscriptionSchema,
} from '@convene/common/api';
import { clientIpOf } from '@convene/common/clientIp';
import { headers } from 'next/headers';
import { z } from 'zod';
import { env } from '@/env';
import { callBackend } from './http';

/** Endpoints that answer no more than "done". */
const doneSchema = z.object({});

const visitorIp = async (): Promise<string | null> => clientIpOf(await headers(), env.TRUSTED_PROXY_HOPS);

const post = async <T>(path: string, body: unknown, answer: z.ZodType<T>): Promise<T> =>
  callBackend({ method: 'POST', path, body, answer, clientIp: await visitorIp() });

/** Asks for an account; the same answer whether or not the address has one. */
export const signUp = (input: SignUp) => post('auth/sign-up', input, doneSchema);

/** @throws ConveneError invalid-token */
export const verifyEmail = (token: string) => post('auth/verify', { token }, doneSchema);

/** @throws ConveneError wrong-credentials */
export const signIn = (input: { email: string; password: string }): Promise<SessionAnswer> =>
  post('auth/sign-in', input, sessionAnswerSchema);

/** Asks for a link to reset the password; the same answer whether or not the address has an account. */
export const forgotPassword = (email: string) => post('auth/forgot', { email }, doneSchema);

/** @throws ConveneError invalid-token */
export const resetPassword = (input: { token: string; password: string }): Promise<SessionAnswer> =>
  post('auth/reset', input, sessionAnswerSchema);

/** @throws ConveneError invalid-token */
export const getSubscription = async (token: string): Promise<Subscription> =>
  callBackend({
    method: 'GET',
    path: 'unsubscribe/subscription',
    query: { token },
    answer: subscriptionSchema,
    clientIp: await visitorIp(),
  });

/** @throws ConveneError invalid-token */
export const unsubscribe = (token: string) => post('unsubscribe', { token }, doneSchema);

/** Makes the backend's session invalid. */
export const signOut = async (sessionToken: string) =>
  callBackend({
    method: 'POST',
    path: 'auth/sign-out',
    body: {},
    answer: doneSchema,
    sessionToken,
    clientIp: await visitorIp(),
  });

const getOwn = async <T>(path: string, sessionToken: string, answer: z.ZodType<T>): Promise<T> =>
  callBackend({ method: 'GET', path, answer, sessionToken, clientIp: await visitorIp() });

/** @throws ConveneError unauthenticated */
export const getAccount = (sessionToken: string): Promise<Account> => getOwn('account', sessionToken, accountSchema);

/** @throws ConveneError unauthenticated */
export const getNotificationPreferences = (sessionToken: string): Promise<NotificationPreferences> =>
  getOwn('account/notifications', sessionToken, notificationPreferencesSchema);

/** @throws ConveneError unauthenticated */
export const setNotificationPreferences = async (
  sessionToken: string,
  wanted: NotificationPreferences,
): Promise<NotificationPreferences> =>
  callBackend({
    method: 'POST',
    path: 'account/notifications',
    body: wanted,
    answer: notificationPreferencesSchema,
    sessionToken,
    clientIp: await visitorIp(),
  });

/** @throws ConveneError unauthenticated */
export const getOwnListings = (sessionToken: string): Promise<OwnListings> =>
  getOwn('account/listings', sessionToken, ownListingsSchema);
