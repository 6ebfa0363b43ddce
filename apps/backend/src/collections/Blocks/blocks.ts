import { type Blocks, blocksSchema } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import type { SqlExecutor } from '@convene/coordination';
import type { PayloadRequest } from 'payload';
import type { User } from '../../payload-types';
import { inTransaction } from '../../utils/inTransaction';
import { findPerson } from '../../utils/people';
import { sqlOfRequest } from '../../utils/sqlOfRequest';

/**
 * Wants to hear no more of somebody; doing it twice is doing it once.
 *
 * @throws ConveneError not-found where there is no such account, conflict for oneself
 */
export const blockPerson = (req: PayloadRequest, { user, blockedId }: { user: User; blockedId: number }) =>
  inTransaction(req, async () => {
    if (user.id === blockedId) throw new ConveneError('invalid-input', 'You can’t block yourself.');
    const sql = await sqlOfRequest(req);
    if (!(await findPerson(sql, blockedId))) throw new ConveneError('not-found', 'There is no such person.');
    await sql.query('INSERT INTO blocks (blocker_id, blocked_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      user.id,
      blockedId,
    ]);
  });

export const unblockPerson = async (
  sql: SqlExecutor,
  { userId, blockedId }: { userId: number; blockedId: number },
): Promise<void> => {
  await sql.query('DELETE FROM blocks WHERE blocker_id = $1 AND blocked_id = $2', [userId, blockedId]);
};

/** The newest first. */
export const readBlocks = async (sql: SqlExecutor, userId: number): Promise<Blocks> => {
  const { rows } = await sql.query<{ item: unknown }>(
    `SELECT jsonb_build_object('userId', blocked.id, 'displayName', blocked.display_name, 'blockedAt', block.created_at)
       AS item
     FROM blocks AS block JOIN users AS blocked ON blocked.id = block.blocked_id AND blocked.deleted_at IS NULL
     WHERE block.blocker_id = $1 ORDER BY block.created_at DESC, block.id DESC LIMIT 1000`,
    [userId],
  );
  return blocksSchema.parse({ items: rows.map(({ item }) => item) });
};

/**
 * Lets nothing new begin between two people of whom one has blocked the other. The blocked one is told no more than that
 * it can't be done.
 *
 * @throws ConveneError forbidden
 */
export const requireUnblocked = async (
  sql: SqlExecutor,
  { userId, otherId }: { userId: number; otherId: number },
): Promise<void> => {
  const { rows } = await sql.query<{ isOwn: boolean }>(
    `SELECT blocker_id = $1 AS "isOwn" FROM blocks
     WHERE (blocker_id = $1 AND blocked_id = $2) OR (blocker_id = $2 AND blocked_id = $1)
     ORDER BY blocker_id = $1 DESC LIMIT 1`,
    [userId, otherId],
  );
  const block = rows[0];
  if (!block) return;
  throw block.isOwn
    ? new ConveneError('forbidden', 'You have blocked this person.', { reason: 'you-blocked' })
    : new ConveneError('forbidden', 'This person can’t be reached at present.', { reason: 'cannot-reach' });
};
