'use server';

import { unsubscribeSchema } from '@convene/common/api';
import { unsubscribe } from '@/lib/backend/account';
import { refused, withBackendError } from '@/lib/forms/answers';
import { type FormState, initialFormState } from '@/lib/forms/state';

export const unsubscribeAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const input = unsubscribeSchema.safeParse({ token: form.get('token') });
  if (!input.success) return refused(sent);
  try {
    await unsubscribe(input.data.token);
  } catch (error) {
    return withBackendError(sent, error);
  }
  return { ...initialFormState, attempt: previous.attempt + 1, status: 'done' };
};
