import { listingKinds, listingRoleByKind, type Role } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';

/** Which of these roles the person's listings depend on: those in the bin don't count. */
export const rolesInUse = async (
  sql: SqlExecutor,
  { userId, roles }: { userId: number; roles: Role[] },
): Promise<Role[]> => {
  const kinds = listingKinds.filter((kind) => roles.includes(listingRoleByKind[kind]));
  if (kinds.length === 0) return [];
  const { rows } = await sql.query<{ kind: (typeof listingKinds)[number] }>(
    kinds
      .map((kind) => `(SELECT '${kind}' AS kind FROM ${kind} WHERE owner_id = $1 AND deleted_at IS NULL LIMIT 1)`)
      .join(' UNION ALL '),
    [userId],
  );
  return rows.map(({ kind }) => listingRoleByKind[kind]);
};
