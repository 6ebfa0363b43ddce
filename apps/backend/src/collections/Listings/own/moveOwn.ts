import type { ListingMove } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import type { ListingKind } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import type { PayloadRequest } from 'payload';
import type { User } from '../../../payload-types';
import { inTransaction } from '../../../utils/inTransaction';
import { sqlOfRequest } from '../../../utils/sqlOfRequest';
import { noSuchListing } from './findOwn';

type Target = { req: PayloadRequest; user: User; kind: ListingKind; id: number };
type State = { ownerId: number | null; isLive: boolean; isInBin: boolean; isOwnBin: boolean; awaited: number };

/**
 * Takes an owner's listing from visitors, puts it into the bin, or takes it out of there, as a draft:
 * what staff have removed they alone bring back.
 *
 * @throws ConveneError not-found for a listing of somebody else's, conflict where it is not live (reason not-live), or
 *   where people hold bookings that are still to come (has-participants): these are cancelled first, so that they are told
 */
export const moveOwn = ({ req, user, kind, id, to }: Target & { to: ListingMove }): Promise<void> =>
  inTransaction(req, async () => {
    const sql = await sqlOfRequest(req);
    const state = await lockedState(sql, { kind, id });
    if (!state || state.ownerId !== user.id || state.isInBin !== (to === 'draft')) throw noSuchListing();
    if (to === 'draft') {
      if (!state.isOwnBin) {
        throw new ConveneError('forbidden', 'Our team has removed this listing. Write to us by the contact form.', {
          reason: 'removed-by-staff',
        });
      }
      await unpublish(sql, { kind, id });
      return setBin({ req, kind, id, deletedAt: null });
    }
    if (to === 'unpublished' && !state.isLive) {
      throw new ConveneError('conflict', 'This listing is not public.', { reason: 'not-live' });
    }
    if (state.awaited > 0) {
      throw new ConveneError('conflict', 'People hold bookings that are still to come. Cancel these first.', {
        reason: 'has-participants',
      });
    }
    if (state.isLive) await unpublish(sql, { kind, id });
    if (to === 'bin') await setBin({ req, kind, id, deletedAt: new Date().toISOString() });
  });

const lockedState = async (sql: SqlExecutor, { kind, id }: Pick<Target, 'kind' | 'id'>): Promise<State | undefined> => {
  const { rows } = await sql.query<State>(
    `SELECT owner_id AS "ownerId", deleted_at IS NOT NULL AS "isInBin",
            coalesce(owner_binned_at = deleted_at, false) AS "isOwnBin",
            coalesce(_status = 'published' AND moderation_status = 'approved', false) AS "isLive",
            (SELECT count(*)::int FROM bookings
             WHERE kind = $2 AND listing_id = listing.id AND type <> 'block'
               AND status IN ('requested', 'confirmed') AND ends_at > now()) AS awaited
     FROM ${kind} AS listing WHERE id = $1 FOR UPDATE OF listing`,
    [id, kind],
  );
  return rows[0];
};

/**
 * In the public version and in all others, so that the newest is what the owner goes on with. By SQL, since a save of
 * Payload's would publish the newest version's texts, or refuse them for being incomplete.
 */
const unpublish = async (sql: SqlExecutor, { kind, id }: Pick<Target, 'kind' | 'id'>): Promise<void> => {
  await sql.query(
    `UPDATE ${kind} SET _status = 'draft', updated_at = now(),
       moderation_status = CASE WHEN moderation_status = 'approved' THEN 'draft' ELSE moderation_status END
     WHERE id = $1`,
    [id],
  );
  await sql.query(
    `UPDATE _${kind}_v SET version__status = 'draft',
       version_moderation_status = CASE WHEN version_moderation_status = 'approved' THEN 'draft'
                                        ELSE version_moderation_status END,
       version_updated_at = CASE WHEN latest THEN now() ELSE version_updated_at END
     WHERE parent_id = $1`,
    [id],
  );
};

const setBin = async ({
  req,
  kind,
  id,
  deletedAt,
}: Pick<Target, 'req' | 'kind' | 'id'> & { deletedAt: string | null }): Promise<void> => {
  const sql = await sqlOfRequest(req);
  await sql.query(
    `UPDATE ${kind} SET deleted_at = $2::timestamptz, owner_binned_at = $2::timestamptz, updated_at = now() WHERE id = $1`,
    [id, deletedAt],
  );
  await sql.query(`UPDATE _${kind}_v SET version_deleted_at = $2::timestamptz WHERE parent_id = $1`, [id, deletedAt]);
};
