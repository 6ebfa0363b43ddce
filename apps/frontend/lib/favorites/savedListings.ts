import 'server-only';
import { cache } from 'react';
import { getMarks } from '@/lib/backend/marks';
import { getSession } from '@/lib/session/cookie';
import { getVisitorFavorites } from './cookie';
import { markOf } from './visitorFavorites';

/** `kind:id` of all that the visitor has saved, with an account or without: one read a page, however many cards. */
export const savedListings = cache(async (): Promise<ReadonlySet<string> | null> => {
  if (!(await getSession())) return new Set((await getVisitorFavorites()).map(markOf));
  const marks = await getMarks();
  return marks && new Set(marks.favorites);
});
