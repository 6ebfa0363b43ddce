import { listFailed } from '@convene/outbox';
import { Link } from '@payloadcms/ui';
import type { AdminViewServerProps } from 'payload';
import { getPool } from '../../utils/postgres';
import { ageOf } from '../components/age';
import { CsvLink } from '../components/CsvLink';
import { DashboardPage } from '../components/DashboardPage';
import { DataTable } from '../components/DataTable';
import { numberText } from '../components/format';
import filters from '../components/QuickFilters.module.css';
import { Section } from '../components/Section';
import { StatCards } from '../components/StatCards';
import { lastDays } from '../components/utcDays';
import { FailedMails } from './FailedMails';
import { MailsSection } from './MailsSection';
import { notificationsHref, notificationsQuerySchema } from './notificationsHref';
import { readMails } from './readMails';
import { type OutboxRow, readOutbox } from './readOutbox';
import { readSuppressions } from './readSuppressions';
import { SuppressionsSection } from './SuppressionsSection';

const FAILED_PER_PAGE = 25;
/** A mail that waits for longer is looked after: relay, queue or worker is not there. */
const LATE_MS = 15 * 60_000;

const sum = (rows: OutboxRow[], of: 'pending' | 'later' | 'relayed'): number =>
  rows.reduce((total, row) => total + row[of], 0);

const oldestOf = (rows: OutboxRow[]): Date | null =>
  rows.reduce<Date | null>(
    (oldest, row) => (row.oldest && (!oldest || row.oldest < oldest) ? row.oldest : oldest),
    null,
  );

/** What becomes of the mails, and what to do about those that failed. */
export const NotificationsView = (view: AdminViewServerProps) => (
  <DashboardPage
    lead="What was sent, what waits, what failed and what can be done about it. Days are UTC."
    title="Notifications"
    view={view}
  >
    {async () => {
      const now = new Date();
      const query = notificationsQuerySchema.parse(view.searchParams ?? {});
      const span = lastDays(query.days, now);
      const sql = getPool();
      const [mails, outbox, failed, suppressed] = await Promise.all([
        readMails(sql, span),
        readOutbox(sql),
        listFailed(sql, { limit: FAILED_PER_PAGE, status: query.status, before: query.before }),
        readSuppressions(sql, { text: query.address }),
      ]);
      const { counts, notifications } = failed;
      const oldest = oldestOf(outbox);
      const last = notifications.at(-1);
      return (
        <>
          <StatCards
            label="Now"
            stats={[
              {
                label: 'To be relayed',
                value: numberText(sum(outbox, 'pending')),
                note: `${numberText(sum(outbox, 'later'))} for later`,
                href: '#outbox',
              },
              {
                label: 'In the queue',
                value: numberText(sum(outbox, 'relayed')),
                note: 'relayed, not closed',
                href: '#outbox',
              },
              {
                label: 'Oldest that waits',
                value: oldest ? ageOf(oldest, now) : '–',
                note: oldest ? undefined : 'nothing waits',
                tone: oldest && now.getTime() - oldest.getTime() > LATE_MS ? 'late' : 'calm',
                href: '#outbox',
              },
              { label: 'Failed', value: numberText(counts.dead), tone: counts.dead ? 'late' : 'calm', href: '#failed' },
              {
                label: 'Unclear',
                value: numberText(counts.uncertain),
                note: 'sent or not?',
                tone: counts.uncertain ? 'waiting' : 'calm',
                href: '#failed',
              },
              { label: 'How mails look', value: 'Previews', href: '/admin/notifications/previews' },
            ]}
          />
          <MailsSection days={query.days} outbox={outbox} rows={mails} span={span} />
          <Section
            actions={<CsvLink name="failed-mails" />}
            id="failed"
            lead="A retry looks the recipients up anew, and whoever got the mail does not get it again. Each decision is in the audit trail."
            title="Failed mails"
          >
            <nav aria-label="Which failed mails" className={filters['filters']}>
              {[
                { status: undefined, text: `All ${counts.dead + counts.uncertain}` },
                { status: 'dead' as const, text: `Failed ${counts.dead}` },
                { status: 'uncertain' as const, text: `Unclear ${counts.uncertain}` },
              ].map(({ status, text }) => (
                <Link
                  aria-current={status === query.status ? 'page' : undefined}
                  href={notificationsHref({ days: query.days, status }, '#failed')}
                  key={text}
                  prefetch={false}
                >
                  {text}
                </Link>
              ))}
            </nav>
            <FailedMails
              counts={counts}
              empty={query.status || query.before ? 'There are none of these.' : 'No mail has failed.'}
              key={notificationsHref(query)}
              rows={notifications}
            />
            <nav aria-label="Pages of failed mails">
              {query.before ? (
                <Link href={notificationsHref({ days: query.days, status: query.status }, '#failed')}>
                  ← The latest
                </Link>
              ) : null}{' '}
              {last && notifications.length === FAILED_PER_PAGE ? (
                <Link href={notificationsHref({ days: query.days, status: query.status, before: last.id }, '#failed')}>
                  Older →
                </Link>
              ) : null}
            </nav>
          </Section>
          <Section actions={<CsvLink name="outbox" />} id="outbox" title="The outbox">
            <DataTable
              caption="What is not at its end, by type"
              columns={[
                { heading: 'Type', cell: ({ type }) => type },
                { heading: 'To be relayed', cell: ({ pending }) => numberText(pending), isNumber: true },
                { heading: 'For later', cell: ({ later }) => numberText(later), isNumber: true },
                { heading: 'In the queue', cell: ({ relayed }) => numberText(relayed), isNumber: true },
                { heading: 'Oldest', cell: (row) => (row.oldest ? ageOf(row.oldest, now) : '–'), isNumber: true },
              ]}
              empty="Nothing waits: every mail is at its end."
              keyOf={({ type }) => type}
              rows={outbox}
            />
          </Section>
          <SuppressionsSection found={suppressed} query={query} />
        </>
      );
    }}
  </DashboardPage>
);
