import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import type { SoakStack } from './stack';

const DRAIN_TIMEOUT_MS = 120_000;

export type MailAccount = {
  rows: number;
  open: number;
  failed: number;
  /** Sent rows of whose mail the mailbox knows nothing. */
  lost: number;
  /** Mails beyond one for each recipient of a row. */
  doubled: number;
};

type Row = { id: string; status: string; recipients: number; closed: boolean };

const readRows = async (client: Client): Promise<Row[]> => {
  const { rows } = await client.query<Row>(
    `SELECT id, status, coalesce(jsonb_array_length(recipients), 0) AS recipients, closed_at IS NOT NULL AS closed
     FROM notification_outbox`,
  );
  return rows;
};

/** Waits until nothing that is due is open, then lays the outbox beside the mailbox. */
export const accountMails = async ({ context }: SoakStack): Promise<MailAccount> => {
  const client = new Client({ connectionString: context.databaseUrl });
  await client.connect();
  try {
    const deadline = Date.now() + DRAIN_TIMEOUT_MS;
    const countOpen = async () => {
      const { rows } = await client.query<{ open: number }>(
        `SELECT count(*)::int AS open FROM notification_outbox
         WHERE closed_at IS NULL AND (not_before IS NULL OR not_before <= now())`,
      );
      return rows[0]?.open ?? 0;
    };
    while ((await countOpen()) > 0 && Date.now() < deadline) await delay(500);
    const rows = await readRows(client);
    const mailsByRow = new Map<string, number>();
    for (const mail of context.mailbox.mails()) {
      const id = mail.tags.find(({ name }) => name === 'outbox_id')?.value;
      if (id) mailsByRow.set(id, (mailsByRow.get(id) ?? 0) + 1);
    }
    const sent = rows.filter(({ status }) => status === 'sent');
    const difference = ({ id, recipients }: Row) => (mailsByRow.get(id) ?? 0) - recipients;
    return {
      rows: rows.length,
      open: await countOpen(),
      failed: rows.filter(({ status }) => status === 'dead' || status === 'uncertain').length,
      lost: sent.reduce((sum, row) => sum + Math.max(0, -difference(row)), 0),
      doubled: rows.reduce((sum, row) => sum + Math.max(0, difference(row)), 0),
    };
  } finally {
    await client.end();
  }
};

/** Views in Postgres since `before`, and in Redis. */
export const countedViews = async ({ context }: SoakStack): Promise<number> => {
  const client = new Client({ connectionString: context.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ views: number }>(
    'SELECT coalesce(sum(views), 0)::float8 AS views FROM metrics_daily',
  );
  await client.end();
  const redis = new Redis(context.redisUrl, { protocol: 2 });
  const keys = await redis.keys('feed:counters:*:views:*');
  const values = keys.length > 0 ? await redis.mget(keys) : [];
  redis.disconnect();
  return (rows[0]?.views ?? 0) + values.reduce((sum, value) => sum + Number(value ?? 0), 0);
};

/** Addresses that signed up and have no account, which must be none. */
export const missingAccounts = async ({ context }: SoakStack, addresses: string[]): Promise<number> => {
  const client = new Client({ connectionString: context.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ found: number }>(
    'SELECT count(*)::int AS found FROM users WHERE email = ANY ($1)',
    [addresses],
  );
  await client.end();
  return addresses.length - (rows[0]?.found ?? 0);
};
