import type { AdminViewServerProps } from 'payload';
import { ageOf, toneOf } from '../components/age';
import { DashboardPage } from '../components/DashboardPage';
import { type Stat, StatCards } from '../components/StatCards';
import { describe } from './describe';
import { ModerationQueue } from './ModerationQueue';
import styles from './ModerationView.module.css';
import { type ModerationQuery, moderationHref, moderationQuerySchema } from './moderationHref';
import { QueuePages } from './QueuePages';
import { type Subject, subjects, subjectTexts } from './subjects';
import { countWaiting, listWaiting, type WaitingCounts } from './waiting';

const PAGE_SIZE = 10;

/** What waits for staff, the oldest first, to be decided about on the spot. */
export const ModerationView = (view: AdminViewServerProps) => (
  <DashboardPage lead="What waits for a decision, the oldest first." title="Moderation" view={view}>
    {async () => {
      const now = new Date();
      const asked = moderationQuerySchema.parse(view.searchParams ?? {});
      const counts = await countWaiting();
      const { items, total, page } = await listWaiting({ ...asked, pageSize: PAGE_SIZE });
      const query = { ...asked, page };
      const { req } = view.initPageResult;
      return (
        <>
          <StatCards label="What waits" stats={statsOf(counts, query, now)} />
          <form action="/admin/moderation" className={styles['search']} method="get">
            {query.subject ? <input name="subject" type="hidden" value={query.subject} /> : null}
            <label htmlFor="moderation-text">Search in what waits</label>
            <input defaultValue={query.text} id="moderation-text" maxLength={100} name="text" type="search" />
            <button type="submit">Search</button>
          </form>
          <ModerationQueue
            emptyText={emptyText(query, counts.total)}
            items={await describe({ payload: req.payload, req }, items, now)}
            // Another page begins anew.
            key={moderationHref(query)}
          />
          <QueuePages pageSize={PAGE_SIZE} query={query} total={total} />
        </>
      );
    }}
  </DashboardPage>
);

const emptyText = ({ subject, text }: ModerationQuery, all: number): string => {
  if (text) return `Nothing that waits contains “${text}”.`;
  if (subject && all > 0) return `No ${subjectTexts[subject].plural.toLowerCase()} wait. Something else does.`;
  return 'Nothing waits. All is decided.';
};

const statsOf = (counts: WaitingCounts, query: ModerationQuery, now: Date): Stat[] => [
  {
    label: 'Everything',
    value: counts.total,
    href: moderationHref({ text: query.text }),
    isCurrent: !query.subject,
  },
  ...subjects.map((subject: Subject): Stat => {
    const { count, oldest } = counts.bySubject[subject];
    return {
      label: subjectTexts[subject].plural,
      value: count,
      note: oldest ? `oldest: ${ageOf(oldest, now)}` : undefined,
      tone: toneOf(oldest, now),
      href: moderationHref({ subject, text: query.text }),
      isCurrent: query.subject === subject,
    };
  }),
];
