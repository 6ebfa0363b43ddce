import { expect, test, vi } from 'vitest';
import { forgetJobsBy, JobInHandError } from './forgetJobs';

test('a job that a worker lets go of meanwhile is removed', async () => {
  const remove = vi.fn().mockResolvedValueOnce(0).mockResolvedValueOnce(0).mockResolvedValue(1);
  await forgetJobsBy(remove, { pauseMs: 0 })(['n-1', 'n-2']);
  expect(remove.mock.calls).toEqual([['n-1'], ['n-1'], ['n-1'], ['n-2']]);
});

test('one that stays locked is told of', async () => {
  const remove = vi.fn().mockResolvedValue(0);
  await expect(forgetJobsBy(remove, { tries: 3, pauseMs: 0 })(['n-1', 'n-2'])).rejects.toThrow(JobInHandError);
  expect(remove).toHaveBeenCalledTimes(3);
});
