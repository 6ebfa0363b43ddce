import { schedules } from '../maintenance/schedules';
import type { QueuedSchedule } from '../maintenance/types';
import { withGeneratedPart } from './document';

const weekdays = ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays'];

const twoDigits = (value: string): string => value.padStart(2, '0');

/**
 * A cron line in words, as far as schedules use them.
 *
 * @throws Error for one that this has no words for
 */
export const inWords = (cron: string): string => {
  const [minute = '', hour = '', day, month, weekday = ''] = cron.split(' ');
  const isEveryDay = day === '*' && month === '*';
  const interval = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (interval && hour === '*' && isEveryDay && weekday === '*') return `every ${interval} minutes`;
  if (/^\d+$/.test(minute) && isEveryDay) {
    if (hour === '*' && weekday === '*') return `every hour, ${minute} minutes past`;
    const clock = `${twoDigits(hour)}:${twoDigits(minute)}`;
    if (/^\d+$/.test(hour) && weekday === '*') return `daily ${clock}`;
    const name = weekdays[Number(weekday)];
    if (/^\d+$/.test(hour) && name) return `${name} ${clock}`;
  }
  throw new Error(`there are no words for the cron line ${cron}`);
};

const fileOf = (name: string): string =>
  `apps/worker/src/maintenance/${name.replace(/-([a-z])/g, (_, first: string) => first.toUpperCase())}.ts`;

const columns = ['job', 'when (UTC)', 'what it does', 'made up for until'];

/** Every schedule of the worker, as a Markdown table. */
export const scheduleTable = (): string => {
  const rows = Object.entries<QueuedSchedule>(schedules).map(([name, { cron, cronBy, does, catchUpHours }]) => [
    `[\`${name}\`](../${fileOf(name)})`,
    `${inWords(cron)}${cronBy ? ' (`ADMIN_DIGEST_TIME`)' : ''}`,
    does,
    `${catchUpHours} hours later`,
  ]);
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};

/** The document with the table in its place. */
export const withScheduleTable = (document: string, table: string): string =>
  withGeneratedPart(document, { name: 'schedules', content: table });
