import { parseArgs } from 'node:util';
import { createTestContext } from '@convene/local-stack/testing';
import { Pool } from 'pg';
import { explainAll } from '../feed/plans';
import { report } from '../lib/report';
import { markdownTable, milliseconds, number } from '../lib/table';
import { seedListings } from '../pipeline/seed';
import { seedYear } from './seedYear';

/*
 * What each statement of the admin's dashboards costs with a year of data: 5,000 listings, counted every day.
 *
 *   pnpm bench:dashboards [--quick] [--write]
 */

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const listings = values.quick ? 500 : 5_000;
const mails = values.quick ? 20_000 : 300_000;

const say = (what: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${what}`);

const context = await createTestContext();
const pool = new Pool({ connectionString: context.databaseUrl, max: 4 });
try {
  Object.assign(process.env, context.env.backend, { LOG_LEVEL: 'silent' });
  const [
    usage,
    runs,
    waiting,
    suppressions,
    find,
    { aggregateDaily },
    { lastDays },
    feed,
    top,
    mailsOf,
    outbox,
    { listFailed },
  ] = await Promise.all([
    import('../../../apps/backend/src/dashboards/usage/readUsage'),
    import('../../../apps/backend/src/dashboards/feed/readRuns'),
    import('../../../apps/backend/src/dashboards/feed/readCountersWaiting'),
    import('../../../apps/backend/src/dashboards/notifications/readSuppressions'),
    import('../../../apps/backend/src/dashboards/feed/findListings'),
    import('../../../apps/backend/src/collections/Feed/workers/aggregateDaily'),
    import('../../../apps/backend/src/dashboards/components/utcDays'),
    import('../../../apps/backend/src/dashboards/feed/readFunnel'),
    import('../../../apps/backend/src/dashboards/feed/readTopListings'),
    import('../../../apps/backend/src/dashboards/notifications/readMails'),
    import('../../../apps/backend/src/dashboards/notifications/readOutbox'),
    import('@convene/outbox'),
  ]);
  const now = new Date();
  say(`seeding a year of ${number(listings)} listings and ${number(mails)} mails`);
  await seedListings(pool, { listings, now });
  await seedYear(pool, { now, mails });
  say('aggregating');
  await aggregateDaily({ pool, now });
  await pool.query('VACUUM ANALYZE');
  const year = lastDays(365, now);
  const reads: [what: string, read: Parameters<typeof explainAll>[1]][] = [
    ['Redis budget: 30 days', (sql) => usage.readUsage(sql, lastDays(30, now))],
    ['Redis budget: yesterday', (sql) => usage.readYesterday(sql, now)],
    ['Feed: a year by day and kind', (sql) => feed.readFunnel(sql, year)],
    ['Feed: top listings of 30 days', (sql) => top.readTopListings(sql, { span: '30d', by: 'views' })],
    ['Feed: states of the jobs', (sql) => runs.readJobStates(sql)],
    ['Feed: latest runs', (sql) => runs.readRuns(sql, { each: 10 })],
    ['Feed: counters waiting', (sql) => waiting.readCountersWaiting(sql)],
    ['Feed: a listing by its title', (sql) => find.findListings(sql, 'listing 4')],
    ['Notifications: a year of mails', (sql) => mailsOf.readMails(sql, year)],
    ['Notifications: 30 days of mails', (sql) => mailsOf.readMails(sql, lastDays(30, now))],
    ['Notifications: the outbox', (sql) => outbox.readOutbox(sql)],
    ['Notifications: failed', (sql) => listFailed(sql, { limit: 50 })],
    ['Notifications: suppressions', (sql) => suppressions.readSuppressions(sql, { text: '77@' })],
  ];
  const rows: string[][] = [];
  for (const [what, read] of reads) {
    await read(pool);
    for (const { ms, indexes, readWhole } of await explainAll(pool, read)) {
      rows.push([what, milliseconds(ms), indexes.join(', ') || '–', readWhole.join(', ') || '–']);
    }
  }
  await report({
    name: 'dashboards',
    command: `pnpm bench:dashboards${values.quick ? ' --quick' : ''}`,
    body: `${number(listings)} listings counted on each of 365 days, ${number(mails)} mails. Each statement once, warm.\n\n${markdownTable(
      [{ title: 'statement' }, { title: 'time', align: 'right' }, { title: 'indexes' }, { title: 'tables read whole' }],
      rows,
    )}`,
  });
} finally {
  await pool.end();
  await context.dispose();
}
