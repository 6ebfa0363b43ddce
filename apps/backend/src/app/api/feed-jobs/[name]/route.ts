import { runFeedJob } from '../../../../endpoints/dashboards/runFeedJob';
import { routeHandlers } from '../../../../endpoints/http';

export const dynamic = 'force-dynamic';
/** Seconds that a serverless host lets it run. */
export const maxDuration = 300;
export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ name: string }>({ POST: runFeedJob });
