import { startOfUtcDay } from '@convene/common/time';
import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';
import type { DaySpan } from '../components/utcDays';

const mailsSchema = z.object({
  day: z.string(),
  type: z.string(),
  sent: z.number(),
  failed: z.number(),
  unclear: z.number(),
  suppressed: z.number(),
  underway: z.number(),
});
export type MailsRow = z.output<typeof mailsSchema>;
export const mailEnds = ['sent', 'failed', 'unclear', 'suppressed', 'underway'] as const;
export type MailEnd = (typeof mailEnds)[number];

/**
 * The mails to one recipient each, by UTC day of the first attempt and type. `sent`: the provider took it, and whatever
 * it told later but a bounce or a complaint; `failed`: not sent for good, or bounced.
 */
export const readMails = async (sql: SqlExecutor, { from, to }: DaySpan): Promise<MailsRow[]> => {
  const { rows } = await sql.query(
    `SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, type,
            count(*) FILTER (WHERE status IN ('sent', 'delivered', 'complained'))::int AS sent,
            count(*) FILTER (WHERE status IN ('failed', 'bounced'))::int AS failed,
            count(*) FILTER (WHERE status = 'uncertain')::int AS unclear,
            count(*) FILTER (WHERE status = 'suppressed')::int AS suppressed,
            count(*) FILTER (WHERE status = 'attempting')::int AS underway
     FROM notification_log
     WHERE created_at >= $1 AND created_at < $2::timestamptz + interval '1 day'
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [startOfUtcDay(from), startOfUtcDay(to)],
  );
  return z.array(mailsSchema).parse(rows);
};
