import { ConveneError } from '@convene/common/errors';
import { listingKinds } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import type { PayloadRequest } from 'payload';
import { isAdmin } from '../../access/isAdmin';
import type { User } from '../../payload-types';
import { inTransaction } from '../../utils/inTransaction';
import { sqlOfRequest } from '../../utils/sqlOfRequest';
import { placeNewListing } from '../Feed/workers/placeNewListing';
import { isStaffAccount } from './decisions';

type Target = { req: PayloadRequest; actor: User; userId: number };

/**
 * The account, locked, if this member of staff may decide about it. Its listings are locked first, as a save of one
 * locks it before it asks for its owner: the other way round the two could wait for each other.
 */
const decidable = async ({ req, actor, userId }: Target): Promise<User> => {
  const sql = await sqlOfRequest(req);
  for (const kind of listingKinds) {
    await sql.query(`SELECT FROM ${kind} WHERE owner_id = $1 ORDER BY id FOR UPDATE`, [userId]);
  }
  await sql.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [userId]);
  const { docs } = await req.payload.find({
    collection: 'users',
    where: { id: { equals: userId } },
    depth: 0,
    limit: 1,
    req,
    overrideAccess: true,
  });
  const account = docs[0];
  if (!account) throw new ConveneError('not-found', 'There is no such account.');
  if (account.id === actor.id) throw new ConveneError('forbidden', 'Nobody suspends their own account.');
  if (isStaffAccount(account) && !isAdmin(actor)) {
    throw new ConveneError('forbidden', 'Only admins decide about accounts of staff.');
  }
  return account;
};

/**
 * Shuts an account out until staff let it in again: its sessions end, nobody signs in to it, its listings are hidden.
 * What others have to do with it stays as it is: bookings, conversations, reviews.
 *
 * @throws ConveneError not-found, forbidden, or conflict where it is suspended already
 */
export const suspendAccount = ({ reason, ...target }: Target & { reason: string }): Promise<void> =>
  inTransaction(target.req, async () => {
    const { req, userId } = target;
    const account = await decidable(target);
    if (account.suspendedAt) throw new ConveneError('conflict', 'This account is suspended already.');
    await req.payload.update({
      collection: 'users',
      id: userId,
      data: { suspendedAt: new Date().toISOString(), suspensionReason: reason },
      req,
      overrideAccess: true,
      depth: 0,
    });
    const sql = await sqlOfRequest(req);
    await sql.query('DELETE FROM users_sessions WHERE _parent_id = $1', [userId]);
    await sql.query('UPDATE users SET reset_password_token = NULL, reset_password_expiration = NULL WHERE id = $1', [
      userId,
    ]);
    await hideListings(sql, userId);
  });

/**
 * Lets an account in again, and shows what its suspension has hidden.
 *
 * @throws ConveneError not-found, forbidden, or conflict where it is not suspended
 */
export const unsuspendAccount = (target: Target): Promise<void> =>
  inTransaction(target.req, async () => {
    const { req, userId } = target;
    const account = await decidable(target);
    if (!account.suspendedAt) throw new ConveneError('conflict', 'This account is not suspended.');
    await req.payload.update({
      collection: 'users',
      id: userId,
      data: { suspendedAt: null, suspensionReason: null },
      req,
      overrideAccess: true,
      depth: 0,
    });
    await showListings(await sqlOfRequest(req), userId);
  });

/*
 * In SQL, as a hand-over is: an update by Payload would take the newest draft with it. What was hidden is kept by name,
 * so that what staff or its owner had taken offline before stays so.
 */

const hideListings = async (sql: SqlExecutor, userId: number): Promise<void> => {
  for (const kind of listingKinds) {
    await sql.query(
      `WITH hidden AS (
         UPDATE ${kind} SET _status = 'draft', updated_at = now()
         WHERE owner_id = $1 AND _status = 'published' AND deleted_at IS NULL
         RETURNING id
       ), versions AS (
         UPDATE _${kind}_v SET version__status = 'draft'
         WHERE latest AND version__status = 'published' AND parent_id IN (SELECT id FROM hidden)
         RETURNING id, parent_id
       )
       INSERT INTO suspended_listings (kind, listing_id, user_id, version_id)
       SELECT '${kind}', hidden.id, $1, versions.id FROM hidden LEFT JOIN versions ON versions.parent_id = hidden.id
       ON CONFLICT (kind, listing_id) DO UPDATE SET user_id = excluded.user_id, version_id = excluded.version_id`,
      [userId],
    );
  }
};

const showListings = async (sql: SqlExecutor, userId: number): Promise<void> => {
  for (const kind of listingKinds) {
    const { rows } = await sql.query<{ id: number }>(
      `WITH freed AS (
         DELETE FROM suspended_listings WHERE kind = '${kind}' AND user_id = $1 RETURNING listing_id, version_id
       ), shown AS (
         UPDATE ${kind} AS listing SET _status = 'published', updated_at = now()
         FROM freed
         WHERE listing.id = freed.listing_id AND listing.owner_id = $1 AND listing._status = 'draft'
           AND listing.moderation_status = 'approved' AND listing.deleted_at IS NULL
         RETURNING listing.id, freed.version_id
       ), versions AS (
         UPDATE _${kind}_v SET version__status = 'published'
         WHERE id IN (SELECT version_id FROM shown) AND latest AND version__status = 'draft'
       )
       SELECT id FROM shown ORDER BY id`,
      [userId],
    );
    // Rankings have gone by meanwhile in which it was not.
    for (const { id } of rows) await placeNewListing(sql, { kind, listingId: id });
  }
};
