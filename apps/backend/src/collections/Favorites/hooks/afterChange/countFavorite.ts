import type { CollectionAfterChangeHook } from 'payload';
import { isSilenced } from '../../../../notifications/silence';
import type { Favorite } from '../../../../payload-types';
import { idOf } from '../../../../utils/related';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { writeCounterOutbox } from '../../../Feed/counterOutbox';
import { listingRefOf } from '../../../Listings/listingRef';

/**
 * A favourite counts for its listing when it is made, once a person and day. The owner's mail about it is collected:
 * the worker's digest of favourites writes it, which knows how many there were.
 */
export const countFavorite: CollectionAfterChangeHook<Favorite> = async ({ doc, operation, req }) => {
  const userId = idOf(doc.user);
  if (operation !== 'create' || userId === null || isSilenced(req)) return doc;
  const { kind, id } = listingRefOf(doc);
  await writeCounterOutbox(await sqlOfRequest(req), { kind, listingId: id, metric: 'favorites', userId });
  return doc;
};
