import { ConveneError, type ErrorCode } from '@convene/common/errors';

/** An error answer in the one shape, never cached. */
export const errorResponse = (code: ErrorCode, message: string, headers: Record<string, string> = {}): Response => {
  const error = new ConveneError(code, message);
  return Response.json(error.toAnswer(), {
    status: error.status,
    headers: { 'cache-control': 'no-store', ...headers },
  });
};

/** A handler for the methods that a route does not have. */
export const methodNotAllowed =
  (allow: string) =>
  (request: Request): Response =>
    errorResponse('method-not-allowed', `${request.method} is not possible here; use ${allow}.`, { allow });
