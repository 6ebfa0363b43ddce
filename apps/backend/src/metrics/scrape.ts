import type { CommandCounter } from '@convene/common/commands';
import { utcDayOf } from '@convene/common/time';
import type { SqlExecutor } from '@convene/coordination';
import { countOpenOutboxRows } from '@convene/outbox';
import { getFeedCommit } from '../collections/Feed/counters';
import { env } from '../env';
import { logger } from '../utils/logger';
import { queueCommands, queueHealth } from '../utils/notificationsQueue';
import { getPool } from '../utils/postgres';
import { getRedis, getRedisCommandCounter } from '../utils/redis';
import { type Instruments, instruments } from './instruments';

type FeedState = {
  counterRows: number;
  counterOldest: number;
  flushAge: number | null;
  flushBatches: number;
};

const readFeedState = async (sql: SqlExecutor): Promise<FeedState | undefined> => {
  const { rows } = await sql.query<FeedState>(
    `SELECT open.rows AS "counterRows", open.oldest AS "counterOldest",
            (SELECT extract(epoch FROM now() - max(finished_at))::float8 FROM job_runs
             WHERE name = 'feed:flush' AND status = 'done') AS "flushAge",
            (SELECT count(*)::int FROM flush_batches WHERE acknowledged_at IS NULL) AS "flushBatches"
     FROM (SELECT count(*)::int AS rows, coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS oldest
           FROM counter_outbox WHERE recorded_at IS NULL AND gave_up_at IS NULL) AS open`,
  );
  return rows[0];
};

const readUsage = async (sql: SqlExecutor): Promise<{ app: string; count: number }[]> => {
  const { rows } = await sql.query<{ app: string; count: number }>(
    'SELECT app, sum(count)::float8 AS count FROM redis_usage WHERE day = $1 GROUP BY app',
    [utcDayOf(new Date())],
  );
  return rows;
};

const fromPostgres = async (to: Instruments, sql: SqlExecutor): Promise<void> => {
  const gauges = [
    to.outboxRows,
    to.outboxOldest,
    to.counterOutboxRows,
    to.counterOutboxOldest,
    to.flushAge,
    to.flushBatches,
    to.redisCommandsToday,
  ];
  // A value of an earlier scrape must not stand for one that could not be read, or is no more.
  for (const gauge of gauges) gauge.remove({});
  to.outboxRows.reset();
  to.redisCommandsToday.reset();
  try {
    const [outbox, feed, usage] = await Promise.all([countOpenOutboxRows(sql), readFeedState(sql), readUsage(sql)]);
    to.outboxRows.set({ status: 'pending' }, outbox.pending);
    to.outboxRows.set({ status: 'relayed' }, outbox.relayed);
    to.outboxOldest.set(outbox.oldestSeconds);
    for (const { app, count } of usage) to.redisCommandsToday.set({ app }, count);
    if (feed) {
      to.counterOutboxRows.set(feed.counterRows);
      to.counterOutboxOldest.set(feed.counterOldest);
      to.flushBatches.set(feed.flushBatches);
      if (feed.flushAge !== null) to.flushAge.set(feed.flushAge);
    }
    to.postgresUp.set(1);
  } catch (error) {
    logger.debug({ err: error }, 'Postgres did not answer a scrape');
    to.postgresUp.set(0);
  }
};

const countCommands = (to: Instruments, counters: CommandCounter[]): void => {
  to.redisCommands.reset();
  for (const counter of counters) {
    for (const { source, command, count } of counter.counts()) {
      to.redisCommands.inc({ app: counter.app, source, command }, count);
    }
  }
};

const fromProcess = (to: Instruments): void => {
  countCommands(to, [getRedisCommandCounter(), queueCommands]);
  to.redisLimit.set(env.REDIS_DAILY_COMMAND_LIMIT);
  to.requestsHeld.set(getFeedCommit().held);
  const { isOpen, openings } = getRedis().circuit();
  to.circuitOpen.set(isOpen ? 1 : 0);
  to.circuitOpenings.reset();
  to.circuitOpenings.inc(openings);
  const { backend, connected } = queueHealth();
  to.queueReady.set({ backend }, connected ? 1 : 0);
};

/** The text of a scrape: what the process knows, and three statements to Postgres. No Redis command. */
export const scrape = async ({
  sql = getPool(),
}: {
  sql?: SqlExecutor;
} = {}): Promise<{
  text: string;
  contentType: string;
}> => {
  const to = instruments();
  await fromPostgres(to, sql);
  fromProcess(to);
  return { text: await to.registry.metrics(), contentType: to.registry.contentType };
};
