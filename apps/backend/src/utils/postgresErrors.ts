import type { PayloadRequest } from 'payload';
import { isValidationError } from './payloadErrors';

const hasCause = (value: object): value is { cause: unknown } => 'cause' in value;

type PostgresError = { code: string | null; constraint: string | null; message: string | null };

const textIn = (value: object, name: string): string | null => {
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'string' ? found : null;
};

/** An error and all that it was made of, however many drizzle and Payload have put around Postgres' own. */
export const errorsBehind = (error: unknown): PostgresError[] => {
  const found: PostgresError[] = [];
  let current = error;
  for (let depth = 0; depth < 8 && typeof current === 'object' && current !== null; depth += 1) {
    found.push({
      code: textIn(current, 'code'),
      constraint: textIn(current, 'constraint'),
      message: textIn(current, 'message'),
    });
    current = hasCause(current) ? current.cause : null;
  }
  return found;
};

/** Class 08 is a lost connection, 53300 too many of them, 57P0x a server that stops or starts; the rest is Node's. */
const AWAY_CODES = /^(?:08...|53300|57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
/** What pg and its pool say without a code. */
const AWAY_MESSAGES = /timeout exceeded when trying to connect|^Connection terminated|connection timeout/;

/** Was something out of reach, or no connection to it free in time, so that the same request may do later? */
export const isOutOfReach = (error: unknown): boolean =>
  errorsBehind(error).some(
    ({ code, message }) =>
      (code !== null && AWAY_CODES.test(code)) || (message !== null && AWAY_MESSAGES.test(message)),
  );

/** What Postgres said no by: the constraint's name. */
export const violatedConstraint = (error: unknown): string | null =>
  errorsBehind(error).find(({ constraint }) => constraint !== null)?.constraint ?? null;

/** Did a create or update meet a unique index? Payload makes a ValidationError of that, without its cause. */
export const isUniqueViolation = (error: unknown, req: PayloadRequest): boolean =>
  isValidationError(error) && error.data.errors.some(({ message }) => message === req.t('error:valueMustBeUnique'));
