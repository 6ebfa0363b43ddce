'use client';

import '../components/zodInBrowser';

import { Button, toast } from '@payloadcms/ui';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { postAction } from '../components/postAction';
import { runAnswerSchema } from './runAnswer';

const labels = { flush: 'Flush now', aggregate: 'Aggregate now', rank: 'Rank now' } as const;
type Job = keyof typeof labels;
const jobs: Job[] = ['flush', 'aggregate', 'rank'];

/** Runs one of the feed's jobs at once; only where nobody else is at it. */
export const RunButtons = () => {
  const router = useRouter();
  const [running, setRunning] = useState<Job | null>(null);

  const run = async (job: Job) => {
    setRunning(job);
    const posted = await postAction(`/api/feed-jobs/${job}`, { body: {} });
    setRunning(null);
    if (!posted.ok) toast.error(posted.message);
    else if (runAnswerSchema.safeParse(posted.body).data?.ran)
      toast.success(`Done: ${labels[job].replace(' now', '').toLowerCase()}.`);
    else toast.info('Another process is at it just now; nothing was started.');
    router.refresh();
  };

  return (
    <>
      {jobs.map((job) => (
        <Button
          buttonStyle="secondary"
          disabled={running !== null}
          key={job}
          margin={false}
          onClick={() => void run(job)}
          size="small"
          type="button"
        >
          {running === job ? 'Running …' : labels[job]}
        </Button>
      ))}
    </>
  );
};
