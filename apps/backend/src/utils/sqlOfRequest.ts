import type { SqlExecutor } from '@convene/coordination';
import { type SQL, sql } from '@payloadcms/db-postgres/drizzle';
import type { PayloadRequest } from 'payload';
import { getPool } from './postgres';

/** What of drizzle is used; Payload's own type of a session leaves it unknown. */
type DrizzleTransaction = {
  execute<Row>(query: SQL): Promise<{ rows: Row[]; rowCount: number | null }>;
};

const isDrizzleTransaction = (db: unknown): db is DrizzleTransaction =>
  typeof db === 'object' && db !== null && 'execute' in db;

/** `$1` placeholders of `pg` as drizzle's parameters: a transaction of Payload is reached through drizzle alone. */
const toDrizzle = (text: string, params: unknown[]): SQL => {
  const parts = text.split(/\$(\d+)/);
  // As one parameter each: of a bare array drizzle would make a list.
  return sql.join(parts.map((part, index) => (index % 2 === 0 ? sql.raw(part) : sql.param(params[Number(part) - 1]))));
};

/** Runs SQL inside the transaction that the request holds, or on the pool where it holds none. */
export const sqlOfRequest = async (req: PayloadRequest): Promise<SqlExecutor> => {
  const transactionId = await req.transactionID;
  if (transactionId === undefined || transactionId === null) return getPool();
  const transaction = req.payload.db.sessions?.[transactionId]?.db;
  if (!isDrizzleTransaction(transaction)) throw new Error('the transaction of the request is over');
  return { query: (text, params = []) => transaction.execute(toDrizzle(text, params)) };
};
