import type { CollectionAfterChangeHook } from 'payload';
import type { Event } from '../../../../payload-types';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { findListing } from '../../../Listings/findListing';
import { announceChange } from '../../announce';
import { liveBefore } from '../liveBefore';

/** What is published now can say that the event is cancelled or moved. */
export const notifyEventChanged: CollectionAfterChangeHook<Event> = async ({ doc, operation, req }) => {
  if (operation !== 'update' || doc._status !== 'published') return doc;
  const after = await findListing(await sqlOfRequest(req), { kind: 'events', id: doc.id });
  if (after) await announceChange(req, { before: liveBefore(req, doc.id), after, once: [doc.id, doc.updatedAt] });
  return doc;
};
