import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';

const suppressionSchema = z.object({
  id: z.number(),
  email: z.string(),
  reason: z.string(),
  category: z.string(),
  detail: z.string().nullable(),
  createdAt: z.date(),
});
export type Suppression = z.output<typeof suppressionSchema>;

const LIMIT = 25;

/** Addresses that are not written to, the latest first, and how many there are of what is looked for. */
export const readSuppressions = async (
  sql: SqlExecutor,
  { text = '' }: { text?: string | undefined } = {},
): Promise<{ total: number; suppressions: Suppression[] }> => {
  const where = `$1 = '' OR strpos(email, lower($1)) > 0`;
  const [counted, listed] = await Promise.all([
    sql.query<{ total: number }>(`SELECT count(*)::int AS total FROM suppressions WHERE ${where}`, [text]),
    sql.query(
      `SELECT id, email, reason, category, detail, created_at AS "createdAt" FROM suppressions
       WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT ${LIMIT}`,
      [text],
    ),
  ]);
  return { total: counted.rows[0]?.total ?? 0, suppressions: z.array(suppressionSchema).parse(listed.rows) };
};
