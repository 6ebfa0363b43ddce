import { feedQuerySchema } from '@convene/common/api';
import { jsonAnswer, type RouteHandler, readQuery } from '../http';
import { getFeed } from './followedFeed';

/** GET /api/feed: one page of a segment. */
export const feed: RouteHandler = async (request) => {
  const query = readQuery(request, feedQuerySchema);
  return jsonAnswer(await getFeed().page(query), 200, { 'Cache-Control': 'public, max-age=30' });
};
