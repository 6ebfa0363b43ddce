import type { PayloadRequest } from 'payload';
import type { User } from '../payload-types';
import { sqlOfRequest } from '../utils/sqlOfRequest';
import type { AuditAction, AuditChange } from './actions';

const MAX_REASON = 2_000;

/** Writes what a member of staff did into the audit trail, in the request's transaction: neither is there alone. */
export const recordAction = async (
  req: PayloadRequest,
  {
    actor,
    action,
    subject,
    changes = [],
    reason,
  }: {
    actor: Pick<User, 'id' | 'displayName'>;
    action: AuditAction;
    subject: { collection: string; id: string | number };
    changes?: AuditChange[];
    reason?: string | null | undefined;
  },
): Promise<void> => {
  const sql = await sqlOfRequest(req);
  await sql.query(
    `INSERT INTO audit_log (at, actor_id, actor_name, action, subject_collection, subject_id, changes, reason)
     VALUES (now(), $1::int, $2::varchar, $3::varchar, $4::varchar, $5::varchar, $6::jsonb, $7::varchar)`,
    [
      actor.id,
      actor.displayName,
      action,
      subject.collection,
      String(subject.id),
      changes.length ? JSON.stringify(changes) : null,
      reason?.trim().slice(0, MAX_REASON) || null,
    ],
  );
};
