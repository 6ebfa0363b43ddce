import type { CollectionAfterChangeHook } from 'payload';
import type { Claim } from '../../../../payload-types';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { idOf } from '../../../../utils/related';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { findListing, inMail } from '../../../Listings/findListing';
import { listingRefOf } from '../../../Listings/listingRef';
import { wasApproved, wasRejected } from '../../decisions';

/** The claimant hears what was decided. */
export const notifyClaimant: CollectionAfterChangeHook<Claim> = async ({ doc, previousDoc, req }) => {
  const claimantId = idOf(doc.claimant);
  const approved = wasApproved(previousDoc, doc);
  if (claimantId === null || !(approved || wasRejected(previousDoc, doc))) return doc;
  const facts = await findListing(await sqlOfRequest(req), listingRefOf(doc));
  if (!facts) return doc;
  const payload = { claimantId, claimId: doc.id, listing: inMail(facts) };
  const options = { req, once: [doc.id] };
  if (approved) await enqueueNotification('claim.approved', payload, options);
  else await enqueueNotification('claim.rejected', { ...payload, reason: doc.reason ?? '' }, options);
  return doc;
};
