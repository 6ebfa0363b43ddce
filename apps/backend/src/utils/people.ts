import { localeSchema } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';

const personSchema = z.object({
  id: z.number().int(),
  displayName: z.string(),
  email: z.string(),
  locale: localeSchema,
});
export type Person = z.infer<typeof personSchema>;

/** Who that is; null where the account is gone. */
export const findPerson = async (sql: SqlExecutor, id: number): Promise<Person | null> => {
  const { rows } = await sql.query<{ person: unknown }>(
    `SELECT jsonb_build_object('id', id, 'displayName', display_name, 'email', email, 'locale', locale) AS person
     FROM users WHERE id = $1 AND deleted_at IS NULL`,
    [id],
  );
  return rows[0] ? personSchema.parse(rows[0].person) : null;
};

/** The name for a mail; empty where the account is gone. */
export const nameOf = async (sql: SqlExecutor, id: number): Promise<string> =>
  (await findPerson(sql, id))?.displayName ?? '';
