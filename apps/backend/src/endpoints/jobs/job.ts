import { ConveneError } from '@convene/common/errors';
import { env } from '../../env';
import { calledJobs } from '../../schedulers/calledJobs';
import { hasBearer, jsonAnswer, type RouteHandler } from '../http';

/**
 * POST /api/jobs/{name}: runs a background job and answers with its summary when it is done. For hosts with an
 * external cron; asks for the jobs' bearer secret before it tells which jobs there are.
 */
export const job: RouteHandler<{ name: string }> = async (request, { params }) => {
  if (!hasBearer(request, env.JOBS_SECRET)) {
    throw new ConveneError('unauthenticated', 'This needs the bearer secret of the jobs.');
  }
  const { name } = await params;
  const run = calledJobs.get(name);
  if (!run)
    throw new ConveneError('not-found', `There is no such job. There are: ${[...calledJobs.keys()].join(', ')}.`);
  return jsonAnswer(await run());
};
