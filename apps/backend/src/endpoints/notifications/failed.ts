import { type Decided, decideSchema, failedQuerySchema } from '@convene/common/decisions';
import { ConveneError } from '@convene/common/errors';
import { decideOnFailed, type ForgetJobs, JobInHandError, listFailed } from '@convene/outbox';
import { forgetJobs } from '../../notifications/forgetJobs';
import { logger } from '../../utils/logger';
import { getPool } from '../../utils/postgres';
import { jsonAnswer, type RouteHandler, readJson, readQuery } from '../http';
import { requireStaff } from '../requireStaff';

/** A thousand ids. */
const MAX_BODY_BYTES = 65_536;

/** GET /api/notifications/failed: what could not be sent or may not have been, the latest first, with the reason. */
export const failedNotifications: RouteHandler = async (request) => {
  await requireStaff(request);
  return jsonAnswer(await listFailed(getPool(), readQuery(request, failedQuerySchema)));
};

const forgetOrSayWhy: ForgetJobs = async (jobIds) => {
  try {
    await forgetJobs(jobIds);
  } catch (cause) {
    if (cause instanceof JobInHandError) {
      throw new ConveneError('unavailable', 'A worker has one of these mails in hand; try again in a moment.', {
        cause,
      });
    }
    throw new ConveneError('unavailable', 'The queue can not be reached; nothing was changed.', { cause });
  }
};

/** POST /api/notifications/failed: retries, discards or settles one, some or all of them. */
export const decideOnFailedNotifications: RouteHandler = async (request) => {
  const user = await requireStaff(request);
  const { decision, ids } = await readJson(request, decideSchema, { maxBytes: MAX_BODY_BYTES });
  const by = `user ${user.id}`;
  const decided = await decideOnFailed({ pool: getPool(), forgetJobs: forgetOrSayWhy, decision, ids, by });
  logger.info({ decision, by, rows: decided.length }, 'decided on failed notifications');
  return jsonAnswer({ decided } satisfies Decided);
};
