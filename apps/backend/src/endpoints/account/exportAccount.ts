import { exportData } from '../../collections/Users/exportData';
import { logger } from '../../utils/logger';
import { getPool } from '../../utils/postgres';
import type { RouteHandler } from '../http';
import { exportLimit } from '../limits';
import { signedIn } from '../signedIn';

/** GET /api/account/export: everything that is kept of the person, as a JSON file. */
export const exportAccount: RouteHandler = async (request) => {
  const { user } = await signedIn(request, exportLimit);
  const pieces = exportData(getPool(), { userId: user.id });
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { value, done } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        // Its status has been sent: the file breaks off, so that nobody takes a part of it for the whole.
        logger.error({ err: error, userId: user.id }, 'An export broke off');
        controller.error(error);
      }
    },
    cancel: async () => {
      await pieces.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="convene-account-${user.id}.json"`,
      'Cache-Control': 'no-store',
    },
  });
};
