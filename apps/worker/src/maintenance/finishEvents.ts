import { type FanOut, fanOutNotifications, isFanOutDue } from '@convene/outbox';
import { eventSql, secondsSql } from './sqlFragments';
import type { Due, QueuedSchedule } from './types';

/** Of an event that ended longer ago, nobody needs to be told. Must be well under what the outbox keeps of sent rows. */
const TELL_DAYS = 7;

const finished = ({ dueAt }: Due): FanOut => ({
  type: 'listing.finished',
  params: [dueAt],
  rows: `
    SELECT event.id || ':' || ${secondsSql('event.ends_at')} AS key,
           jsonb_build_object('ownerId', event.owner_id, 'participants', event.participants,
                              'event', ${eventSql('event', 'id')}) AS payload
    FROM worker_events AS event
    WHERE event.ends_at <= $1::timestamptz AND event.ends_at > $1::timestamptz - interval '${TELL_DAYS} days'
      AND event.cancelled_at IS NULL AND event.owner_id IS NOT NULL`,
});

const hasLateBookings = `
  SELECT EXISTS (SELECT FROM worker_bookings
                 WHERE status = 'confirmed' AND type <> 'block' AND ends_at <= $1::timestamptz)
      OR EXISTS (SELECT FROM worker_bookings WHERE status = 'requested' AND starts_at <= $1::timestamptz) AS late`;

/** By functions of the backend's, which know what belongs to a booking's end. */
const endBookings = `
  SELECT worker_complete_bookings($1) AS completed_bookings, worker_expire_requests($1) AS expired_requests`;

/**
 * Ends what is over: bookings are completed, requests that nobody decided in time are taken back, and the owner of an
 * event is told once. Whether an event is over follows from its time; nothing is written into the event, which has
 * versions and belongs to Payload.
 */
export const finishEventsSchedule: QueuedSchedule = {
  does: 'completes bookings whose time has passed, takes back requests whose time has come, and tells the owners of events that ended',
  cron: '5 * * * *',
  catchUpHours: 24,
  hasWork: async ({ sql }, due) => {
    const { rows } = await sql.query<{ late: boolean }>(hasLateBookings, [due.dueAt]);
    return rows[0]?.late === true || isFanOutDue(sql, finished(due));
  },
  run: ({ inTransaction }, due) =>
    inTransaction('finish-events', async (sql) => {
      const { rows } = await sql.query<{ completed_bookings: number; expired_requests: number }>(endBookings, [
        due.dueAt,
      ]);
      return { ...rows[0], 'listing.finished': await fanOutNotifications(sql, finished(due)) };
    }),
};
