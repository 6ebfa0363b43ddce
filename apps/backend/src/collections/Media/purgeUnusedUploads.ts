import { DAY_MS } from '@convene/common/time';
import type { SqlExecutor } from '@convene/coordination';
import { getBackend } from '../../utils/payload';
import { getPool } from '../../utils/postgres';

/** Somebody who uploads before they save has this long, and a listing in the bin is restored with its images. */
const GRACE_DAYS = 40;
/** What somebody has put into the bin, named or not, can be taken out of it for so long. */
const BIN_DAYS = 30;
const MAX_A_NIGHT = 500;

/**
 * Images of people's that nothing names any more, or that have been in the bin for long enough. Postgres says itself what could name one, so that what is added later
 * is not forgotten here.
 */
const disposableIds = async (sql: SqlExecutor, now: Date): Promise<number[]> => {
  const { rows: references } = await sql.query<{ table: string; column: string }>(
    `SELECT holder.relname AS table, field.attname AS column
     FROM pg_constraint AS reference
     JOIN pg_class AS holder ON holder.oid = reference.conrelid
     JOIN pg_attribute AS field ON field.attrelid = reference.conrelid AND field.attnum = reference.conkey[1]
     WHERE reference.contype = 'f' AND reference.confrelid = 'media'::regclass
       AND holder.relname NOT LIKE 'payload_locked_documents%'`,
  );
  const isNamed = references.map(
    ({ table, column }) => `EXISTS (SELECT FROM "${table}" AS holder WHERE holder."${column}" = media.id)`,
  );
  const { rows } = await sql.query<{ id: number }>(
    `SELECT id FROM media
     WHERE deleted_at < $2
        OR uploaded_by_id IS NOT NULL AND updated_at < $1 AND NOT (${isNamed.join(' OR ')})
     ORDER BY id LIMIT ${MAX_A_NIGHT}`,
    [ago(GRACE_DAYS, now), ago(BIN_DAYS, now)],
  );
  return rows.map(({ id }) => id);
};

const ago = (days: number, now: Date): Date => new Date(now.getTime() - days * DAY_MS);

/** Deletes uploads that are in use nowhere or were deleted by people, with their files. Answers how many. */
export const purgeUnusedUploads = async (now = new Date()): Promise<{ purged: number }> => {
  const payload = await getBackend();
  const ids = await disposableIds(getPool(), now);
  for (const id of ids) await payload.delete({ collection: 'media', id, trash: true, overrideAccess: true, depth: 0 });
  return { purged: ids.length };
};
