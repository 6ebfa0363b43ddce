import { isListingKind } from '@convene/common/listings';
import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { archiveFiltersSchema, archiveUrl } from '@/lib/archiveUrl';

/** Where the search form leads: the archive of the chosen kind. */
export const GET = (request: NextRequest): Response => {
  const { kind, ...query } = Object.fromEntries(request.nextUrl.searchParams);
  redirect(archiveUrl(isListingKind(kind) ? kind : 'locations', archiveFiltersSchema.parse(query)));
};
