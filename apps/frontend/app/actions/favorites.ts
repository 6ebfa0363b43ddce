'use server';

import { revalidatePath } from 'next/cache';
import { forgetMarks } from '@/lib/backend/marksMemory';
import { bringFavorites } from '@/lib/favorites/bringFavorites';
import { succeeded, withFieldErrors } from '@/lib/forms/answers';
import type { FormState } from '@/lib/forms/state';
import { asVisitor } from '@/lib/session/asVisitor';
import { getSession } from '@/lib/session/cookie';

/** Brings along what was saved before signing in, where that could not be done then. */
export const bringFavoritesAction = async (previous: FormState): Promise<FormState> => {
  const isDone = await asVisitor('/account/favorites', bringFavorites);
  if (!isDone) return withFieldErrors({ previous, values: {} }, []);
  const session = await getSession();
  if (session) forgetMarks(session.userId);
  revalidatePath('/account/favorites');
  return succeeded(previous);
};
