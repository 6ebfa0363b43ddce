import { fanOutSchedule } from './fanOutSchedule';
import { REMINDER_CATCH_UP_HOURS, REMINDER_CRON, remind } from './reminders';
import type { QueuedSchedule } from './types';

const participants = `
  SELECT participant.*, booked.booked_at AS since
  FROM worker_event_participants AS participant
  JOIN worker_bookings AS booked ON booked.id = participant.booking_id`;

/** Reminds those who take part in an event. */
export const participationRemindersSchedule: QueuedSchedule = {
  does: 'reminds those who take part in an event, 24 hours before its start',
  cron: REMINDER_CRON,
  catchUpHours: REMINDER_CATCH_UP_HOURS,
  ...fanOutSchedule('participation-reminders', (plan) => [
    remind({ type: 'event.participation.reminder', people: participants }, plan),
  ]),
};
