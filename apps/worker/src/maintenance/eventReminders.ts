import { fanOutSchedule } from './fanOutSchedule';
import { REMINDER_CATCH_UP_HOURS, REMINDER_CRON, remind } from './reminders';
import type { QueuedSchedule } from './types';

/** Who takes part as well is reminded of that, by participationReminders.ts, and not of having saved the event. */
const savers = `
  SELECT saver.*, saved.saved_at AS since
  FROM worker_event_savers AS saver
  JOIN worker_favorites AS saved
    ON saved.kind = 'events' AND saved.listing_id = saver.event_id AND saved.user_id = saver.user_id
  WHERE NOT saver.takes_part`;

/** Reminds those who saved an event. */
export const eventRemindersSchedule: QueuedSchedule = {
  does: 'reminds those who saved an event, 24 hours before its start',
  cron: REMINDER_CRON,
  catchUpHours: REMINDER_CATCH_UP_HOURS,
  ...fanOutSchedule('event-reminders', (plan) => [remind({ type: 'event.reminder.24h', people: savers }, plan)]),
};
