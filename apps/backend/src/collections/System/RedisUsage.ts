import { idField } from '../../fields/idField';
import { countColumn, textColumn } from '../../fields/systemFields';
import { systemCollection } from './systemCollection';

/** How many Redis commands each part of each app has sent on a UTC day, by the apps' own count. */
export const RedisUsage = systemCollection({
  slug: 'redis-usage',
  labels: { singular: 'Redis usage', plural: 'Redis usage' },
  admin: { defaultColumns: ['day', 'app', 'source', 'command', 'count'] },
  defaultSort: '-day',
  indexes: [{ fields: ['day', 'app', 'source', 'command'], unique: true }],
  fields: [
    textColumn('day', { required: true }),
    textColumn('app', { required: true }),
    textColumn('source', { required: true }),
    textColumn('command', { required: true }),
    countColumn('count'),
  ],
});

/**
 * The reports that are in `redis-usage`: one that arrives again is known by its id. How many commands each held tells
 * over which hours a day's commands are spread. Kept for a week.
 */
export const RedisUsageReports = systemCollection({
  slug: 'redis-usage-reports',
  labels: { singular: 'Redis usage report', plural: 'Redis usage reports' },
  admin: { defaultColumns: ['id', 'app', 'commands', 'createdAt'] },
  fields: [idField, textColumn('app', { required: true }), countColumn('commands')],
});
