import { utcDayOf } from '@convene/common/time';
import type { AdminViewServerProps } from 'payload';
import { env } from '../../env';
import { getPool } from '../../utils/postgres';
import { BarChart, type Series } from '../components/BarChart';
import { CsvLink } from '../components/CsvLink';
import { DashboardPage } from '../components/DashboardPage';
import { DataTable } from '../components/DataTable';
import { numberText, shareText } from '../components/format';
import { Section, Warning } from '../components/Section';
import { StatCards } from '../components/StatCards';
import { eachDay, lastDays } from '../components/utcDays';
import { budgetTone } from './projectDay';
import { readBudget } from './readBudget';
import { readUsage, type UsageRow } from './readUsage';

const DAYS = 30;

const apps = [
  { key: 'backend', label: 'Backend', tone: 1 },
  { key: 'worker', label: 'Worker', tone: 2 },
  { key: 'frontend', label: 'Frontend', tone: 3 },
] as const satisfies Series[];

const total = (rows: UsageRow[]): number => rows.reduce((sum, { count }) => sum + count, 0);

type Part = { key: string; names: string[]; today: number; all: number };

/** Sums by some columns, the largest first. */
const partsBy = (rows: UsageRow[], today: string, columns: ('app' | 'source' | 'command')[]): Part[] => {
  const parts = new Map<string, Part>();
  for (const row of rows) {
    const names = columns.map((column) => row[column]);
    const key = names.join(' ');
    const part = parts.get(key) ?? { key, names, today: 0, all: 0 };
    part.all += row.count;
    if (row.day === today) part.today += row.count;
    parts.set(key, part);
  }
  return [...parts.values()].sort((a, b) => b.all - a.all);
};

const PartsTable = ({
  caption,
  headings,
  parts,
  all,
}: {
  caption: string;
  headings: string[];
  parts: Part[];
  all: number;
}) => (
  <DataTable
    caption={caption}
    columns={[
      ...headings.map((heading, index) => ({ heading, cell: ({ names }: Part) => names[index] ?? '' })),
      { heading: 'Today', cell: ({ today }: Part) => numberText(today), isNumber: true },
      { heading: `${DAYS} days`, cell: (part: Part) => numberText(part.all), isNumber: true },
      { heading: 'Share', cell: (part: Part) => shareText(part.all, all), isNumber: true },
    ]}
    empty="No app has reported a command yet. Each does so every five minutes."
    keyOf={({ key }) => key}
    rows={parts}
  />
);

/** What the apps have sent to Redis, by their own count, against the limit of a day. Sends no command to know it. */
export const UsageView = (view: AdminViewServerProps) => (
  <DashboardPage
    lead="Commands that the apps have sent to Redis, by their own count of every five minutes. Looking here costs none."
    title="Redis budget"
    view={view}
  >
    {async () => {
      const now = new Date();
      const limit = env.REDIS_DAILY_COMMAND_LIMIT;
      const today = utcDayOf(now);
      const span = lastDays(DAYS, now);
      const [rows, { sent, projected, yesterday }] = await Promise.all([
        readUsage(getPool(), span),
        readBudget(getPool(), now),
      ]);
      const days = eachDay(span).map((day) => {
        const ofDay = rows.filter((row) => row.day === day);
        return {
          label: day,
          values: Object.fromEntries(apps.map(({ key }) => [key, total(ofDay.filter(({ app }) => app === key))])),
          total: total(ofDay),
        };
      });
      const known = days.filter((day) => day.total > 0);
      const highest = known.toSorted((a, b) => b.total - a.total)[0];
      const all = total(rows);
      return (
        <>
          {warningOf({ sent, projected, limit })}
          <StatCards
            label="Today"
            stats={[
              {
                label: 'Today so far',
                value: numberText(sent),
                note: `${shareText(sent, limit)} of ${numberText(limit)}`,
                tone: budgetTone(sent, limit),
              },
              {
                label: 'Today, projected',
                value: projected === null ? '–' : numberText(projected),
                note: projected === null ? 'too early to say' : `${shareText(projected, limit)} of the limit`,
                tone: projected === null ? 'calm' : budgetTone(projected, limit),
              },
              {
                label: 'Yesterday',
                value: yesterday ? numberText(yesterday.total) : '–',
                note: yesterday ? `${numberText(yesterday.untilNow)} by this time` : 'nothing reported',
                tone: yesterday ? budgetTone(yesterday.total, limit) : 'calm',
              },
              {
                label: 'A day on average',
                value: known.length ? numberText(all / known.length) : '–',
                note: `of ${known.length} days`,
              },
              { label: 'Highest day', value: highest ? numberText(highest.total) : '–', note: highest?.label },
            ]}
          />
          <Section actions={<CsvLink name="redis-usage" />} id="commands-by-day" title={`${DAYS} days by app`}>
            <BarChart
              days={days}
              limit={{ value: limit, label: `Limit of a day: ${numberText(limit)} (REDIS_DAILY_COMMAND_LIMIT)` }}
              series={[...apps]}
              summary={`${numberText(all)} commands in ${DAYS} days; ${daysText(known.filter((day) => day.total >= limit).length)} at or over the limit.`}
              title="Redis commands a day"
            />
          </Section>
          <Section id="commands-by-part" title="Where they come from">
            <PartsTable
              all={all}
              caption="By app and source"
              headings={['App', 'Source']}
              parts={partsBy(rows, today, ['app', 'source'])}
            />
            <PartsTable
              all={all}
              caption="By command"
              headings={['Command']}
              parts={partsBy(rows, today, ['command'])}
            />
          </Section>
        </>
      );
    }}
  </DashboardPage>
);

const daysText = (days: number): string => (days === 1 ? 'one day' : `${days} days`);

const warningOf = ({ sent, projected, limit }: { sent: number; projected: number | null; limit: number }) => {
  if (sent >= limit)
    return (
      <Warning>
        The limit of today is used up: {numberText(sent)} of {numberText(limit)} commands.
      </Warning>
    );
  if (budgetTone(sent, limit) !== 'calm') {
    return <Warning>{shareText(sent, limit)} of today’s Redis commands are used.</Warning>;
  }
  if (projected !== null && budgetTone(projected, limit) !== 'calm') {
    return (
      <Warning>
        At this pace today ends with {numberText(projected)} commands, {shareText(projected, limit)} of the limit.
      </Warning>
    );
  }
  return null;
};
