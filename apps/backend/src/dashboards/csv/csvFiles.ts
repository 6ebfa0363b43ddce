import { parseInput } from '@convene/common/errors';
import type { SqlExecutor } from '@convene/coordination';
import { listFailed } from '@convene/outbox';
import { z } from 'zod';
import { daysSchema, lastDays } from '../components/utcDays';
import { outcomeText } from '../feed/outcomeText';
import { readFunnel } from '../feed/readFunnel';
import { readRuns } from '../feed/readRuns';
import { MANY, readTopListings, topQuerySchema } from '../feed/readTopListings';
import { readMails } from '../notifications/readMails';
import { readOutbox } from '../notifications/readOutbox';
import { readUsage } from '../usage/readUsage';
import { type CsvValue, csvText } from './csvText';

const USAGE_DAYS = 30;
const FAILED_PER_READ = 200;
const RUNS = 1_000;

type Make = (sql: SqlExecutor, query: unknown, now: Date) => Promise<string>;

/** One file: what its address may ask for, what is read for it, and a column for each value of a row. */
const csvFile =
  <Query, Row>(file: {
    query: z.ZodType<Query>;
    read: (sql: SqlExecutor, query: Query, now: Date) => Promise<Row[]>;
    columns: Record<string, (row: Row) => CsvValue>;
  }): Make =>
  async (sql, query, now) => {
    const rows = await file.read(sql, parseInput(file.query, query, 'The query'), now);
    return csvText(
      Object.keys(file.columns),
      rows.map((row) => Object.values(file.columns).map((cellOf) => cellOf(row))),
    );
  };

const nothing = z.object({});
const inDays = z.object({ days: daysSchema });

const allFailed = async (sql: SqlExecutor) => {
  const rows: Awaited<ReturnType<typeof listFailed>>['notifications'] = [];
  for (;;) {
    const { notifications } = await listFailed(sql, { limit: FAILED_PER_READ, before: rows.at(-1)?.id });
    rows.push(...notifications);
    if (notifications.length < FAILED_PER_READ) return rows;
  }
};

/** The files of the dashboards, each by the query of its page. */
export const csvFiles = {
  'redis-usage': csvFile({
    query: nothing,
    read: (sql, _query, now) => readUsage(sql, lastDays(USAGE_DAYS, now)),
    columns: {
      day: ({ day }) => day,
      app: ({ app }) => app,
      source: ({ source }) => source,
      command: ({ command }) => command,
      count: ({ count }) => count,
    },
  }),
  feed: csvFile({
    query: inDays,
    read: (sql, { days }, now) => readFunnel(sql, lastDays(days, now)),
    columns: {
      day: ({ day }) => day,
      kind: ({ kind }) => kind,
      impressions: ({ impressions }) => impressions,
      views: ({ views }) => views,
      favorites: ({ favorites }) => favorites,
      bookings: ({ bookings }) => bookings,
    },
  }),
  'top-listings': csvFile({
    query: topQuerySchema,
    read: (sql, query) => readTopListings(sql, { ...query, limit: MANY }),
    columns: {
      kind: ({ kind }) => kind,
      id: ({ id }) => id,
      title: ({ title }) => title,
      slug: ({ slug }) => slug,
      impressions: ({ impressions }) => impressions,
      views: ({ views }) => views,
      favorites: ({ favorites }) => favorites,
      bookings: ({ bookings }) => bookings,
      computed_at: ({ computedAt }) => computedAt,
    },
  }),
  'feed-runs': csvFile({
    query: nothing,
    read: (sql) => readRuns(sql, { each: RUNS }),
    columns: {
      job: ({ name }) => name,
      period: ({ period }) => period,
      status: ({ status }) => status,
      started_at: ({ startedAt }) => startedAt,
      finished_at: ({ finishedAt }) => finishedAt,
      duration_ms: ({ durationMs }) => durationMs,
      outcome: ({ outcome }) => outcomeText(outcome),
      error: ({ error }) => error,
    },
  }),
  mails: csvFile({
    query: inDays,
    read: (sql, { days }, now) => readMails(sql, lastDays(days, now)),
    columns: {
      day: ({ day }) => day,
      type: ({ type }) => type,
      sent: ({ sent }) => sent,
      failed: ({ failed }) => failed,
      unclear: ({ unclear }) => unclear,
      suppressed: ({ suppressed }) => suppressed,
      underway: ({ underway }) => underway,
    },
  }),
  outbox: csvFile({
    query: nothing,
    read: (sql) => readOutbox(sql),
    columns: {
      type: ({ type }) => type,
      to_be_relayed: ({ pending }) => pending,
      for_later: ({ later }) => later,
      in_queue: ({ relayed }) => relayed,
      oldest: ({ oldest }) => oldest,
    },
  }),
  'failed-mails': csvFile({
    query: nothing,
    read: (sql) => allFailed(sql),
    columns: {
      id: ({ id }) => id,
      type: ({ type }) => type,
      status: ({ status }) => status,
      created_at: ({ createdAt }) => createdAt,
      closed_at: ({ closedAt }) => closedAt,
      recipients: ({ recipients }) => recipients,
      error: ({ error }) => error,
    },
  }),
} satisfies Record<string, Make>;

export type CsvName = keyof typeof csvFiles;

export const csvFileOf = (name: string): Make | undefined => new Map<string, Make>(Object.entries(csvFiles)).get(name);
