import { statisticsQuerySchema } from '@convene/common/api';
import { listingKindSchema } from '@convene/common/listings';
import { z } from 'zod';
import { env } from '@/env';
import { isConveneError } from '@/lib/backend/errors';
import { getStatistics } from '@/lib/backend/ownListings';
import { errorResponse } from '@/lib/request/answers';
import { signInUrl } from '@/lib/session/asVisitor';
import { getSession } from '@/lib/session/cookie';
import type { OwnListingParams } from '@/lib/session/ownPage';
import { statisticsCsv } from '@/lib/statistics';

const addressSchema = z.object({ kind: listingKindSchema, id: z.coerce.number().int().positive() });

const toSignIn = (isExpired: boolean): Response =>
  new Response(null, {
    status: 303,
    headers: { location: new URL(signInUrl('/account/listings', isExpired), env.FRONTEND_URL).href },
  });

/** GET /account/listings/:kind/:id/statistics/csv: the period's days, one a line. */
export const GET = async (request: Request, { params }: { params: OwnListingParams }): Promise<Response> => {
  const session = await getSession();
  if (!session) return toSignIn(false);
  const listing = addressSchema.safeParse(await params);
  const query = statisticsQuerySchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!listing.success || !query.success) return errorResponse('not-found', 'There are no such statistics.');
  const { kind, id } = listing.data;
  try {
    const { days } = await getStatistics(session.token, listing.data, query.data.days);
    return new Response(statisticsCsv(days), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="convene-${kind}-${id}-${days[0]?.day}-${days.at(-1)?.day}.csv"`,
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    if (!isConveneError(error)) throw error;
    return error.code === 'unauthenticated' ? toSignIn(true) : errorResponse(error.code, error.message);
  }
};
