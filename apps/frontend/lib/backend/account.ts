import 'server-only';
import {
  type Account,
  type AccountSettings,
  accountSchema,
  accountSettingsSchema,
  type ProfileChange,
  type SessionAnswer,
  type SignInAnswer,
  type SignUp,
  type Subscription,
  sessionAnswerSchema,
  signInAnswerSchema,
  subscriptionSchema,
} from '@convene/common/api';
import { doneSchema, get, getOwn, post } from './calls';

/** Asks for an account; the same answer whether or not the address has one. */
export const signUp = (input: SignUp) => post('auth/sign-up', input, doneSchema);

/** @throws ConveneError invalid-token */
export const verifyEmail = (token: string) => post('auth/verify', { token }, doneSchema);

/** @throws ConveneError wrong-credentials */
export const signIn = (input: { email: string; password: string }): Promise<SignInAnswer> =>
  post('auth/sign-in', input, signInAnswerSchema);

/** The second step, where the first one answered a ticket. @throws ConveneError wrong-credentials or invalid-token */
export const signInWithCode = (input: { ticket: string; code: string }): Promise<SessionAnswer> =>
  post('auth/sign-in/code', input, sessionAnswerSchema);

/** Asks for a link to reset the password; the same answer whether or not the address has an account. */
export const forgotPassword = (email: string) => post('auth/forgot', { email }, doneSchema);

/** @throws ConveneError invalid-token */
export const resetPassword = (input: { token: string; password: string }): Promise<SignInAnswer> =>
  post('auth/reset', input, signInAnswerSchema);

/** @throws ConveneError invalid-token */
export const getSubscription = (token: string): Promise<Subscription> =>
  get('unsubscribe/subscription', { token }, subscriptionSchema);

/** @throws ConveneError invalid-token */
export const unsubscribe = (token: string) => post('unsubscribe', { token }, doneSchema);

/** Makes the backend's session invalid. */
export const signOut = (sessionToken: string) => post('auth/sign-out', {}, doneSchema, sessionToken);

/** @throws ConveneError unauthenticated */
export const getAccount = (sessionToken: string): Promise<Account> => getOwn('account', sessionToken, accountSchema);

/** @throws ConveneError unauthenticated */
export const getSettings = (sessionToken: string): Promise<AccountSettings> =>
  getOwn('account/settings', sessionToken, accountSettingsSchema);

/** What is not named stays. */
export const changeProfile = (sessionToken: string, change: ProfileChange): Promise<Account> =>
  post('account/profile', change, accountSchema, sessionToken);

/** Every other session ends. @throws ConveneError wrong-credentials */
export const changePassword = (sessionToken: string, input: { password: string; newPassword: string }) =>
  post('account/password', input, doneSchema, sessionToken);

/** Mails a link to the new address; the same answer whether or not it has an account. */
export const changeEmail = (sessionToken: string, input: { email: string; password: string }) =>
  post('account/email', input, doneSchema, sessionToken);

/** @throws ConveneError invalid-token */
export const confirmEmail = (token: string) => post('account/email/confirm', { token }, doneSchema);

/** For good. @throws ConveneError wrong-credentials */
export const deleteAccount = (sessionToken: string, password: string) =>
  post('account/delete', { password }, doneSchema, sessionToken);
