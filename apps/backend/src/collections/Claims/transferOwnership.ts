import type { ClaimStatus } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import type { ListingRef } from '../Listings/listingRef';

/*
 * Owner and claim state belong to a listing, not to one of its versions: they are written into the public version and
 * into all drafts and old versions at once. An ordinary update would take the newest draft with it and publish that, and
 * a change of the public row alone would be undone by the next one.
 */

/**
 * Hands an unclaimed listing over, with its bookings and conversations. False where it is claimed already, or the
 * account is suspended or gone.
 */
export const transferOwnership = async (
  sql: SqlExecutor,
  { listing: { kind, id }, ownerId }: { listing: ListingRef; ownerId: number },
): Promise<boolean> => {
  // Locked: a suspension at this moment is waited for, or waits and then hides this listing too.
  const { rows } = await sql.query<{ isSuspended: boolean }>(
    'SELECT suspended_at IS NOT NULL AS "isSuspended" FROM users WHERE id = $1 FOR SHARE',
    [ownerId],
  );
  if (rows[0]?.isSuspended !== false) return false;
  const { rowCount } = await sql.query(
    `UPDATE ${kind} SET owner_id = $2, claim_status = 'claimed', updated_at = now()
     WHERE id = $1 AND claim_status <> 'claimed' AND owner_id IS NULL AND deleted_at IS NULL`,
    [id, ownerId],
  );
  if (rowCount !== 1) return false;
  await sql.query(
    `UPDATE _${kind}_v SET version_owner_id = $2, version_claim_status = 'claimed' WHERE parent_id = $1`,
    [id, ownerId],
  );
  await followOwner(sql, { listing: { kind, id }, ownerId });
  // Nobody reviews what is theirs.
  await sql.query(
    `UPDATE reviews SET deleted_at = now(), updated_at = now()
     WHERE kind = $1 AND listing_id = $2 AND author_id = $3 AND deleted_at IS NULL`,
    [kind, id, ownerId],
  );
  return true;
};

/** Whose listing it is, its bookings and conversations are. */
export const followOwner = async (
  sql: SqlExecutor,
  { listing: { kind, id }, ownerId }: { listing: ListingRef; ownerId: number },
): Promise<void> => {
  for (const table of ['bookings', 'messages']) {
    await sql.query(
      `UPDATE ${table} SET owner_id = $3 WHERE kind = $1 AND listing_id = $2 AND owner_id IS DISTINCT FROM $3`,
      [kind, id, ownerId],
    );
  }
};

/** `pending` while somebody's claim waits; never of a listing that has been claimed. */
export const setClaimStatus = async (
  sql: SqlExecutor,
  { listing: { kind, id }, status }: { listing: ListingRef; status: Exclude<ClaimStatus, 'claimed'> },
): Promise<void> => {
  const { rowCount } = await sql.query(
    `UPDATE ${kind} SET claim_status = $2, updated_at = now() WHERE id = $1 AND claim_status NOT IN ('claimed', $2)`,
    [id, status],
  );
  if (rowCount !== 1) return;
  await sql.query(`UPDATE _${kind}_v SET version_claim_status = $2 WHERE parent_id = $1`, [id, status]);
};
