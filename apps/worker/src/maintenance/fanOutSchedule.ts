import { type FanOut, fanOutNotifications, isFanOutDue } from '@convene/outbox';
import type { Due, QueuedSchedule } from './types';

type Plan = Due & { now: Date };

/**
 * The two ends of a schedule that writes notifications: what it writes is planned by SQL, so whether there is work is
 * the same question as which rows to write.
 *
 * @param lock whoever plans the same waits until the other's rows are there to be seen
 */
export const fanOutSchedule = (
  lock: string,
  planFor: (plan: Plan) => FanOut[],
): Pick<QueuedSchedule, 'hasWork' | 'run'> => ({
  hasWork: async ({ sql, now }, { dueAt }) => {
    for (const plan of planFor({ dueAt, now: now() })) if (await isFanOutDue(sql, plan)) return true;
    return false;
  },
  run: ({ inTransaction, now }, { dueAt }) =>
    inTransaction(lock, async (sql) => {
      const outcome: Record<string, unknown> = {};
      for (const plan of planFor({ dueAt, now: now() })) outcome[plan.type] = await fanOutNotifications(sql, plan);
      return outcome;
    }),
});
