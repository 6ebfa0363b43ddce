import { adminDigestSchedule } from './adminDigest';
import { eventRemindersSchedule } from './eventReminders';
import { favoritesDigestSchedule } from './favoritesDigest';
import { finishEventsSchedule } from './finishEvents';
import { participationRemindersSchedule } from './participationReminders';
import { pruneSchedule } from './prune';
import type { QueuedSchedule } from './types';
import { weeklyStatsSchedule } from './weeklyStats';

/** Every scheduled job. The name is that of its rows in `job_runs`. */
export const schedules = {
  'participation-reminders': participationRemindersSchedule,
  'event-reminders': eventRemindersSchedule,
  'finish-events': finishEventsSchedule,
  'weekly-stats': weeklyStatsSchedule,
  'favorites-digest': favoritesDigestSchedule,
  'admin-digest': adminDigestSchedule,
  prune: pruneSchedule,
} as const satisfies Record<string, QueuedSchedule>;

export const findSchedule = (name: string): QueuedSchedule | undefined =>
  Object.entries(schedules).find(([known]) => known === name)?.[1];

/** Every minute; runs in the process, since whether it lives can't be told by another. */
export const HEARTBEAT_CRON = '* * * * *';
