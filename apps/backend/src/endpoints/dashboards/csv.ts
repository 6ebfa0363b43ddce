import { ConveneError } from '@convene/common/errors';
import { utcDayOf } from '@convene/common/time';
import { z } from 'zod';
import { csvFileOf, csvFiles } from '../../dashboards/csv/csvFiles';
import { getPool } from '../../utils/postgres';
import { type RouteHandler, readQuery } from '../http';
import { requireStaff } from '../requireStaff';

/** GET /api/dashboards/{name}: the numbers of a page of the admin as a CSV file, for staff. */
export const dashboardCsv: RouteHandler<{ name: string }> = async (request, { params }) => {
  await requireStaff(request);
  const { name } = await params;
  const make = csvFileOf(name);
  if (!make) {
    throw new ConveneError('not-found', `There is no such file. There are: ${Object.keys(csvFiles).join(', ')}.`);
  }
  const now = new Date();
  const text = await make(getPool(), readQuery(request, z.record(z.string(), z.string())), now);
  return new Response(text, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="convene-${name}-${utcDayOf(now)}.csv"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
};
