'use server';

import { twoFactorBeginSchema, twoFactorChangeSchema, twoFactorConfirmSchema } from '@convene/common/api';
import { redirect } from 'next/navigation';
import { beginTwoFactor, confirmTwoFactor, renewRecoveryCodes, turnTwoFactorOff } from '@/lib/backend/ownAccount';
import { pathsOf, withBackendError, withFieldErrors } from '@/lib/forms/answers';
import type { FormState } from '@/lib/forms/state';
import { textOf } from '@/lib/forms/textOf';
import { asVisitor } from '@/lib/session/asVisitor';
import { getSession } from '@/lib/session/cookie';
import { dropHandover, handOver } from '@/lib/session/handover';

const PATH = '/account/security/two-factor';
const ownPassword = { password: 'passwordMissing' } as const;

/** What is handed on is this account's: another one may sign in on the same browser meanwhile. */
const ownId = async (): Promise<string> => (await getSession())?.userId ?? '';

export const beginTwoFactorAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const input = twoFactorBeginSchema.safeParse({ password: textOf(form, 'password') });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error), ownPassword);
  try {
    const begun = await asVisitor(PATH, (token) => beginTwoFactor(token, input.data));
    await handOver('secret', { userId: await ownId(), ...begun });
  } catch (error) {
    return withBackendError(sent, error, ownPassword);
  }
  redirect(PATH);
};

export const confirmTwoFactorAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const input = twoFactorConfirmSchema.safeParse({ code: textOf(form, 'code') });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  try {
    const { recoveryCodes } = await asVisitor(PATH, (token) => confirmTwoFactor(token, input.data));
    await handOver('recoveryCodes', { userId: await ownId(), codes: recoveryCodes });
  } catch (error) {
    return withBackendError(sent, error);
  }
  await dropHandover('secret');
  redirect(`${PATH}?done=on`);
};

/** Back to where nothing was begun; the secret that was shown is replaced at the next beginning. */
export const cancelTwoFactorAction = async (): Promise<void> => {
  await dropHandover('secret');
  redirect('/account/security');
};

export const renewRecoveryCodesAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const input = twoFactorChangeSchema.safeParse({ password: textOf(form, 'password'), code: textOf(form, 'code') });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error), ownPassword);
  try {
    const { recoveryCodes } = await asVisitor(PATH, (token) => renewRecoveryCodes(token, input.data));
    await handOver('recoveryCodes', { userId: await ownId(), codes: recoveryCodes });
  } catch (error) {
    return withBackendError(sent, error, ownPassword);
  }
  redirect(PATH);
};

export const turnTwoFactorOffAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const input = twoFactorChangeSchema.safeParse({ password: textOf(form, 'password'), code: textOf(form, 'code') });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error), ownPassword);
  try {
    await asVisitor(PATH, (token) => turnTwoFactorOff(token, input.data));
  } catch (error) {
    return withBackendError(sent, error, ownPassword);
  }
  redirect(`${PATH}?done=off`);
};

/** The codes are shown no more. */
export const codesKeptAction = async (): Promise<void> => {
  await dropHandover('recoveryCodes');
  redirect('/account/security');
};
