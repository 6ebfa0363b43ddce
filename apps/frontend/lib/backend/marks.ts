import 'server-only';
import { type AccountMarks, accountMarksSchema } from '@convene/common/api';
import { cache } from 'react';
import { isConveneError } from '@/lib/backend/errors';
import { getSession } from '@/lib/session/cookie';
import { getOwn } from './calls';
import { marksMemory } from './marksMemory';

/** The favourites and unread messages of who is signed in; null for everybody else, or while they can't be told. */
export const getMarks = cache(async (): Promise<AccountMarks | null> => {
  const session = await getSession();
  if (!session) return null;
  const kept = marksMemory().get(session.userId);
  if (kept) return kept;
  try {
    const marks = await getOwn('account/marks', session.token, accountMarksSchema);
    marksMemory().set(session.userId, marks);
    return marks;
  } catch (error) {
    // Hearts and a number are extras; whether the session is over, the page's own reads find out.
    if (isConveneError(error)) return null;
    throw error;
  }
});
