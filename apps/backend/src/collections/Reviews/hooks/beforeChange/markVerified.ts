import type { CollectionBeforeChangeHook } from 'payload';
import type { Review } from '../../../../payload-types';
import { idOf } from '../../../../utils/related';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';

/** A review is verified whose author's booking of that listing is over, whether or not the clock has ended it yet. */
export const markVerified: CollectionBeforeChangeHook<Review> = async ({ data, originalDoc, req }) => {
  const authorId = idOf(data.author ?? originalDoc?.author);
  const sql = await sqlOfRequest(req);
  const { rowCount } = await sql.query(
    `SELECT FROM bookings
     WHERE kind = $1 AND listing_id = $2 AND client_id = $3
       AND (status = 'completed' OR (status = 'confirmed' AND ends_at <= now())) LIMIT 1`,
    [data.kind ?? originalDoc?.kind, data.listingId ?? originalDoc?.listingId, authorId],
  );
  return { ...data, verified: rowCount === 1 };
};
