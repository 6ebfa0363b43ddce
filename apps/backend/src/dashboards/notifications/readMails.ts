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

const ends: [MailEnd, statuses: string][] = [
  ['sent', "'sent', 'delivered', 'complained'"],
  ['failed', "'failed', 'bounced'"],
  ['unclear', "'uncertain'"],
  ['suppressed', "'suppressed'"],
  ['underway', "'attempting'"],
];

/**
 * The mails to one recipient each, by UTC day of the first attempt and type. `sent`: the provider took it, and whatever
 * it told later but a bounce or a complaint; `failed`: not sent for good, or bounced.
 */
export const readMails = async (sql: SqlExecutor, { from, to }: DaySpan): Promise<MailsRow[]> => {
  const { rows } = await sql.query(
    `SELECT to_char(mail.day, 'YYYY-MM-DD') AS day, type,
            ${ends.map(([end, statuses]) => `coalesce(sum(mails) FILTER (WHERE status IN (${statuses})), 0)::int AS ${end}`).join(', ')}
     FROM (SELECT (created_at AT TIME ZONE 'UTC')::date AS day, type, status, count(*) AS mails
           FROM notification_log
           WHERE created_at >= $1 AND created_at < $2::timestamptz + interval '1 day'
           GROUP BY 1, 2, 3) AS mail
     GROUP BY mail.day, type ORDER BY mail.day, type`,
    [startOfUtcDay(from), startOfUtcDay(to)],
  );
  return z.array(mailsSchema).parse(rows);
};
