import type { SqlExecutor } from '@convene/coordination';
import { deliveryRetention, hashOldRecipients, recipientIsDueForHash } from '@convene/outbox';
import type { Asking, MaintenanceContext, QueuedSchedule } from './types';

/** Addresses are kept for a month to answer "did I get that mail?"; what was sent when, for half a year. */
export const KEEP_DAYS = 30;
const KEEP_LOG_DAYS = 180;
/** A year to look back on, and the month that is compared with. */
const KEEP_USAGE_DAYS = 400;
/** What staff did, for two years; Postgres lets nobody delete it sooner. */
const KEEP_AUDIT_DAYS = 731;
/** For so long what was put into the bin can be taken out of it. */
const GRACE_DAYS = 30;
const BATCH_ROWS = 5_000;
/** With each of them goes all that people wrote about it. */
const BATCH_LISTINGS = 200;
/** Of each kind, in one night; what is left is taken the next one. */
const MAX_BATCHES = 20;

const ago = (days: number): string => `$1::timestamptz - interval '${days} days'`;

/** What is old enough to go at `$1`, by table. Each condition names closed or finished rows only. */
const prunable = {
  notification_outbox: `closed_at < ${ago(KEEP_DAYS)}`,
  notification_log: `COALESCE(settled_at, attempted_at) < ${ago(KEEP_LOG_DAYS)} AND status <> 'attempting'`,
  ...deliveryRetention,
  flush_batches: `acknowledged_at < ${ago(KEEP_DAYS)}`,
  redis_usage: `day < to_char(${ago(KEEP_USAGE_DAYS)}, 'YYYY-MM-DD')`,
  audit_log: `at < ${ago(KEEP_AUDIT_DAYS)}`,
  job_runs: `finished_at < ${ago(KEEP_DAYS)}`,
  leases: `name LIKE 'worker:%' AND expires_at < ${ago(1)}`,
} as const;

type Step = {
  /** What it is called in the outcome. */
  name: string;
  /** True where there is something to do at `$1`. */
  isDue: string;
  batchRows: number;
  /** Does one batch and answers how many rows it took. */
  batch: (sql: SqlExecutor, now: Date) => Promise<number>;
};

const byStatement =
  (statement: string): Step['batch'] =>
  async (sql, now) =>
    (await sql.query(statement, [now])).rowCount ?? 0;

/** Functions of the backend's, which know what else belongs to a row. */
const byFunction =
  (call: string, batchRows: number): Step['batch'] =>
  async (sql, now) =>
    (await sql.query<{ taken: number }>(`SELECT ${call} AS taken`, [now, batchRows])).rows[0]?.taken ?? 0;

const steps: Step[] = [
  {
    name: 'hashed_recipients',
    isDue: `EXISTS (SELECT FROM notification_log WHERE ${recipientIsDueForHash})`,
    batchRows: BATCH_ROWS,
    batch: (sql, now) => hashOldRecipients(sql, { now, limit: BATCH_ROWS }),
  },
  ...Object.entries(prunable).map(([table, where]) => ({
    name: table,
    isDue: `EXISTS (SELECT FROM ${table} WHERE ${where})`,
    batchRows: BATCH_ROWS,
    batch: byStatement(`DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${where} LIMIT ${BATCH_ROWS})`),
  })),
  {
    name: 'expired_tokens',
    isDue: 'EXISTS (SELECT FROM worker_tokens WHERE expires_at <= $1::timestamptz)',
    batchRows: BATCH_ROWS,
    batch: byFunction('worker_expire_tokens($1, $2)', BATCH_ROWS),
  },
  {
    name: 'purged_listings',
    isDue: `EXISTS (SELECT FROM worker_bin WHERE kind <> 'users' AND deleted_at < ${ago(GRACE_DAYS)})`,
    batchRows: BATCH_LISTINGS,
    batch: byFunction(`worker_purge_listings(${ago(GRACE_DAYS)}, $2)`, BATCH_LISTINGS),
  },
  {
    name: 'purged_reviews',
    isDue: `EXISTS (SELECT FROM worker_binned_reviews WHERE deleted_at < ${ago(GRACE_DAYS)})`,
    batchRows: BATCH_ROWS,
    batch: byFunction(`worker_purge_reviews(${ago(GRACE_DAYS)}, $2)`, BATCH_ROWS),
  },
  {
    name: 'purged_users',
    isDue: `EXISTS (SELECT FROM worker_bin WHERE kind = 'users' AND deleted_at < ${ago(GRACE_DAYS)})`,
    batchRows: BATCH_LISTINGS,
    batch: byFunction(`worker_purge_users(${ago(GRACE_DAYS)}, $2)`, BATCH_LISTINGS),
  },
];

const hasWork = async ({ sql, now }: Asking): Promise<boolean> => {
  const { rows } = await sql.query<{ any: boolean }>(`SELECT ${steps.map(({ isDue }) => isDue).join(' OR ')} AS any`, [
    now(),
  ]);
  return rows[0]?.any ?? false;
};

/** In batches, so that no statement locks for long. */
const inBatches = async (sql: SqlExecutor, { batch, batchRows }: Step, now: Date): Promise<number> => {
  let total = 0;
  for (let batches = 0; batches < MAX_BATCHES; batches++) {
    const taken = await batch(sql, now);
    total += taken;
    if (taken < batchRows) break;
  }
  return total;
};

const prune = async ({ sql, now }: MaintenanceContext): Promise<Record<string, number>> => {
  const at = now();
  const outcome: Record<string, number> = {};
  for (const step of steps) outcome[step.name] = await inBatches(sql, step, at);
  return outcome;
};

/** Removes what nobody needs any more, every night. */
export const pruneSchedule: QueuedSchedule = {
  does: 'removes what nobody needs any more: old rows, addresses in the log, expired tokens, what was long in the bin',
  cron: '17 3 * * *',
  catchUpHours: 36,
  hasWork,
  run: prune,
};
