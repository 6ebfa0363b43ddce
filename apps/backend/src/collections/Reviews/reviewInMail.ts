import { excerptOf, type ReviewInMail } from '@convene/common/notifications';
import type { SqlExecutor } from '@convene/coordination';
import type { Review } from '../../payload-types';
import { nameOf } from '../../utils/people';
import { idOf } from '../../utils/related';
import { findListing, inMail } from '../Listings/findListing';
import { listingRefOf } from '../Listings/listingRef';

/** The review as its mails show it, and whose listing it is about; null where that is gone. */
export const reviewInMail = async (
  sql: SqlExecutor,
  review: Review,
): Promise<{ review: ReviewInMail; ownerId: number | null } | null> => {
  const listing = await findListing(sql, listingRefOf(review));
  if (!listing) return null;
  const authorId = idOf(review.author);
  return {
    ownerId: listing.ownerId,
    review: {
      id: review.id,
      listing: inMail(listing),
      authorName: authorId === null ? '' : await nameOf(sql, authorId),
      rating: review.rating,
      excerpt: excerptOf(review.text),
    },
  };
};
