import type { SqlExecutor } from '@convene/coordination';
import { deliveryRetention, hashOldRecipients, recipientIsDueForHash } from '@convene/outbox';
import type { MaintenanceContext, QueuedSchedule } from './types';

/** Addresses are kept for a month to answer "did I get that mail?"; what was sent when, for half a year. */
const KEEP = '30 days';
const KEEP_LOG = '180 days';
const BATCH_ROWS = 5_000;

/** What is old enough to go, by table. Each condition names closed or finished rows only. */
const prunable = {
  notification_outbox: { key: 'id', where: `closed_at < now() - interval '${KEEP}'` },
  notification_log: {
    key: 'id',
    where: `COALESCE(settled_at, attempted_at) < now() - interval '${KEEP_LOG}' AND status <> 'attempting'`,
  },
  ...deliveryRetention,
  flush_batches: { key: 'id', where: `acknowledged_at < now() - interval '${KEEP}'` },
  job_runs: { key: 'id', where: `finished_at < now() - interval '${KEEP}'` },
  leases: { key: 'id', where: `name LIKE 'worker:%' AND expires_at < now() - interval '1 day'` },
} as const;

/** In batches, so that no statement locks for long; stops when the process that runs it has to. */
const inBatches = async (change: () => Promise<number>): Promise<number> => {
  let total = 0;
  for (;;) {
    const changed = await change();
    total += changed;
    if (changed < BATCH_ROWS) return total;
  }
};

const hasWork = async ({ sql }: MaintenanceContext): Promise<boolean> => {
  const conditions = Object.entries(prunable).map(
    ([table, { where }]) => `EXISTS (SELECT 1 FROM ${table} WHERE ${where})`,
  );
  const { rows } = await sql.query<{ any: boolean }>(
    `SELECT ${[...conditions, `EXISTS (SELECT 1 FROM notification_log WHERE ${recipientIsDueForHash})`].join(' OR ')} AS any`,
  );
  return rows[0]?.any ?? false;
};

const deleteSome = async (
  sql: SqlExecutor,
  { table, key, where }: { table: string; key: string; where: string },
): Promise<number> => {
  const { rowCount } = await sql.query(
    `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE ${where} LIMIT ${BATCH_ROWS})`,
  );
  return rowCount ?? 0;
};

const prune = async ({ sql }: MaintenanceContext): Promise<Record<string, number>> => {
  const outcome: Record<string, number> = {
    hashed_recipients: await inBatches(() => hashOldRecipients(sql, { limit: BATCH_ROWS })),
  };
  for (const [table, { key, where }] of Object.entries(prunable)) {
    outcome[table] = await inBatches(() => deleteSome(sql, { table, key, where }));
  }
  return outcome;
};

/** Removes what nobody needs any more, every night. */
export const pruneSchedule: QueuedSchedule = { cron: '17 3 * * *', catchUpHours: 36, hasWork, run: prune };
