import type { CollectionBeforeChangeHook } from 'payload';
import type { Event } from '../../../../payload-types';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { findListing } from '../../../Listings/findListing';
import { keepLiveBefore } from '../liveBefore';

/**
 * What Payload calls the previous document is the newest draft, which can say already what is published now; what
 * visitors and participants know is the public version.
 */
export const rememberLiveEvent: CollectionBeforeChangeHook<Event> = async ({ data, originalDoc, req }) => {
  if (!originalDoc || data._status !== 'published') return data;
  const facts = await findListing(await sqlOfRequest(req), { kind: 'events', id: originalDoc.id });
  keepLiveBefore(req, { id: originalDoc.id, facts });
  return data;
};
