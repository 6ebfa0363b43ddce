import { MAX_LISTINGS_IN_STATS } from '@convene/common';
import type { FanOut } from '@convene/outbox';
import { fanOutSchedule } from './fanOutSchedule';
import { lastWholeWeek } from './periods';
import { listingSql } from './sqlFragments';
import type { Due, QueuedSchedule } from './types';

type StatsType = 'listing.search-stats' | 'listing.view-stats';

/** What each mail tells; the first decides which listings are the busiest. */
const counts = {
  'listing.search-stats': ['impressions'],
  'listing.view-stats': ['views', 'favorites', 'bookings'],
} as const satisfies Record<StatsType, string[]>;

const jsonOf = (names: readonly string[], value: (column: string) => string): string =>
  names
    .map((name) => `'${name}', jsonb_build_object('week', ${value(name)}, 'weekBefore', ${value(`${name}_before`)})`)
    .join(', ');

/** One mail for each owner of a listing of which something was counted in that week or the one before. */
const statsOf = (type: StatsType, { dueAt }: Due): FanOut => {
  const names = counts[type];
  const { firstDay, lastDay } = lastWholeWeek(dueAt);
  const all = names.flatMap((name) => [name, `${name}_before`]);
  return {
    type,
    params: [firstDay, lastDay],
    rows: `
      SELECT $1::text || ':' || stat.owner_id AS key,
             jsonb_build_object(
               'ownerId', stat.owner_id,
               'week', jsonb_build_object('firstDay', $1::text, 'lastDay', $2::text),
               'totals', jsonb_build_object(${jsonOf(names, (column) => `sum(stat.${column})`)}),
               'listings', jsonb_agg(
                 jsonb_build_object('listing', ${listingSql('stat')}, ${jsonOf(names, (column) => `stat.${column}`)})
                 ORDER BY stat.place) FILTER (WHERE stat.place <= ${MAX_LISTINGS_IN_STATS}),
               'otherListings', greatest(count(*) - ${MAX_LISTINGS_IN_STATS}, 0)) AS payload
      FROM (
        SELECT counted.*,
               row_number() OVER (PARTITION BY owner_id ORDER BY ${all.map((column) => `${column} DESC`).join(', ')}, kind, listing_id)
                 AS place
        FROM worker_listing_week_stats($1::text::date) AS counted
        WHERE ${all.join(' + ')} > 0
      ) AS stat
      GROUP BY stat.owner_id`,
  };
};

/** Tells owners what their listings came to in the last week, on Monday morning, when Sunday's counts are flushed. */
export const weeklyStatsSchedule: QueuedSchedule = {
  does: 'tells owners how often their listings were shown, seen, saved and booked in the week before',
  cron: '30 6 * * 1',
  catchUpHours: 48,
  ...fanOutSchedule('weekly-stats', ({ dueAt }) => [
    statsOf('listing.search-stats', { dueAt }),
    statsOf('listing.view-stats', { dueAt }),
  ]),
};
