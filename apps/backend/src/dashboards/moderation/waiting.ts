import { type ListingKind, listingKinds } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { getPool } from '../../utils/postgres';
import { type Subject, subjects } from './subjects';

/** A moment as the queue hands it out and back: exact, whatever reads it. */
const stamp = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::bigint::text`;

/** An edit waits beside a version that visitors see. */
const waitingListings = (kind: ListingKind): string => `
  SELECT 'listing'::text AS subject, '${kind}'::text AS kind, listing.id, version.updated_at AS since,
         ${stamp('version.updated_at')} AS seen,
         (listing._status = 'published' AND listing.moderation_status = 'approved') AS "isEdit",
         coalesce(version.version_title, '')::text AS text
  FROM _${kind}_v AS version JOIN ${kind} AS listing ON listing.id = version.parent_id
  WHERE version.latest AND version.version_moderation_status = 'pending' AND listing.deleted_at IS NULL`;

const waitingRows = (
  subject: Subject,
  { table, where, text }: { table: string; where: string; text: string },
): string => `
  SELECT '${subject}', NULL, id, updated_at, ${stamp('updated_at')}, false, coalesce(${text}, '')::text
  FROM ${table} WHERE ${where}`;

const everything = [
  ...listingKinds.map(waitingListings),
  waitingRows('review', {
    table: 'reviews',
    where: "moderation_status = 'pending' AND deleted_at IS NULL",
    text: 'text',
  }),
  waitingRows('claim', { table: 'claims', where: "status = 'pending'", text: 'text' }),
  waitingRows('verification', {
    table: 'verifications',
    where: "status = 'pending'",
    text: "concat_ws(' ', legal_name, text)",
  }),
  waitingRows('report', { table: 'reports', where: "status = 'open'", text: 'details' }),
  waitingRows('contact', {
    table: 'contact_messages',
    where: "status = 'open'",
    text: "concat_ws(' ', subject, name, email, text)",
  }),
].join(' UNION ALL ');

export type Waiting = {
  subject: Subject;
  kind: ListingKind | null;
  id: number;
  since: Date;
  /** Names the state that is waiting: another one has another. */
  seen: string;
  isEdit: boolean;
};

export type QueueFilter = { subject?: Subject | undefined; text?: string | undefined };

export type WaitingCounts = {
  total: number;
  bySubject: Record<Subject, { count: number; oldest: Date | null }>;
};

/** How much waits of each, and since when the oldest. */
export const countWaiting = async (sql: SqlExecutor = getPool()): Promise<WaitingCounts> => {
  const { rows } = await sql.query<{ subject: Subject; count: number; oldest: Date }>(
    `SELECT subject, count(*)::int AS count, min(since) AS oldest FROM (${everything}) AS waiting GROUP BY subject`,
  );
  const of = (subject: Subject) => {
    const found = rows.find((row) => row.subject === subject);
    return { count: found?.count ?? 0, oldest: found ? new Date(found.oldest) : null };
  };
  return {
    total: rows.reduce((sum, { count }) => sum + count, 0),
    bySubject: {
      listing: of('listing'),
      review: of('review'),
      claim: of('claim'),
      verification: of('verification'),
      report: of('report'),
      contact: of('contact'),
    },
  };
};

/** `%` and `_` are letters like any other to who searches. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** One page of what waits, the oldest first, and how much there is in all; behind the last page, the last one. */
export const listWaiting = async (
  { subject, text, page, pageSize }: QueueFilter & { page: number; pageSize: number },
  sql: SqlExecutor = getPool(),
): Promise<{ items: Waiting[]; total: number; page: number }> => {
  const filter = [subject ?? null, text ? containing(text) : null];
  const where = '($1::text IS NULL OR subject = $1) AND ($2::text IS NULL OR text ILIKE $2)';
  const { rows: counted } = await sql.query<{ total: number }>(
    `SELECT count(*)::int AS total FROM (${everything}) AS waiting WHERE ${where}`,
    filter,
  );
  const total = counted[0]?.total ?? 0;
  const shown = Math.min(page, Math.max(1, Math.ceil(total / pageSize)));
  const { rows } = await sql.query<Waiting>(
    `SELECT subject, kind, id, since, seen, "isEdit" FROM (${everything}) AS waiting WHERE ${where}
     ORDER BY since, subject, id LIMIT $3 OFFSET $4`,
    [...filter, pageSize, (shown - 1) * pageSize],
  );
  return { items: rows, total, page: shown };
};

/** Where each subject's rows are, by which they are locked and told apart. */
const tables = {
  review: 'reviews',
  claim: 'claims',
  verification: 'verifications',
  report: 'reports',
  contact: 'contact_messages',
} as const satisfies Record<Exclude<Subject, 'listing'>, string>;

/**
 * What waits of this document at this moment, with its row locked until the end of the transaction: of two decisions at
 * once the second finds nothing. Null where nothing waits (any more).
 */
export const lockWaiting = async (
  sql: SqlExecutor,
  { subject, kind, id }: { subject: Subject; kind?: ListingKind | undefined; id: number },
): Promise<{ seen: string } | null> => {
  const table = subject === 'listing' ? (kind ?? listingKinds[0]) : tables[subject];
  await sql.query(`SELECT FROM ${table} WHERE id = $1 FOR UPDATE`, [id]);
  const { rows } = await sql.query<{ seen: string }>(
    `SELECT seen FROM (${everything}) AS waiting
     WHERE subject = $1::text AND id = $2::int AND ($3::text IS NULL OR kind = $3::text)`,
    [subject, id, kind ?? null],
  );
  return rows[0] ?? null;
};

export const isSubject = (value: unknown): value is Subject => subjects.some((subject) => subject === value);
