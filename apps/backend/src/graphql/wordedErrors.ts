import { APIError, type Payload } from 'payload';

type Operated = Parameters<Payload['extensions']>[0];

/**
 * Gives what GraphQL itself refuses while it begins, such as variables that don't fit, the cause by which Payload words
 * every error: it looks for one without asking whether there is any, and the answer would be a fault of the server.
 */
export const wordedErrors = async ({ result }: Operated): Promise<Operated['result']> => {
  for (const error of result.errors ?? []) {
    if (!error.originalError) Reflect.set(error, 'originalError', new APIError(error.message, 400));
  }
  return result;
};
