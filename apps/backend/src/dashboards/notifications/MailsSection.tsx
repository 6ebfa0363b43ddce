import { BarChart, type Series } from '../components/BarChart';
import { CsvLink } from '../components/CsvLink';
import { DataTable } from '../components/DataTable';
import { DaysPicker } from '../components/DaysPicker';
import { numberText } from '../components/format';
import { Section } from '../components/Section';
import { type DaySpan, eachDay } from '../components/utcDays';
import { type MailEnd, type MailsRow, mailEnds } from './readMails';
import type { OutboxRow } from './readOutbox';

const series = [
  { key: 'sent', label: 'Sent', tone: 'good' },
  { key: 'failed', label: 'Failed or bounced', tone: 'bad' },
  { key: 'unclear', label: 'Unclear', tone: 3 },
  { key: 'suppressed', label: 'Suppressed', tone: 4 },
  { key: 'underway', label: 'Under way', tone: 1 },
] as const satisfies (Series & { key: MailEnd })[];

type Ends = Record<MailEnd, number>;
type OfType = { type: string; ends: Ends; waiting: number };

const none = (): Ends => ({ sent: 0, failed: 0, unclear: 0, suppressed: 0, underway: 0 });

const sumBy = (rows: MailsRow[], keyOf: (row: MailsRow) => string): Map<string, Ends> => {
  const sums = new Map<string, Ends>();
  for (const row of rows) {
    const ends = sums.get(keyOf(row)) ?? none();
    for (const end of mailEnds) ends[end] += row[end];
    sums.set(keyOf(row), ends);
  }
  return sums;
};

/** What became of the mails, by day and by type; and beside each type what waits. */
export const MailsSection = ({
  rows,
  outbox,
  span,
  days,
}: {
  rows: MailsRow[];
  outbox: OutboxRow[];
  span: DaySpan;
  days: number;
}) => {
  const byDay = sumBy(rows, ({ day }) => day);
  const byType = sumBy(rows, ({ type }) => type);
  const waiting = new Map(outbox.map(({ type, pending, relayed, later }) => [type, pending + relayed + later]));
  const types: OfType[] = [...new Set([...byType.keys(), ...waiting.keys()])]
    .map((type) => ({ type, ends: byType.get(type) ?? none(), waiting: waiting.get(type) ?? 0 }))
    .sort((a, b) => b.ends.sent - a.ends.sent || a.type.localeCompare(b.type));
  const all = sumBy(rows, () => 'all').get('all') ?? none();
  return (
    <Section actions={<CsvLink name="mails" query={{ days: String(days) }} />} id="mails" title="Mails by day">
      <DaysPicker days={days} path="/admin/notifications" />
      <BarChart
        days={eachDay(span).map((day) => ({ label: day, values: byDay.get(day) ?? none() }))}
        series={series.map((one) => ({ ...one }))}
        summary={`${numberText(all.sent)} sent, ${numberText(all.failed)} failed or bounced in ${days} days.`}
        title="Mails a day, one for each recipient"
      />
      <DataTable
        caption={`By type, over ${days} days`}
        columns={[
          { heading: 'Type', cell: ({ type }) => type },
          ...series.map(({ key, label }) => ({
            heading: label,
            cell: ({ ends }: OfType) => numberText(ends[key]),
            isNumber: true,
          })),
          { heading: 'Waiting', cell: (row: OfType) => numberText(row.waiting), isNumber: true },
        ]}
        empty="No mail was sent in that time, and none waits."
        keyOf={({ type }) => type}
        rows={types}
      />
    </Section>
  );
};
