import { type PayloadRequest, ValidationError } from 'payload';

const hasCause = (value: object): value is { cause: unknown } => 'cause' in value;

/** What Postgres said no by: the constraint's name, however many errors drizzle and Payload have put around it. */
export const violatedConstraint = (error: unknown): string | null => {
  let current = error;
  for (let depth = 0; depth < 8 && typeof current === 'object' && current !== null; depth += 1) {
    if ('constraint' in current && typeof current.constraint === 'string') return current.constraint;
    current = hasCause(current) ? current.cause : null;
  }
  return null;
};

/** Did a create or update meet a unique index? Payload makes a ValidationError of that, without its cause. */
export const isUniqueViolation = (error: unknown, req: PayloadRequest): boolean =>
  error instanceof ValidationError &&
  error.data.errors.some(({ message }) => message === req.t('error:valueMustBeUnique'));
