import type { NumberFieldSingleValidation } from 'payload';
import { sqlOfRequest } from '../../utils/sqlOfRequest';

/** Not below the seats that are taken. A trigger in Postgres holds this too; here the person is told how many. */
export const validateCapacity: NumberFieldSingleValidation = async (value, { id, req }) => {
  if (value === null || value === undefined) return true;
  if (!Number.isInteger(value) || value < 1 || value > 1_000_000) return 'A whole number of people, or nothing.';
  if (id === undefined) return true;
  const { rows } = await (await sqlOfRequest(req)).query<{ taken: number }>(
    `SELECT coalesce(sum(seats), 0)::int AS taken FROM bookings
     WHERE kind = 'events' AND listing_id = $1::int AND status IN ('confirmed', 'completed')`,
    [id],
  );
  const taken = rows[0]?.taken ?? 0;
  return taken <= value || `${taken} seats are taken already.`;
};
