import config from '@payload-config';
import { REST_DELETE, REST_GET, REST_PATCH, REST_POST, REST_PUT } from '@payloadcms/next/routes';
import type { CollectionSlug } from 'payload';
import { type Method, type RouteHandler, routeHandlers } from './http';

const payloads = {
  GET: REST_GET(config),
  POST: REST_POST(config),
  PUT: REST_PUT(config),
  PATCH: REST_PATCH(config),
  DELETE: REST_DELETE(config),
} satisfies Record<Method, unknown>;

/**
 * The exports of a route file at a collection's own path: our handlers for the methods given, Payload's for the rest,
 * by which the admin lists and edits. A file at that path hides Payload's route otherwise.
 */
export const besidePayload = (
  slug: CollectionSlug,
  handlers: Partial<Record<Method, RouteHandler>>,
): Record<Method, RouteHandler> => {
  const ours = routeHandlers(handlers);
  const params = Promise.resolve({ slug: [slug] });
  const pick = (method: Method): RouteHandler =>
    handlers[method] ? ours[method] : (request) => payloads[method](request, { params });
  return { GET: pick('GET'), POST: pick('POST'), PUT: pick('PUT'), PATCH: pick('PATCH'), DELETE: pick('DELETE') };
};
