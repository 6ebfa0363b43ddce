import { utcDayOf } from '@convene/common/time';
import type { SqlExecutor } from '@convene/coordination';
import { projectDay } from './projectDay';
import { type DayShape, dayShareOf, readYesterday } from './readUsage';

export type Budget = {
  /** Commands of today, as far as the apps have reported them. */
  sent: number;
  /** What today will come to; null where nothing can be said yet. */
  projected: number | null;
  yesterday: DayShape | null;
};

export const readBudget = async (sql: SqlExecutor, now: Date): Promise<Budget> => {
  const [today, yesterday] = await Promise.all([
    sql.query<{ sent: number }>('SELECT coalesce(sum(count), 0)::float8 AS sent FROM redis_usage WHERE day = $1', [
      utcDayOf(now),
    ]),
    readYesterday(sql, now),
  ]);
  const sent = today.rows[0]?.sent ?? 0;
  return { sent, projected: projectDay({ sent, dayShare: dayShareOf(now), yesterday }), yesterday };
};
