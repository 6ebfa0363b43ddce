import type { Payload } from 'payload';
import { wordedErrors } from './graphql/wordedErrors';
import { surviveLostConnections } from './utils/surviveLostConnections';

/** What this instance of Payload needs beyond its configuration. */
export const preparePayload = (payload: Payload): void => {
  surviveLostConnections(payload);
  // Payload looks up by a request's path: `toString` and `constructor` are no collections.
  Object.setPrototypeOf(payload.collections, null);
  payload.extensions = wordedErrors;
};
