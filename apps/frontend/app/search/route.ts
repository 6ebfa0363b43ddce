import { isListingKind } from '@convene/common/listings';
import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { readArchiveQuery } from '@/lib/archive/readArchiveQuery';
import { archiveUrl } from '@/lib/archiveUrl';

/** Where the search form leads: the archive of the chosen kind, with what was typed. */
export const GET = (request: NextRequest): Response => {
  const { kind, ...query } = Object.fromEntries(request.nextUrl.searchParams);
  const chosen = isListingKind(kind) ? kind : 'locations';
  redirect(archiveUrl(chosen, readArchiveQuery(chosen, query).query));
};
