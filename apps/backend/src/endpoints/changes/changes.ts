import { CHANGED_EVENT, CHANGES_CONTENT_TYPE, HEARTBEAT, HEARTBEAT_MS } from '@convene/common/changes';
import { ConveneError } from '@convene/common/errors';
import { tellChanges } from '../feed/followedFeed';
import { hasServiceToken, type RouteHandler } from '../http';

/**
 * GET /api/changes: tells the frontend, for as long as it listens, whenever listings or ranks have changed. Costs
 * neither a statement nor a Redis command. 503 where this process hears of no changes itself.
 */
export const changes: RouteHandler = (request) => {
  if (!hasServiceToken(request)) throw new ConveneError('unauthenticated', 'The service token is not valid.');
  return new Response(changeStream(), {
    headers: {
      'Content-Type': CHANGES_CONTENT_TYPE,
      // Compression would hold each event back until there are more.
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    },
  });
};

const changeStream = (): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder();
  let end = (): void => undefined;
  return new ReadableStream({
    start: (controller) => {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const stop = tellChanges({
        changed: () => send(CHANGED_EVENT),
        lost: () => {
          end();
          controller.close();
        },
      });
      if (!stop) throw new ConveneError('unavailable', 'This process hears of no changes.');
      const heartbeat = setInterval(() => send(HEARTBEAT), HEARTBEAT_MS);
      end = () => {
        clearInterval(heartbeat);
        stop();
      };
      // Something is sent at once, so that the headers are.
      send(HEARTBEAT);
    },
    cancel: () => end(),
  });
};
