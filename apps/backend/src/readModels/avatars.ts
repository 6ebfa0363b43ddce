import type { SqlExecutor } from '@convene/coordination';
import { mediaUrl } from './listingCards';

/** Where the person's picture is found; null where they have none. */
export const avatarUrlOf = async (sql: SqlExecutor, userId: number): Promise<string | null> => {
  const { rows } = await sql.query<{ filename: string | null }>(
    'SELECT media.filename FROM users JOIN media ON media.id = users.avatar_id AND media.deleted_at IS NULL WHERE users.id = $1',
    [userId],
  );
  return avatarUrl(rows[0]?.filename);
};

/** Of the file's name, as a statement finds it beside a person. */
export const avatarUrl = (filename: string | null | undefined): string | null => (filename ? mediaUrl(filename) : null);

/** The same within a statement, of a joined row of `media`. The names are those that Payload gives: letters of addresses. */
export const avatarUrlSql = (alias: string): string =>
  `CASE WHEN ${alias}.filename IS NOT NULL AND ${alias}.deleted_at IS NULL THEN '${mediaUrl('')}' || ${alias}.filename END`;
