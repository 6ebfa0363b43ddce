import type { SqlExecutor } from '@convene/coordination';
import type { MaintenanceContext, QueuedSchedule } from './types';

/** Addresses are kept for a month to answer "did I get that mail?"; what was sent when, for half a year. */
const KEEP = '30 days';
const KEEP_LOG = '180 days';
const BATCH_ROWS = 5_000;

const hashedPrefix = 'sha256:';

/** What is old enough to go, by table. Each condition names closed or finished rows only. */
const prunable = {
  notification_outbox: { key: 'id', where: `closed_at < now() - interval '${KEEP}'` },
  notification_log: {
    key: 'id',
    where: `COALESCE(settled_at, attempted_at) < now() - interval '${KEEP_LOG}' AND status <> 'attempting'`,
  },
  flush_batches: { key: 'id', where: `acknowledged_at < now() - interval '${KEEP}'` },
  job_runs: { key: 'id', where: `finished_at < now() - interval '${KEEP}'` },
  leases: { key: 'id', where: `name LIKE 'worker:%' AND expires_at < now() - interval '1 day'` },
} as const;

const toHash = `settled_at < now() - interval '${KEEP}' AND recipient NOT LIKE '${hashedPrefix}%'`;

/** In batches, so that no statement locks for long; stops when the process that runs it has to. */
const inBatches = async (statement: () => Promise<{ rowCount: number | null }>): Promise<number> => {
  let total = 0;
  for (;;) {
    const { rowCount } = await statement();
    total += rowCount ?? 0;
    if ((rowCount ?? 0) < BATCH_ROWS) return total;
  }
};

const hasWork = async ({ sql }: MaintenanceContext): Promise<boolean> => {
  const conditions = Object.entries(prunable).map(
    ([table, { where }]) => `EXISTS (SELECT 1 FROM ${table} WHERE ${where})`,
  );
  const { rows } = await sql.query<{ any: boolean }>(
    `SELECT ${[...conditions, `EXISTS (SELECT 1 FROM notification_log WHERE ${toHash})`].join(' OR ')} AS any`,
  );
  return rows[0]?.any ?? false;
};

/** Who got a mail stays answerable for somebody who shows the address, and for nobody else. */
const hashRecipients = (sql: SqlExecutor): Promise<number> =>
  inBatches(() =>
    sql.query(
      `UPDATE notification_log
       SET recipient = '${hashedPrefix}' || encode(sha256(convert_to(lower(recipient), 'UTF8')), 'hex'), updated_at = now()
       WHERE id IN (SELECT id FROM notification_log WHERE ${toHash} LIMIT ${BATCH_ROWS})`,
    ),
  );

const prune = async ({ sql }: MaintenanceContext): Promise<Record<string, number>> => {
  const outcome: Record<string, number> = { hashed_recipients: await hashRecipients(sql) };
  for (const [table, { key, where }] of Object.entries(prunable)) {
    outcome[table] = await inBatches(() =>
      sql.query(
        `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE ${where} LIMIT ${BATCH_ROWS})`,
      ),
    );
  }
  return outcome;
};

/** Removes what nobody needs any more, every night. */
export const pruneSchedule: QueuedSchedule = { cron: '17 3 * * *', catchUpHours: 36, hasWork, run: prune };
