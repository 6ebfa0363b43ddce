'use server';

import {
  accountDeleteSchema,
  bookingCancelSchema,
  bookingDecisionSchema,
  claimAcceptSchema,
  emailChangeSchema,
  emailConfirmSchema,
  passwordChangeSchema,
  profileChangeSchema,
  verificationRequestSchema,
} from '@convene/common/api';
import { optionalCategories } from '@convene/common/notifications';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { changeEmail, changePassword, changeProfile, confirmEmail, deleteAccount } from '@/lib/backend/account';
import { acceptInvitation, cancelBooking, decideBooking, requestVerification } from '@/lib/backend/market';
import { pathsOf, refused, succeeded, withBackendError, withFieldErrors } from '@/lib/forms/answers';
import { formProofOf } from '@/lib/forms/formProof';
import type { FormState } from '@/lib/forms/state';
import { textOf } from '@/lib/forms/textOf';
import { asVisitor } from '@/lib/session/asVisitor';
import { endSession, getSession, startSession } from '@/lib/session/cookie';

const BOOKINGS = '/account/bookings';
const SECURITY = '/account/security';

const bookingIdSchema = z.coerce.number().int().positive();

const leaveFor = (id: number, done: string): never => redirect(`${BOOKINGS}?done=${done}&booking=${id}#booking-${id}`);

/** By the owner: confirms, or declines with a reason. */
export const decideBookingAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const reason = textOf(form, 'reason');
  const sent = { previous, values: { reason } };
  const id = bookingIdSchema.safeParse(form.get('booking'));
  const input = bookingDecisionSchema.safeParse({ decision: textOf(form, 'decision'), reason });
  if (!id.success) return refused(sent);
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  try {
    await asVisitor(BOOKINGS, (token) => decideBooking(token, { id: id.data, ...input.data }));
  } catch (error) {
    return withBackendError(sent, error);
  }
  return leaveFor(id.data, input.data.decision);
};

/** By either side, or by the owner of a time that was kept free. */
export const cancelBookingAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const reason = textOf(form, 'reason');
  const sent = { previous, values: { reason } };
  const id = bookingIdSchema.safeParse(form.get('booking'));
  const input = bookingCancelSchema.safeParse({ reason });
  if (!id.success) return refused(sent);
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  try {
    await asVisitor(BOOKINGS, (token) => cancelBooking(token, { id: id.data, ...input.data }));
  } catch (error) {
    return withBackendError(sent, error);
  }
  return leaveFor(id.data, 'cancelled');
};

/** Name, language of mails and roles; the session's cookie learns of them. */
export const profileAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const typed = {
    displayName: textOf(form, 'displayName'),
    bio: textOf(form, 'bio'),
    locale: textOf(form, 'locale'),
    roles: form.getAll('roles').map(String),
  };
  const sent = { previous, values: typed };
  const input = profileChangeSchema.safeParse(typed);
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  try {
    const account = await asVisitor('/account', (token) => changeProfile(token, input.data));
    const session = await getSession();
    if (session) await startSession({ token: session.token, expiresAt: session.expiresAt, account });
  } catch (error) {
    return withBackendError(sent, error);
  }
  revalidatePath('/account');
  return { ...succeeded(previous, (await getTranslations('profile'))('saved')), values: typed };
};

export const notificationsAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const wanted = form.getAll('categories').map(String);
  const sent = { previous, values: { categories: wanted } };
  const notifications = Object.fromEntries(optionalCategories.map((category) => [category, wanted.includes(category)]));
  const input = profileChangeSchema.safeParse({ notifications });
  if (!input.success) return refused(sent);
  try {
    await asVisitor('/account/notifications', (token) => changeProfile(token, input.data));
  } catch (error) {
    return withBackendError(sent, error);
  }
  return { ...succeeded(previous, (await getTranslations('notifications'))('saved')), values: sent.values };
};

export const changeEmailAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const typed = { email: textOf(form, 'email') };
  const sent = { previous, values: typed };
  const input = emailChangeSchema.safeParse({ ...typed, password: textOf(form, 'password') });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error), { password: 'passwordMissing' });
  try {
    await asVisitor(SECURITY, (token) => changeEmail(token, input.data));
  } catch (error) {
    return withBackendError(sent, error, { password: 'passwordMissing' });
  }
  revalidatePath(SECURITY);
  return succeeded(previous, (await getTranslations('security'))('emailDone'));
};

export const confirmEmailAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const input = emailConfirmSchema.safeParse({ token: textOf(form, 'token') });
  if (!input.success) return refused(sent);
  try {
    await confirmEmail(input.data.token);
  } catch (error) {
    return withBackendError(sent, error);
  }
  return succeeded(previous);
};

export const changePasswordAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const input = passwordChangeSchema.safeParse({
    password: textOf(form, 'password'),
    newPassword: textOf(form, 'newPassword'),
  });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error), { password: 'passwordMissing' });
  try {
    await asVisitor(SECURITY, (token) => changePassword(token, input.data));
  } catch (error) {
    return withBackendError(sent, error, { password: 'passwordMissing' });
  }
  return succeeded(previous, (await getTranslations('security'))('passwordDone'));
};

export const deleteAccountAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const input = accountDeleteSchema.safeParse({ password: textOf(form, 'password') });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error), { password: 'passwordMissing' });
  try {
    await asVisitor(SECURITY, (token) => deleteAccount(token, input.data.password));
  } catch (error) {
    return withBackendError(sent, error, { password: 'passwordMissing' });
  }
  await endSession();
  redirect('/sign-in?deleted=1');
};

export const verificationAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const typed = {
    legalName: textOf(form, 'legalName'),
    website: textOf(form, 'website').trim(),
    text: textOf(form, 'text'),
  };
  const sent = { previous, values: typed };
  const input = verificationRequestSchema.safeParse({
    ...typed,
    website: typed.website || undefined,
    form: await formProofOf(form),
  });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  try {
    await asVisitor('/account', (token) => requestVerification(token, input.data));
  } catch (error) {
    return withBackendError(sent, error);
  }
  revalidatePath('/account');
  return succeeded(previous);
};

export const acceptInvitationAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const input = claimAcceptSchema.safeParse({ token: textOf(form, 'token') });
  if (!input.success) return refused(sent);
  const { token: invitation } = input.data;
  try {
    await asVisitor(`/claim?token=${encodeURIComponent(invitation)}`, (token) => acceptInvitation(token, invitation));
  } catch (error) {
    return withBackendError(sent, error);
  }
  return succeeded(previous);
};
