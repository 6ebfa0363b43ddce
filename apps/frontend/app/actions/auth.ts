'use server';

import { setTimeout as sleep } from 'node:timers/promises';
import {
  forgotSchema,
  resetSchema,
  type SignInAnswer,
  signInCodeSchema,
  signInSchema,
  signUpSchema,
  verifySchema,
} from '@convene/common/api';
import { redirect } from 'next/navigation';
import { env } from '@/env';
import {
  forgotPassword,
  resetPassword,
  signIn,
  signInWithCode,
  signOut,
  signUp,
  verifyEmail,
} from '@/lib/backend/account';
import { isConveneError } from '@/lib/backend/errors';
import { pathsOf, refused, succeeded, withBackendError, withFieldErrors } from '@/lib/forms/answers';
import { checkHuman, HONEYPOT_FIELD, TICKET_FIELD } from '@/lib/forms/humanCheck';
import type { FormState } from '@/lib/forms/state';
import { textOf } from '@/lib/forms/textOf';
import { currentLocale } from '@/lib/i18n/currentLocale';
import { logger } from '@/lib/logger';
import { endSession, getSession, startSession } from '@/lib/session/cookie';
import { dropHandover, handOver, takeOver } from '@/lib/session/handover';
import { safeNextPath } from '@/lib/session/safeNextPath';

const humanCheckOf = (form: FormData) =>
  checkHuman({
    honeypot: form.get(HONEYPOT_FIELD),
    ticket: form.get(TICKET_FIELD),
    secret: env.SESSION_SECRET,
    nowMs: Date.now(),
  });

export const signUpAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const typed = {
    displayName: textOf(form, 'displayName'),
    email: textOf(form, 'email'),
    roles: form.getAll('roles').map(String),
  };
  const sent = { previous, values: typed };
  const check = humanCheckOf(form);
  // A robot sees what a person would.
  if (check.type === 'robot') redirect('/check-mail?for=sign-up');
  if (check.type === 'invalid') return refused(sent);
  const input = signUpSchema.safeParse({ ...typed, password: textOf(form, 'password'), locale: await currentLocale() });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  await sleep(check.waitMs);
  try {
    await signUp(input.data);
  } catch (error) {
    return withBackendError(sent, error);
  }
  redirect('/check-mail?for=sign-up');
};

export const signInAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const typed = { email: textOf(form, 'email') };
  const sent = { previous, values: typed };
  const input = signInSchema.safeParse({ ...typed, password: textOf(form, 'password') });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error), { password: 'passwordMissing' });
  try {
    await enter(await signIn(input.data), safeNextPath(form.get('next'), '/account'));
  } catch (error) {
    return withBackendError(sent, error);
  }
  redirect(safeNextPath(form.get('next'), '/account'));
};

/** Keeps the session, or leads on to the code that is missing. */
const enter = async (answer: SignInAnswer, next: string): Promise<void> => {
  if (!('codeNeeded' in answer)) return startSession(answer);
  await handOver('signIn', { ticket: answer.ticket, next });
  redirect('/sign-in/code');
};

export const signInCodeAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const begun = await takeOver('signIn');
  if (!begun) redirect('/sign-in?late=1');
  const input = signInCodeSchema.safeParse({ ticket: begun.ticket, code: textOf(form, 'code') });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  try {
    await startSession(await signInWithCode(input.data));
  } catch (error) {
    if (!isConveneError(error) || error.code !== 'invalid-token') return withBackendError(sent, error);
    await dropHandover('signIn');
    redirect(`/sign-in?late=1&next=${encodeURIComponent(begun.next)}`);
  }
  await dropHandover('signIn');
  redirect(begun.next);
};

export const forgotAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const typed = { email: textOf(form, 'email') };
  const sent = { previous, values: typed };
  const check = humanCheckOf(form);
  if (check.type === 'robot') redirect('/check-mail?for=forgot');
  if (check.type === 'invalid') return refused(sent);
  const input = forgotSchema.safeParse(typed);
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  await sleep(check.waitMs);
  try {
    await forgotPassword(input.data.email);
  } catch (error) {
    return withBackendError(sent, error);
  }
  redirect('/check-mail?for=forgot');
};

export const resetAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const input = resetSchema.safeParse({ token: textOf(form, 'token'), password: textOf(form, 'password') });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  try {
    await enter(await resetPassword(input.data), '/account');
  } catch (error) {
    return withBackendError(sent, error);
  }
  redirect('/account');
};

export const verifyAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const input = verifySchema.safeParse({ token: textOf(form, 'token') });
  if (!input.success) return refused(sent);
  try {
    await verifyEmail(input.data.token);
  } catch (error) {
    return withBackendError(sent, error);
  }
  return succeeded(previous);
};

/** Ends the session here in any case, and at the backend if it can be reached. */
export const signOutAction = async (): Promise<void> => {
  const session = await getSession();
  await endSession();
  if (session) {
    // The token leaves with the cookie and runs out by itself; a backend that is away must keep nobody signed in.
    await signOut(session.token).catch((error: unknown) =>
      logger.warn({ err: error }, 'Sign-out at the backend failed'),
    );
  }
  redirect('/sign-in?signed-out=1');
};
