import { APIError, type ValidationError } from 'payload';
import { isApiError, isValidationError } from './payloadErrors';
import { errorsBehind } from './postgresErrors';

/** What people are told where Postgres refuses something by a rule of ours, by the rule's name. */
const byConstraint: Record<string, string> = {
  bookings_no_overlap:
    'That time is taken: another confirmed booking, or a time that the owner keeps free, overlaps it.',
  bookings_capacity: 'There are not so many free seats any more.',
  bookings_one_participation: 'This person takes part in this event already.',
  bookings_period_order: 'The end must come after the start.',
  bookings_seats_positive: 'A booking has at least one seat.',
  events_capacity: 'More seats than that are taken already.',
  reviews_rating_range: 'A rating has 1 to 5 stars.',
  claims_one_pending: 'This person’s claim to this listing waits for a decision already.',
  claims_one_invitation: 'This listing has an open invitation already.',
  verifications_one_pending: 'A request of this person waits for a decision already.',
};

/** What else it refuses, by the error's code: people can do something about each of these. */
const byCode: Record<string, string> = {
  '23P01': 'This overlaps something that is there already.',
  '23505': 'There is one like this already.',
  '23514': 'One of the values is outside of what is allowed.',
  '23503': 'What this refers to is gone, or something else still refers to this.',
  '23502': 'A value that is needed is missing.',
  '40001': 'Somebody else was changing this at the same moment. Please try again.',
  '40P01': 'Somebody else was changing this at the same moment. Please try again.',
};

/** Text where a number is asked for, a number that is too large, half a letter: Postgres' class of data exceptions. */
const isDataException = (code: string | null): boolean => code?.startsWith('22') ?? false;

/** Several columns are no field that a form could mark. */
const isCompound = ({ path }: { path: string }): boolean => path.includes(',');

/** Of a unique index over several columns Payload names the columns; this says what they mean. */
const reworded = (error: ValidationError): ValidationError => {
  if (error.data.errors.some(isCompound)) error.message = byCode['23505'] ?? error.message;
  return error;
};

const NO_SUCH_VALUE = 'One of the values is not of the kind that is asked for.';

type Refused = { status: number; data?: { constraint: string | null }; cause: unknown };

const refused = (message: string, { status, data, cause }: Refused): APIError => {
  const refusal = new APIError(message, status, data);
  refusal.cause = cause;
  return refusal;
};

/**
 * An error of the database as the person who made the change is told of it: what a constraint or a trigger refuses is
 * a conflict with a reason, what it can't even read is wrong input, and neither is a defect. The original stays behind it; everything else is left as it is.
 */
export const asRefusal = (error: unknown): unknown => {
  if (isValidationError(error)) return reworded(error);
  if (isApiError(error)) return error;
  for (const { code, constraint } of errorsBehind(error)) {
    if (isDataException(code)) return refused(NO_SUCH_VALUE, { status: 400, cause: error });
    const message = byConstraint[constraint ?? ''] ?? byCode[code ?? ''];
    if (!message) continue;
    return refused(message, { status: 409, data: { constraint: constraint ?? null }, cause: error });
  }
  return error;
};
