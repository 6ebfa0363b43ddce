import { env } from '@/env';
import { isConveneError } from '@/lib/backend/errors';
import { getBookings } from '@/lib/backend/market';
import { calendarFile } from '@/lib/format/calendar';
import { errorResponse } from '@/lib/request/answers';
import { signInUrl } from '@/lib/session/asVisitor';
import { getSession } from '@/lib/session/cookie';

const statuses = {
  requested: 'TENTATIVE',
  confirmed: 'CONFIRMED',
  completed: 'CONFIRMED',
  declined: 'CANCELLED',
  cancelled: 'CANCELLED',
} as const;

const toSignIn = (isExpired: boolean): Response =>
  new Response(null, {
    status: 303,
    headers: { location: new URL(signInUrl('/account/bookings', isExpired), env.FRONTEND_URL).href },
  });

/** GET /account/bookings/:id/calendar: a booking of one's own as a file for a calendar. */
export const GET = async (_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> => {
  const session = await getSession();
  if (!session) return toSignIn(false);
  try {
    const id = Number((await params).id);
    const booking = (await getBookings(session.token)).items.find((item) => item.id === id);
    if (!booking) return errorResponse('not-found', 'There is no such booking.');
    const { listing, status, startsAt, endsAt, note } = booking;
    const entry = {
      uid: `booking-${id}@${new URL(env.FRONTEND_URL).hostname}`,
      startsAt,
      endsAt,
      title: listing.title,
      description: note,
      url: `${env.FRONTEND_URL}/account/bookings#booking-${id}`,
      status: statuses[status],
    };
    return new Response(calendarFile(entry, new Date()), {
      headers: {
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': `attachment; filename="convene-booking-${id}.ics"`,
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    if (!isConveneError(error)) throw error;
    return error.code === 'unauthenticated' ? toSignIn(true) : errorResponse(error.code, error.message);
  }
};
