import { ConveneError } from '@convene/common/errors';
import { z } from 'zod';
import { isAdmin } from '../../access/isAdmin';
import { runnableNames } from '../../dashboards/feed/readRuns';
import { calledJobs } from '../../schedulers/calledJobs';
import { logger } from '../../utils/logger';
import { jsonAnswer, type RouteHandler, readJson } from '../http';
import { requireStaff } from '../requireStaff';

/**
 * POST /api/feed-jobs/{name}: an admin runs flush, aggregate or rank now, under the lease of its scheduled runs.
 * Answers when it is done; `ran` is false where another process is at it.
 */
export const runFeedJob: RouteHandler<{ name: string }> = async (request, { params }) => {
  const user = await requireStaff(request);
  if (!isAdmin(user)) throw new ConveneError('forbidden', 'This is for admins alone.');
  // A form of another site can't send JSON.
  await readJson(request, z.object({}));
  const { name } = await params;
  const run = runnableNames.some((runnable) => runnable === name) ? calledJobs.get(name) : undefined;
  if (!run) throw new ConveneError('not-found', `There is no such job. There are: ${runnableNames.join(', ')}.`);
  logger.info({ job: name, by: user.id }, 'a job is run by hand');
  return jsonAnswer(await run());
};
