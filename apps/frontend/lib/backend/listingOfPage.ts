import 'server-only';
import type { ListingDetail } from '@convene/common/api';
import { isListingKind } from '@convene/common/listings';
import { notFound, permanentRedirect } from 'next/navigation';
import { type Attempt, attempt } from './attempt';
import { getListing } from './reads';

export type ListingParams = Promise<{ kind: string; slug: string }>;

/**
 * The listing at a page's address; leaves for its new one where it has moved, or for the 404 page.
 *
 * @param below the rest of the address, such as `/book`
 */
export const listingOfPage = async (params: ListingParams, below = ''): Promise<Attempt<ListingDetail>> => {
  const { kind, slug } = await params;
  if (!isListingKind(kind)) notFound();
  const answer = await attempt(() => getListing(kind, slug));
  if (!answer.isAvailable) return answer;
  if (!answer.value) notFound();
  if ('movedTo' in answer.value) {
    permanentRedirect(`/${answer.value.movedTo.kind}/${answer.value.movedTo.slug}${below}`);
  }
  return { isAvailable: true, value: answer.value.listing };
};
