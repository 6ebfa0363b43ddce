import config from '@payload-config';
import {
  GRAPHQL_POST,
  REST_DELETE,
  REST_GET,
  REST_OPTIONS,
  REST_PATCH,
  REST_POST,
  REST_PUT,
} from '@payloadcms/next/routes';
import { isBrokenForm, UNREADABLE } from '../utils/brokenForm';
import { logger } from '../utils/logger';
import { isApiError } from '../utils/payloadErrors';

const refusal = (error: unknown, request: Request): { status: number; message: string } => {
  if (error instanceof SyntaxError || isBrokenForm(error, request.headers)) return { status: 400, message: UNREADABLE };
  if (isApiError(error) && error.status < 500) return { status: error.status, message: error.message };
  logger.error({ err: error, path: new URL(request.url).pathname }, 'Payload has no answer');
  return { status: 500, message: 'Something went wrong.' };
};

/** Payload throws what it meets before it looks at a request's path, and in GraphQL before the query: Next answers 500. */
const answered =
  <Rest extends unknown[]>(handler: (request: Request, ...rest: Rest) => Promise<Response>) =>
  async (request: Request, ...rest: Rest): Promise<Response> => {
    try {
      return await handler(request, ...rest);
    } catch (error) {
      const { status, message } = refusal(error, request);
      return Response.json({ errors: [{ message }] }, { status });
    }
  };

/** Payload's own REST, as every route file that leads to it has it. */
export const payloadRest = {
  GET: answered(REST_GET(config)),
  POST: answered(REST_POST(config)),
  PUT: answered(REST_PUT(config)),
  PATCH: answered(REST_PATCH(config)),
  DELETE: answered(REST_DELETE(config)),
  OPTIONS: answered(REST_OPTIONS(config)),
};

export const payloadGraphql = { POST: answered(GRAPHQL_POST(config)), OPTIONS: answered(REST_OPTIONS(config)) };
