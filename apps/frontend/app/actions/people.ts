'use server';

import { blockPersonSchema } from '@convene/common/api';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { blockPerson, endOtherSessions, unblockPerson } from '@/lib/backend/ownAccount';
import { refused, succeeded, withBackendError } from '@/lib/forms/answers';
import type { FormState } from '@/lib/forms/state';
import { textOf } from '@/lib/forms/textOf';
import { asVisitor } from '@/lib/session/asVisitor';
import { safeNextPath } from '@/lib/session/safeNextPath';

const SECURITY = '/account/security';

/** From a profile or a conversation, whose `path` the form names. */
export const blockAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const path = safeNextPath(form.get('path'), SECURITY);
  const input = blockPersonSchema.safeParse({ userId: Number(form.get('userId')) });
  if (!input.success) return refused(sent);
  try {
    await asVisitor(path, (token) => blockPerson(token, input.data.userId));
  } catch (error) {
    return withBackendError(sent, error);
  }
  revalidatePath(path);
  return succeeded(previous);
};

export const unblockAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const path = safeNextPath(form.get('path'), SECURITY);
  const input = blockPersonSchema.safeParse({ userId: Number(form.get('userId')) });
  if (!input.success) return refused(sent);
  try {
    await asVisitor(path, (token) => unblockPerson(token, input.data.userId));
  } catch (error) {
    return withBackendError(sent, error);
  }
  if (path !== SECURITY) redirect(path);
  redirect(`${SECURITY}?unblocked=${encodeURIComponent(textOf(form, 'name'))}#blocks`);
};

export const endOtherSessionsAction = async (previous: FormState): Promise<FormState> => {
  try {
    await asVisitor(SECURITY, endOtherSessions);
  } catch (error) {
    return withBackendError({ previous, values: {} }, error);
  }
  redirect(`${SECURITY}?ended=1#sessions`);
};
