import { relayState } from '../../notifications/relay';
import { queueHealth } from '../../utils/notificationsQueue';
import { getPool } from '../../utils/postgres';
import { getRedis } from '../../utils/redis';
import { jsonAnswer, type RouteHandler } from '../http';

/**
 * GET /api/ready: can the backend serve? Only Postgres decides it. Redis is told by the clients' last outcomes,
 * without a command of its own: pages and saves go on without it.
 */
export const ready: RouteHandler = async () => {
  const postgres = await getPool()
    .query('SELECT 1')
    .then(
      () => ({ ok: true, error: null }),
      (error: Error) => ({ ok: false, error: error.message }),
    );
  return jsonAnswer(
    {
      status: postgres.ok ? 'ready' : 'not-ready',
      postgres,
      countersRedis: getRedis().health(),
      queue: queueHealth(),
      relay: relayState(),
    },
    postgres.ok ? 200 : 503,
  );
};
