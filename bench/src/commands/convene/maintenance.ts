import { DAY_MS } from '@convene/common/time';

/**
 * A schedule that is due every few minutes makes a job only when there is something to do, such as reminding of what
 * starts a day later. In so many of its runs there is: events start at a dozen different times of a day.
 */
const MAX_RUNS_WITH_WORK_A_DAY = 12;

/** How many jobs a day the worker's schedules make, by the app's own table. */
export const maintenanceRunsADay = async (): Promise<number> => {
  const [{ schedules }, { latestDue }] = await Promise.all([
    import('../../../../apps/worker/src/maintenance/schedules'),
    import('../../../../apps/worker/src/maintenance/periods'),
  ]);
  const end = Date.UTC(2026, 0, 16) - 1_000;
  let runs = 0;
  for (const { cron } of Object.values(schedules)) {
    let due = latestDue(cron, new Date(end));
    for (let ofThis = 0; due && end - due.getTime() < DAY_MS && ofThis < MAX_RUNS_WITH_WORK_A_DAY; ofThis++) {
      runs += 1;
      due = latestDue(cron, new Date(due.getTime() - 2_000));
    }
  }
  return runs;
};
