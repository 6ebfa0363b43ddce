import { jsonAnswer, type RouteHandler } from '../http';

/** GET /api/health: the process is alive. */
export const health: RouteHandler = () => jsonAnswer({ status: 'ok' });
