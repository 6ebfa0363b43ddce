import {
  APIError,
  AuthenticationError,
  type Config,
  Forbidden,
  Locked,
  LockedAuth,
  MissingFile,
  NotFound,
  QueryError,
  UnverifiedEmail,
  ValidationError,
} from 'payload';

const refusals = {
  AuthenticationError,
  Forbidden,
  Locked,
  LockedAuth,
  MissingFile,
  NotFound,
  QueryError,
  UnverifiedEmail,
  ValidationError,
};

/** What a request was refused for is no fault of ours; an error of a hook, which says in words what is wrong, may be. */
export const refusalLevels: NonNullable<Config['loggingLevels']> = {
  APIError: 'warn',
  ...Object.fromEntries(Object.keys(refusals).map((name) => [name, 'info'])),
};

/**
 * Gives Payload's error classes the names back that a minified build takes from them. Payload picks the level of a log
 * line by that name: without it, each refusal of a stranger would be logged as an error of ours.
 */
export const restoreErrorNames = (): void => {
  for (const [name, error] of Object.entries({ APIError, ...refusals })) {
    Object.defineProperty(error, 'name', { value: name });
  }
};
