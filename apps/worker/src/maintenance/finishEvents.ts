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

const hasEndedBookings = `
  SELECT EXISTS (SELECT FROM worker_bookings
                 WHERE status = 'confirmed' AND type <> 'block' AND ends_at <= $1::timestamptz) AS ended`;

/**
 * Ends what is over: bookings are completed, and the owner of an event is told once. Whether an event is over follows
 * from its time; nothing is written into the event, which has versions and belongs to Payload.
 */
export const finishEventsSchedule: QueuedSchedule = {
  does: 'completes bookings whose time has passed, and tells the owners of events that ended',
  cron: '5 * * * *',
  catchUpHours: 24,
  hasWork: async ({ sql }, due) => {
    const { rows } = await sql.query<{ ended: boolean }>(hasEndedBookings, [due.dueAt]);
    return rows[0]?.ended === true || isFanOutDue(sql, finished(due));
  },
  run: ({ inTransaction }, due) =>
    inTransaction('finish-events', async (sql) => {
      const { rows } = await sql.query<{ completed: number }>('SELECT worker_complete_bookings($1) AS completed', [
        due.dueAt,
      ]);
      return {
        completed_bookings: rows[0]?.completed ?? 0,
        'listing.finished': await fanOutNotifications(sql, finished(due)),
      };
    }),
};
