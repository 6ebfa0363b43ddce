import { ConveneError } from '@convene/common/errors';
import type { PayloadRequest } from 'payload';
import type { Message, User } from '../../payload-types';
import { inTransaction } from '../../utils/inTransaction';
import { sqlOfRequest } from '../../utils/sqlOfRequest';
import { requireUnblocked } from '../Blocks/blocks';
import { findListing } from '../Listings/findListing';
import type { Conversation } from './conversation';

/**
 * Writes into a conversation about a listing. The client may begin one about what is public; the owner answers.
 *
 * @throws ConveneError not-found, forbidden (also where one has blocked the other) or conflict
 */
export const sendMessage = ({
  req,
  user,
  conversation: { kind, listingId, clientId },
  text,
}: {
  req: PayloadRequest;
  user: User;
  conversation: Conversation;
  text: string;
}): Promise<Message> =>
  inTransaction(req, async () => {
    const sql = await sqlOfRequest(req);
    const listing = await findListing(sql, { kind, id: listingId });
    const isClient = user.id === clientId;
    const isOwner = listing?.ownerId === user.id;
    if (!listing || !(isClient || isOwner)) throw new ConveneError('not-found', 'There is no such conversation.');
    if (isClient && isOwner)
      throw new ConveneError('forbidden', 'This listing is your own.', { reason: 'own-listing' });
    if (listing.ownerId === null) {
      throw new ConveneError('conflict', 'Nobody answers for this listing yet.', { reason: 'nobody-answers' });
    }
    await requireUnblocked(sql, { userId: user.id, otherId: isClient ? listing.ownerId : clientId });
    const { rowCount } = await sql.query(
      'SELECT FROM messages WHERE kind = $1 AND listing_id = $2 AND client_id = $3 LIMIT 1',
      [kind, listingId, clientId],
    );
    const hasBegun = rowCount === 1;
    if (!hasBegun && (isOwner || !listing.isLive)) {
      throw new ConveneError('not-found', 'There is no such conversation.');
    }
    return req.payload.create({
      collection: 'messages',
      data: { kind, listingId, client: clientId, owner: listing.ownerId, sender: user.id, text },
      req,
      overrideAccess: true,
      depth: 0,
    });
  });
