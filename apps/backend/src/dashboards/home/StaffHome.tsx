import type { ServerProps } from 'payload';
import { z } from 'zod';
import { isAdmin } from '../../access/isAdmin';
import { isStaff } from '../../access/isStaff';
import { env } from '../../env';
import { getPool } from '../../utils/postgres';
import { ageOf, toneOf } from '../components/age';
import { shareText } from '../components/format';
import { listHref } from '../components/QuickFilters';
import { type Stat, StatCards } from '../components/StatCards';
import { moderationHref } from '../moderation/moderationHref';
import { subjects, subjectTexts } from '../moderation/subjects';
import { countWaiting } from '../moderation/waiting';
import { budgetTone } from '../usage/projectDay';
import { readBudget } from '../usage/readBudget';
import styles from './StaffHome.module.css';

const healthSchema = z.object({ dead: z.number(), uncertain: z.number(), suspended: z.number(), joined: z.number() });

const readHealth = async (): Promise<z.output<typeof healthSchema>> => {
  const { rows } = await getPool().query(
    `SELECT (SELECT count(*)::int FROM notification_outbox WHERE status = 'dead') AS dead,
            (SELECT count(*)::int FROM notification_outbox WHERE status = 'uncertain') AS uncertain,
            (SELECT count(*)::int FROM users WHERE suspended_at IS NOT NULL AND deleted_at IS NULL) AS suspended,
            (SELECT count(*)::int FROM users WHERE created_at > now() - interval '7 days') AS joined`,
  );
  return healthSchema.parse(rows[0]);
};

/** What staff find first: what waits for them, what is wrong, and where they go most. */
export const StaffHome = async ({ user }: ServerProps) => {
  if (!isStaff(user)) return null;
  const now = new Date();
  const [{ bySubject, total }, health, budget] = [
    await countWaiting(),
    await readHealth(),
    await readBudget(getPool(), now),
  ];
  const limit = env.REDIS_DAILY_COMMAND_LIMIT;
  const waiting = subjects.map((subject): Stat => {
    const { count, oldest } = bySubject[subject];
    return {
      label: subjectTexts[subject].plural,
      value: count,
      note: oldest ? `oldest: ${ageOf(oldest, now)}` : 'nothing waits',
      tone: toneOf(oldest, now),
      href: moderationHref({ subject }),
    };
  });
  const watched: Stat[] = [
    {
      label: 'Mails that failed',
      value: health.dead,
      note: health.dead ? 'to retry or to discard' : 'none',
      tone: health.dead ? 'late' : 'calm',
      href: '/admin/notifications?status=dead#failed',
    },
    {
      label: 'Mails of unknown end',
      value: health.uncertain,
      note: health.uncertain ? 'sent or not?' : 'none',
      tone: health.uncertain ? 'waiting' : 'calm',
      href: '/admin/notifications?status=uncertain#failed',
    },
    {
      label: 'Redis commands today',
      value: shareText(budget.sent, limit),
      note: budget.projected === null ? 'of the limit' : `projected: ${shareText(budget.projected, limit)}`,
      tone: budgetTone(Math.max(budget.sent, budget.projected ?? 0), limit),
      href: '/admin/redis-budget',
    },
    {
      label: 'Suspended accounts',
      value: health.suspended,
      href: listHref('users', { field: 'suspendedAt', operator: 'exists', value: 'true' }),
    },
    {
      label: 'New accounts',
      value: health.joined,
      note: 'in 7 days',
      href: '/admin/collections/users?sort=-createdAt',
    },
    {
      label: isAdmin(user) ? 'What staff did' : 'What you did',
      value: 'Audit trail',
      href: '/admin/collections/audit-log',
    },
  ];
  return (
    <section className={styles['home']}>
      <h2>
        {total === 0 ? 'Nothing waits for you' : `${total} ${total === 1 ? 'thing waits' : 'things wait'} for staff`}
      </h2>
      <StatCards label="What waits" stats={waiting} />
      <h2>To keep an eye on</h2>
      <StatCards label="To keep an eye on" stats={watched} />
    </section>
  );
};
