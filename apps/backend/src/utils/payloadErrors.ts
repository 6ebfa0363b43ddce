import type { APIError, ValidationError } from 'payload';

/*
 * A production build holds Payload more than once, one copy for pages and one for routes, and its classes lose their
 * names: an error of the copy that runs Payload is neither `instanceof` the class that a route imports, nor called so.
 * Which copy runs it depends on who came first, a page of the admin or a request.
 */

export const isApiError = (error: unknown): error is APIError =>
  error instanceof Error &&
  'isOperational' in error &&
  error.isOperational === true &&
  'status' in error &&
  typeof error.status === 'number';

export const isValidationError = (error: unknown): error is ValidationError =>
  isApiError(error) && error.status === 400 && Array.isArray(Reflect.get(error.data ?? {}, 'errors'));

/** Why, where an error of ours says so. */
export const reasonIn = (error: APIError): unknown => Reflect.get(error.data ?? {}, 'reason');
