import {
  type DayCounts,
  type ListingStatistics,
  listingStatisticsSchema,
  statisticsQuerySchema,
} from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import type { ListingKind } from '@convene/common/listings';
import { addUtcDays, type UtcDay, utcDayOf } from '@convene/common/time';
import type { SqlExecutor } from '@convene/coordination';
import { isStaff } from '../../access/isStaff';
import { getPool } from '../../utils/postgres';
import { requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler, readQuery } from '../http';
import { type OwnListingPath, ownListingOfPath } from './ownListingPath';

/** GET /api/account/listings/:kind/:id/statistics: by its owner, or staff. */
export const statistics: RouteHandler<OwnListingPath> = async (request, { params }) => {
  const user = await requireUser(request);
  const { days } = readQuery(request, statisticsQuerySchema);
  const listing = await ownListingOfPath(params);
  const ownerId = isStaff(user) ? null : user.id;
  return jsonAnswer(await readStatistics(getPool(), { ...listing, ownerId, days, today: utcDayOf(new Date()) }));
};

type Row = DayCounts & { day: UtcDay; isBefore: boolean };

/**
 * What was counted in so many UTC days up to today, and the sums of as many before; by one statement. What was counted
 * since the last flush is not among it yet.
 *
 * @param options.ownerId whose listing it must be; null for staff
 * @throws ConveneError not-found for a listing of somebody else's
 */
export const readStatistics = async (
  sql: SqlExecutor,
  {
    kind,
    id,
    ownerId,
    days,
    today,
  }: { kind: ListingKind; id: number; ownerId: number | null; days: number; today: UtcDay },
): Promise<ListingStatistics> => {
  const firstDay = addUtcDays(today, 1 - days);
  const { rows } = await sql.query<{ title: string; counted: Row[] }>(
    `SELECT coalesce(version.version_title, listing.title, '') AS title,
            (SELECT jsonb_agg(jsonb_build_object(
                      'day', to_char(calendar.day, 'YYYY-MM-DD'), 'isBefore', calendar.day < $5::date,
                      'impressions', coalesce(counted.impressions, 0), 'views', coalesce(counted.views, 0),
                      'favorites', coalesce(counted.favorites, 0), 'bookings', coalesce(counted.bookings, 0))
                    ORDER BY calendar.day)
             FROM generate_series($4::date, $6::date, interval '1 day') AS calendar (day)
             LEFT JOIN metrics_daily AS counted
               ON counted.kind = $2 AND counted.listing_id = listing.id
              AND counted.day = to_char(calendar.day, 'YYYY-MM-DD')) AS counted
     FROM ${kind} AS listing
     LEFT JOIN _${kind}_v AS version ON version.parent_id = listing.id AND version.latest
     WHERE listing.id = $1 AND listing.deleted_at IS NULL AND ($3::int IS NULL OR listing.owner_id = $3::int)`,
    [id, kind, ownerId, addUtcDays(firstDay, -days), firstDay, today],
  );
  const found = rows[0];
  if (!found) throw new ConveneError('not-found', 'You have no such listing.');
  const inPeriod = found.counted.filter(({ isBefore }) => !isBefore);
  return listingStatisticsSchema.parse({
    kind,
    id,
    title: found.title,
    days: inPeriod,
    total: sumOf(inPeriod),
    before: sumOf(found.counted.filter(({ isBefore }) => isBefore)),
  });
};

const sumOf = (days: DayCounts[]): DayCounts =>
  days.reduce(
    (sum, day) => ({
      impressions: sum.impressions + day.impressions,
      views: sum.views + day.views,
      favorites: sum.favorites + day.favorites,
      bookings: sum.bookings + day.bookings,
    }),
    { impressions: 0, views: 0, favorites: 0, bookings: 0 },
  );
