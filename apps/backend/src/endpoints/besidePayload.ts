import type { CollectionSlug } from 'payload';
import { type Method, type RouteHandler, routeHandlers } from './http';
import { payloadRest } from './payloadRoutes';

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
    handlers[method] ? ours[method] : (request) => payloadRest[method](request, { params });
  return { GET: pick('GET'), POST: pick('POST'), PUT: pick('PUT'), PATCH: pick('PATCH'), DELETE: pick('DELETE') };
};
