import {
  type ConversationMessages,
  type Conversations,
  conversationMessagesSchema,
  conversationsSchema,
} from '@convene/common/api';
import { ConveneError, parseInput } from '@convene/common/errors';
import type { SqlExecutor } from '@convene/coordination';
import { type Conversation, conversationIdSchema } from '../../collections/Messages/conversation';
import { avatarUrlSql } from '../../readModels/avatars';
import { getPool } from '../../utils/postgres';
import { requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler } from '../http';

type ById = { conversationId: string };

/** GET /api/account/messages */
export const ownConversations: RouteHandler = async (request) => {
  const user = await requireUser(request);
  return jsonAnswer(await readConversations(getPool(), user.id));
};

/** GET /api/account/messages/:conversationId */
export const ownMessages: RouteHandler<ById> = async (request, { params }) => {
  const user = await requireUser(request);
  const conversation = parseInput(conversationIdSchema, (await params).conversationId, 'The conversation');
  return jsonAnswer(await readMessages(getPool(), { userId: user.id, conversation }));
};

/** POST /api/account/messages/:conversationId/read */
export const markRead: RouteHandler<ById> = async (request, { params }) => {
  const user = await requireUser(request);
  const { kind, listingId, clientId } = parseInput(
    conversationIdSchema,
    (await params).conversationId,
    'The conversation',
  );
  await getPool().query(
    `UPDATE messages SET read_at = now(), updated_at = now()
     WHERE kind = $1 AND listing_id = $2 AND client_id = $3 AND $4 IN (client_id, owner_id) AND sender_id <> $4
       AND read_at IS NULL`,
    [kind, listingId, clientId, user.id],
  );
  return jsonAnswer({});
};

/** The latest first; at the end those with people whom the reader has blocked. */
export const readConversations = async (sql: SqlExecutor, userId: number): Promise<Conversations> => {
  const { rows } = await sql.query<{ item: unknown }>(
    `WITH mine AS (
       SELECT kind, listing_id::int AS listing_id, client_id, owner_id, sender_id, text, created_at, id, read_at
       FROM messages WHERE client_id = $1 OR owner_id = $1
     ), latest AS (
       SELECT DISTINCT ON (kind, listing_id, client_id) * FROM mine
       ORDER BY kind, listing_id, client_id, created_at DESC, id DESC
     ), unread AS (
       SELECT kind, listing_id, client_id, count(*)::int AS messages FROM mine
       WHERE sender_id <> $1 AND read_at IS NULL GROUP BY kind, listing_id, client_id
     )
     SELECT jsonb_build_object(
       'conversationId', latest.kind || '-' || latest.listing_id || '-' || latest.client_id,
       'listing', jsonb_build_object('kind', listing.kind, 'listingId', listing.id, 'title', listing.title, 'slug', listing.slug),
       'as', CASE WHEN latest.client_id = $1 THEN 'client' ELSE 'owner' END,
       'otherName', coalesce(other.display_name, ''), 'otherAvatarUrl', ${avatarUrlSql('picture')},
       'isBlocked', block.id IS NOT NULL, 'lastText', latest.text, 'lastAt', latest.created_at,
       'unread', coalesce(unread.messages, 0)) AS item
     FROM latest
     JOIN worker_listings AS listing ON listing.kind = latest.kind AND listing.id = latest.listing_id
     LEFT JOIN unread ON unread.kind = latest.kind AND unread.listing_id = latest.listing_id
       AND unread.client_id = latest.client_id
     LEFT JOIN users AS other
       ON other.id = CASE WHEN latest.client_id = $1 THEN latest.owner_id ELSE latest.client_id END
     LEFT JOIN media AS picture ON picture.id = other.avatar_id
     LEFT JOIN blocks AS block ON block.blocker_id = $1 AND block.blocked_id = other.id
     ORDER BY block.id IS NOT NULL, latest.created_at DESC, latest.id DESC LIMIT 200`,
    [userId],
  );
  return conversationsSchema.parse({ items: rows.map(({ item }) => item) });
};

/**
 * The last 500, the oldest of them first.
 *
 * @throws ConveneError not-found for who is no party of it
 */
export const readMessages = async (
  sql: SqlExecutor,
  { userId, conversation: { kind, listingId, clientId } }: { userId: number; conversation: Conversation },
): Promise<ConversationMessages> => {
  const { rows } = await sql.query<{ item: unknown }>(
    `SELECT jsonb_build_object('id', id, 'isOwn', sender_id = $4, 'text', text, 'sentAt', created_at,
                               'readAt', read_at) AS item
     FROM messages
     WHERE kind = $1 AND listing_id = $2 AND client_id = $3 AND $4 IN (client_id, owner_id)
     ORDER BY created_at DESC, id DESC LIMIT 500`,
    [kind, listingId, clientId, userId],
  );
  const about = await readParties(sql, { userId, conversation: { kind, listingId, clientId } });
  if (rows.length === 0 || !about) throw new ConveneError('not-found', 'There is no such conversation.');
  return conversationMessagesSchema.parse({ conversation: about, items: rows.map(({ item }) => item).reverse() });
};

const readParties = async (
  sql: SqlExecutor,
  { userId, conversation: { kind, listingId, clientId } }: { userId: number; conversation: Conversation },
): Promise<unknown> => {
  const { rows } = await sql.query<{ about: unknown }>(
    `SELECT jsonb_build_object(
       'listing', jsonb_build_object('kind', listing.kind, 'listingId', listing.id, 'title', listing.title,
                                     'slug', listing.slug, 'isLive', coalesce(listing.is_live, false)),
       'clientId', $3::int, 'as', CASE WHEN $3::int = $4::int THEN 'client' ELSE 'owner' END,
       'otherName', coalesce(other.display_name, ''),
       'otherId', CASE WHEN other.deleted_at IS NULL THEN other.id END,
       'otherAvatarUrl', ${avatarUrlSql('picture')}, 'isBlocked', block.id IS NOT NULL) AS about
     FROM worker_listings AS listing
     LEFT JOIN users AS other ON other.id = CASE WHEN $3::int = $4::int THEN listing.owner_id ELSE $3::int END
     LEFT JOIN media AS picture ON picture.id = other.avatar_id
     LEFT JOIN blocks AS block ON block.blocker_id = $4::int AND block.blocked_id = other.id
     WHERE listing.kind = $1 AND listing.id = $2::int`,
    [kind, listingId, clientId, userId],
  );
  return rows[0]?.about;
};
