import type { FeedJob } from './feed';
import type { JobSummary } from './jobRun';

const EVERY_DAY = 24 * 60;

/** Loaded when it is due: the other jobs need no Payload. */
const purgeUploads = async () => {
  const { purgeUnusedUploads } = await import('../collections/Media/purgeUnusedUploads');
  return { ran: true, ...(await purgeUnusedUploads()) };
};

/** Deletes the uploads that nobody needs any more, once a day. */
export const mediaPurge = {
  name: 'media:purge',
  everyMinutes: EVERY_DAY,
  run: purgeUploads,
} satisfies FeedJob & { run: () => Promise<JobSummary> };
