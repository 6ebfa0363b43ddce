import { type ListingKind, listingKinds } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import type { PayloadRequest } from 'payload';
import { sqlOfRequest } from '../../utils/sqlOfRequest';
import { actFor } from '../Bookings/actor';
import { setClaimStatus } from '../Claims/transferOwnership';
import { removePicture } from './avatar';

const CLOSED_REASON = 'The account has been closed.';

/**
 * Takes a person out of the marketplace, in the request's transaction: what is still to come is called off, and those
 * whom it concerns are told; what only concerned the person is deleted; what others need (reviews, past bookings) stays
 * without a name.
 */
export const removePersonalData = async (
  req: PayloadRequest,
  { userId, email }: { userId: number; email: string },
): Promise<void> => {
  const sql = await sqlOfRequest(req);
  await callOffBookings(req, { sql, userId });
  await trashListings(sql, userId);
  await dropClaims(sql, userId);
  await dropOwnRows(sql, { userId, email });
  const picture = await pictureOf(sql, userId);
  await anonymise(sql, userId);
  await removePicture(req, picture);
};

const pictureOf = async (sql: SqlExecutor, userId: number): Promise<number | null> => {
  const { rows } = await sql.query<{ id: number | null }>('SELECT avatar_id AS id FROM users WHERE id = $1', [userId]);
  return rows[0]?.id ?? null;
};

type OpenBooking = { id: number; status: 'requested' | 'confirmed'; isClient: boolean };

const callOffBookings = async (
  req: PayloadRequest,
  { sql, userId }: { sql: SqlExecutor; userId: number },
): Promise<void> => {
  const { rows } = await sql.query<OpenBooking>(
    `SELECT id, status, coalesce(client_id = $1, false) AS "isClient" FROM bookings
     WHERE (client_id = $1 OR owner_id = $1) AND status IN ('requested', 'confirmed') AND ends_at > now()
     ORDER BY id`,
    [userId],
  );
  for (const { id, status, isClient } of rows) {
    await actFor(req, isClient ? 'client' : 'owner', () =>
      req.payload.update({
        collection: 'bookings',
        id,
        data: { status: status === 'requested' && !isClient ? 'declined' : 'cancelled', reason: CLOSED_REASON },
        req,
        overrideAccess: true,
        depth: 0,
      }),
    );
  }
};

/** Into the bin, with their drafts; deleted for good when their time there is over. */
const trashListings = async (sql: SqlExecutor, userId: number): Promise<void> => {
  for (const kind of listingKinds) {
    await sql.query(
      `WITH trashed AS (
         UPDATE ${kind} SET deleted_at = now(), updated_at = now() WHERE owner_id = $1 AND deleted_at IS NULL RETURNING id
       )
       UPDATE _${kind}_v SET version_deleted_at = now() WHERE latest AND parent_id IN (SELECT id FROM trashed)`,
      [userId],
    );
  }
};

const dropClaims = async (sql: SqlExecutor, userId: number): Promise<void> => {
  const { rows } = await sql.query<{ kind: ListingKind; listingId: number; othersWait: boolean }>(
    `WITH dropped AS (
       UPDATE claims SET status = 'rejected', text = NULL, updated_at = now()
       WHERE claimant_id = $1 AND status = 'pending'
       RETURNING kind, listing_id
     )
     SELECT kind, listing_id::int AS "listingId",
            EXISTS (SELECT FROM claims AS other WHERE other.kind = dropped.kind AND other.listing_id = dropped.listing_id
                    AND other.status = 'pending' AND other.claimant_id <> $1) AS "othersWait"
     FROM dropped`,
    [userId],
  );
  for (const { kind, listingId, othersWait } of rows) {
    if (!othersWait) await setClaimStatus(sql, { listing: { kind, id: listingId }, status: 'unclaimed' });
  }
};

/** What nobody else has a use for. Of what was said to others the words are removed. */
const dropOwnRows = async (sql: SqlExecutor, { userId, email }: { userId: number; email: string }): Promise<void> => {
  await sql.query('DELETE FROM favorites WHERE user_id = $1', [userId]);
  await sql.query('DELETE FROM blocks WHERE blocker_id = $1 OR blocked_id = $1', [userId]);
  await sql.query('DELETE FROM two_factor WHERE user_id = $1', [userId]);
  await sql.query('DELETE FROM session_devices WHERE user_id = $1', [userId]);
  await sql.query('DELETE FROM verifications WHERE user_id = $1', [userId]);
  await sql.query('DELETE FROM contact_messages WHERE user_id = $1 OR email = $2', [userId, email]);
  await sql.query('UPDATE claims SET text = NULL WHERE claimant_id = $1', [userId]);
  await sql.query('UPDATE bookings SET note = NULL WHERE client_id = $1', [userId]);
  await sql.query(`UPDATE messages SET text = '…' WHERE sender_id = $1`, [userId]);
  await sql.query('UPDATE reports SET reporter_id = NULL WHERE reporter_id = $1', [userId]);
  await sql.query(
    'DELETE FROM payload_preferences WHERE id IN (SELECT parent_id FROM payload_preferences_rels WHERE users_id = $1)',
    [userId],
  );
};

/** `.invalid` leads nowhere (RFC 2606). Without hash and salt nobody signs in. */
const anonymise = async (sql: SqlExecutor, userId: number): Promise<void> => {
  await sql.query(
    `UPDATE users
     SET email = 'deleted-' || id || '@deleted.invalid', display_name = 'Deleted account', bio = NULL, avatar_id = NULL,
         verification = 'none', suspension_reason = NULL,
         hash = NULL, salt = NULL, reset_password_token = NULL, reset_password_expiration = NULL,
         _verificationtoken = NULL, pending_email = NULL, pending_email_token_hash = NULL,
         pending_email_expires_at = NULL
     WHERE id = $1`,
    [userId],
  );
  await sql.query(`DELETE FROM users_roles WHERE parent_id = $1 AND value <> 'client'`, [userId]);
  await sql.query('DELETE FROM users_sessions WHERE _parent_id = $1', [userId]);
};
