import { DAY_MS } from '@convene/common/time';

/** How often a day the worker's schedules are due, by the app's own table. */
export const maintenanceRunsADay = async (): Promise<number> => {
  const [{ schedules }, { latestDue }] = await Promise.all([
    import('../../../../apps/worker/src/maintenance/schedules'),
    import('../../../../apps/worker/src/maintenance/runSchedules'),
  ]);
  const end = Date.UTC(2026, 0, 16) - 1_000;
  let runs = 0;
  for (const { cron } of Object.values(schedules)) {
    let due = latestDue(cron, new Date(end));
    while (due && end - due.getTime() < DAY_MS) {
      runs += 1;
      due = latestDue(cron, new Date(due.getTime() - 2_000));
    }
  }
  return runs;
};
