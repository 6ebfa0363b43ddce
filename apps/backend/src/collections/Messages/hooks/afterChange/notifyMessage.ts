import { excerptOf } from '@convene/common/notifications';
import type { SqlExecutor } from '@convene/coordination';
import { stableId } from '@convene/outbox';
import type { CollectionAfterChangeHook } from 'payload';
import { isSilenced } from '../../../../notifications/silence';
import type { Message } from '../../../../payload-types';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { nameOf } from '../../../../utils/people';
import { idOf } from '../../../../utils/related';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { findListing, inMail } from '../../../Listings/findListing';
import { listingRefOf } from '../../../Listings/listingRef';
import { type Conversation, conversationId, type LastMail, planMail } from '../../conversation';

/** The other party hears of a message: by one mail for all of ten minutes. */
export const notifyMessage: CollectionAfterChangeHook<Message> = async ({ doc, operation, req }) => {
  if (operation !== 'create' || isSilenced(req)) return doc;
  const [clientId, ownerId, senderId] = [idOf(doc.client), idOf(doc.owner), idOf(doc.sender)];
  if (clientId === null || ownerId === null || senderId === null) return doc;
  const sql = await sqlOfRequest(req);
  const { kind, id: listingId } = listingRefOf(doc);
  const conversation: Conversation = { kind, listingId, clientId };
  await oneAtATime(sql, conversation);
  if (await isTold(sql, doc.id)) return doc;
  const now = new Date();
  const plan = planMail(await lastMail(sql, { conversation, senderId }), now);
  if ('join' in plan && (await joinMail(sql, { mailId: plan.join, doc }))) return doc;
  const listing = await findListing(sql, { kind, id: listingId });
  if (!listing) return doc;
  const notBefore = 'notBefore' in plan ? plan.notBefore : null;
  await enqueueNotification(
    'message.new',
    {
      recipientId: senderId === clientId ? ownerId : clientId,
      conversationId: conversationId(conversation),
      senderName: await nameOf(sql, senderId),
      listing: inMail(listing),
      excerpt: excerptOf(doc.text),
      messages: 1,
    },
    { req, once: [doc.id], ...(notBefore ? { notBefore } : {}) },
  );
  await markTold(sql, { messageId: doc.id, mailId: stableId('message.new', doc.id) });
  return doc;
};

/** Of two messages at once the second sees the first one's mail. */
const oneAtATime = async (sql: SqlExecutor, conversation: Conversation): Promise<void> => {
  await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `messages ${conversationId(conversation)}`,
  ]);
};

const isTold = async (sql: SqlExecutor, messageId: number): Promise<boolean> => {
  const { rowCount } = await sql.query('SELECT FROM messages WHERE id = $1 AND notification_id IS NOT NULL', [
    messageId,
  ]);
  return rowCount === 1;
};

const markTold = async (
  sql: SqlExecutor,
  { messageId, mailId }: { messageId: number; mailId: string },
): Promise<void> => {
  await sql.query('UPDATE messages SET notification_id = $2 WHERE id = $1', [messageId, mailId]);
};

const lastMail = async (
  sql: SqlExecutor,
  { conversation, senderId }: { conversation: Conversation; senderId: number },
): Promise<LastMail | null> => {
  const { rows } = await sql.query<{ id: string; isWaiting: boolean; sendsAtMs: number }>(
    `SELECT outbox.id, outbox.status = 'pending' AS "isWaiting",
            extract(epoch FROM coalesce(outbox.not_before, outbox.created_at))::float8 * 1000 AS "sendsAtMs"
     FROM messages AS message JOIN notification_outbox AS outbox ON outbox.id = message.notification_id
     WHERE message.kind = $1 AND message.listing_id = $2 AND message.client_id = $3 AND message.sender_id = $4
     ORDER BY message.created_at DESC, message.id DESC LIMIT 1`,
    [conversation.kind, conversation.listingId, conversation.clientId, senderId],
  );
  const last = rows[0];
  return last ? { id: last.id, isWaiting: last.isWaiting, sendsAt: new Date(last.sendsAtMs) } : null;
};

/** False where the mail has left the outbox meanwhile: then the message needs one of its own. */
const joinMail = async (sql: SqlExecutor, { mailId, doc }: { mailId: string; doc: Message }): Promise<boolean> => {
  const { rowCount } = await sql.query(
    `UPDATE notification_outbox
     SET payload = payload || jsonb_build_object('excerpt', $2::text, 'messages', (payload->>'messages')::int + 1),
         updated_at = now()
     WHERE id = $1 AND status = 'pending'`,
    [mailId, excerptOf(doc.text)],
  );
  if (rowCount === 1) await markTold(sql, { messageId: doc.id, mailId });
  return rowCount === 1;
};
