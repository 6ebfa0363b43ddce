import { feedQuerySchema, mapQuerySchema } from '@convene/common/api';
import { jsonAnswer, limitReads, type RouteHandler, readQuery } from '../http';
import { mapLimit, searchLimit } from '../limits';
import { getFeed } from './followedFeed';
import { isSegment } from './query';

const KEEP = { 'Cache-Control': 'public, max-age=30' };

/** GET /api/feed: one page of a segment. */
export const feed: RouteHandler = async (request) => {
  const query = readQuery(request, feedQuerySchema);
  // Pages of a segment are few and kept; of what other filters find there is no end.
  if (!isSegment(query)) await limitReads(request, searchLimit);
  return jsonAnswer(await getFeed().page(query), 200, KEEP);
};

/** GET /api/map: where the best of a segment are. */
export const map: RouteHandler = async (request) => {
  await limitReads(request, mapLimit);
  return jsonAnswer(await getFeed().map(readQuery(request, mapQuerySchema)), 200, KEEP);
};
