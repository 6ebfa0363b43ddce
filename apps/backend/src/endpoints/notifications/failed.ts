import { type Decided, decideSchema, failedQuerySchema } from '@convene/common/decisions';
import { ConveneError } from '@convene/common/errors';
import { decideOnFailed, type ForgetJobs, listFailed } from '@convene/outbox';
import { isStaff } from '../../access/isStaff';
import { forgetJobs } from '../../notifications/forgetJobs';
import type { User } from '../../payload-types';
import { logger } from '../../utils/logger';
import { getPool } from '../../utils/postgres';
import { requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler, readJson, readQuery } from '../http';

/** A thousand ids. */
const MAX_BODY_BYTES = 65_536;

/** @throws ConveneError unauthenticated, forbidden */
const requireStaff = async (request: Request): Promise<User> => {
  const user = await requireUser(request);
  if (!isStaff(user)) throw new ConveneError('forbidden', 'Only staff may see what was not sent.');
  return user;
};

/** GET /api/notifications/failed: what could not be sent or may not have been, the latest first, with the reason. */
export const failedNotifications: RouteHandler = async (request) => {
  await requireStaff(request);
  return jsonAnswer(await listFailed(getPool(), readQuery(request, failedQuerySchema)));
};

const forgetOrSayWhy: ForgetJobs = async (jobIds) => {
  try {
    await forgetJobs(jobIds);
  } catch (cause) {
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
