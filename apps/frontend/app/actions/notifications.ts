'use server';

import { notificationPreferencesSchema } from '@convene/common/api';
import { optionalCategories } from '@convene/common/notifications';
import { redirect } from 'next/navigation';
import { setNotificationPreferences } from '@/lib/backend/account';
import { isConveneError } from '@/lib/backend/errors';
import { withBackendError } from '@/lib/forms/answers';
import { type FormState, initialFormState } from '@/lib/forms/state';
import { requireSession } from '@/lib/session/requireSession';

const PAGE = '/account/notifications';

/** Keeps which mails the account wants: those that are checked. */
export const preferencesAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const { token } = await requireSession(PAGE);
  const chosen = form.getAll('categories').map(String);
  const wanted = notificationPreferencesSchema.parse(
    Object.fromEntries(optionalCategories.map((category) => [category, chosen.includes(category)])),
  );
  try {
    await setNotificationPreferences(token, wanted);
  } catch (error) {
    if (isConveneError(error) && error.code === 'unauthenticated') {
      redirect(`/sign-in?expired=1&next=${encodeURIComponent(PAGE)}`);
    }
    return withBackendError({ previous, values: { categories: chosen } }, error);
  }
  return { ...initialFormState, attempt: previous.attempt + 1, status: 'done' };
};
