import { excerptOf } from '@convene/common/notifications';
import type { CollectionAfterChangeHook } from 'payload';
import type { Claim } from '../../../../payload-types';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { nameOf } from '../../../../utils/people';
import { idOf } from '../../../../utils/related';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { findListing, inMail } from '../../../Listings/findListing';
import { listingRefOf } from '../../../Listings/listingRef';
import { waitsForStaff } from '../../decisions';

/** Staff hear of a claim that waits for them. */
export const notifyAdminNewClaim: CollectionAfterChangeHook<Claim> = async ({ doc, previousDoc, req }) => {
  const claimantId = idOf(doc.claimant);
  if (claimantId === null || !waitsForStaff(previousDoc, doc)) return doc;
  const sql = await sqlOfRequest(req);
  const listing = await findListing(sql, listingRefOf(doc));
  if (!listing) return doc;
  await enqueueNotification(
    'admin.claim.pending',
    {
      claimantId,
      claimId: doc.id,
      claimantName: await nameOf(sql, claimantId),
      listing: inMail(listing),
      evidence: excerptOf(doc.text ?? ''),
    },
    { req, once: [doc.id] },
  );
  return doc;
};
