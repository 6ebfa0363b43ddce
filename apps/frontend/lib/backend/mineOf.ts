import 'server-only';
import type { ListingOfMine } from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import { isConveneError } from '@/lib/backend/errors';
import { getSession } from '@/lib/session/cookie';
import { getMine } from './market';

/** What the visitor has to do with a listing; null for who is not signed in, or while it can't be told. */
export const mineOf = async ({ kind, slug }: { kind: ListingKind; slug: string }): Promise<ListingOfMine | null> => {
  const session = await getSession();
  if (!session) return null;
  try {
    return await getMine(session.token, { kind, slug });
  } catch (error) {
    // The page is worth seeing without; what is pressed there asks again.
    if (isConveneError(error)) return null;
    throw error;
  }
};
