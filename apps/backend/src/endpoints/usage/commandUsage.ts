import { usageReportSchema } from '@convene/common/commands';
import { ConveneError } from '@convene/common/errors';
import { addRedisUsage } from '@convene/coordination';
import { getPool } from '../../utils/postgres';
import { hasServiceToken, jsonAnswer, type RouteHandler, readJson } from '../http';

/** The most entries with the longest names. */
const MAX_BODY_BYTES = 131_072;

/**
 * POST /api/command-usage: the frontend, which has no Postgres, hands over how many Redis commands it has sent. A
 * report that arrives again under its id is added once.
 */
export const commandUsage: RouteHandler = async (request) => {
  if (!hasServiceToken(request)) throw new ConveneError('unauthenticated', 'The service token is not valid.');
  const report = await readJson(request, usageReportSchema, { maxBytes: MAX_BODY_BYTES });
  const added = await addRedisUsage(getPool(), { app: 'frontend', report });
  return jsonAnswer({ reportId: report.reportId, added });
};
