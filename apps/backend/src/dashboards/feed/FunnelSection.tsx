import { type ListingKind, listingKinds } from '@convene/common/listings';
import { BarChart, type Series } from '../components/BarChart';
import { CsvLink } from '../components/CsvLink';
import { DataTable } from '../components/DataTable';
import { DaysPicker } from '../components/DaysPicker';
import { numberText, shareText } from '../components/format';
import { Columns, Section } from '../components/Section';
import { type DaySpan, eachDay } from '../components/utcDays';
import { type Funnel, type FunnelRow, funnelOf, funnelSteps } from './readFunnel';

export const kindNames: Record<ListingKind, string> = {
  locations: 'Locations',
  events: 'Events',
  services: 'Services',
};
export const stepNames = {
  impressions: 'Impressions',
  views: 'Views',
  favorites: 'Favourites',
  bookings: 'Bookings',
} as const;

const series: Series[] = [
  { key: 'locations', label: kindNames.locations, tone: 1 },
  { key: 'events', label: kindNames.events, tone: 3 },
  { key: 'services', label: kindNames.services, tone: 2 },
];

/** From being seen in a list to being booked: a picture for each step, and how many go on from one to the next. */
export const FunnelSection = ({ rows, span, days }: { rows: FunnelRow[]; span: DaySpan; days: number }) => {
  const all = funnelOf(rows);
  const byKey = new Map(rows.map((row) => [`${row.day} ${row.kind}`, row]));
  const dates = eachDay(span);
  const kinds: { name: string; funnel: Funnel }[] = [
    ...listingKinds.map((kind) => ({ name: kindNames[kind], funnel: funnelOf(rows, kind) })),
    { name: 'All', funnel: all },
  ];
  return (
    <Section
      actions={<CsvLink name="feed" query={{ days: String(days) }} />}
      id="funnel"
      lead="What the flush has brought into Postgres. What was counted since the last flush is not among it yet."
      title="From impressions to bookings"
    >
      <DaysPicker days={days} path="/admin/feed" />
      <Columns>
        {funnelSteps.map((step) => (
          <BarChart
            days={dates.map((day) => ({
              label: day,
              values: Object.fromEntries(series.map(({ key }) => [key, byKey.get(`${day} ${key}`)?.[step] ?? 0])),
            }))}
            key={step}
            series={series}
            summary={`${numberText(all[step])} in ${days} days, ${numberText(all[step] / days)} a day.`}
            title={stepNames[step]}
          />
        ))}
      </Columns>
      <DataTable
        caption={`How many go on, over ${days} days`}
        columns={[
          { heading: 'Kind', cell: ({ name }) => name },
          ...funnelSteps.map((step) => ({
            heading: stepNames[step],
            cell: ({ funnel }: { funnel: Funnel }) => numberText(funnel[step]),
            isNumber: true,
          })),
          {
            heading: 'Views per impression',
            cell: ({ funnel }) => shareText(funnel.views, funnel.impressions),
            isNumber: true,
          },
          {
            heading: 'Favourites per view',
            cell: ({ funnel }) => shareText(funnel.favorites, funnel.views),
            isNumber: true,
          },
          {
            heading: 'Bookings per view',
            cell: ({ funnel }) => shareText(funnel.bookings, funnel.views),
            isNumber: true,
          },
        ]}
        empty=""
        keyOf={({ name }) => name}
        rows={kinds}
      />
    </Section>
  );
};
