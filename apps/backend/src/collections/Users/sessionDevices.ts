import type { SqlExecutor } from '@convene/coordination';
import type { PayloadRequest } from 'payload';
import { z } from 'zod';

const KEY = 'userAgent';
const MAX_LENGTH = 300;

const namedSchema = z.string().trim().min(1);

/** The context of a sign-in from a browser that names itself so. */
export const fromDevice = (userAgent: string | null): Record<string, unknown> => ({ [KEY]: userAgent });

export const userAgentOf = (req: PayloadRequest): string | null => {
  const named = KEY in req.context ? req.context[KEY] : req.headers?.get('user-agent');
  return namedSchema.safeParse(named).data?.slice(0, MAX_LENGTH) ?? null;
};

/** Keeps from which browser a session was opened; in its transaction. What is known of ended ones is forgotten. */
export const noteDevice = async (
  sql: SqlExecutor,
  { userId, sessionId, userAgent }: { userId: number; sessionId: string; userAgent: string | null },
): Promise<void> => {
  await sql.query(
    `DELETE FROM session_devices AS device WHERE user_id = $1
     AND NOT EXISTS (SELECT FROM users_sessions AS session WHERE session.id = device.session_id)`,
    [userId],
  );
  if (userAgent === null) return;
  await sql.query(
    'INSERT INTO session_devices (session_id, user_id, user_agent) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [sessionId, userId, userAgent],
  );
};
