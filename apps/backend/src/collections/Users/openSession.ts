import { randomUUID } from 'node:crypto';
import { ConveneError } from '@convene/common/errors';
import { getFieldsToSign, jwtSign, type PayloadRequest } from 'payload';
import { inTransaction } from '../../utils/inTransaction';
import { sqlOfRequest } from '../../utils/sqlOfRequest';
import { noteDevice, userAgentOf } from './sessionDevices';

/**
 * Opens a session for somebody who has shown both their password and their second factor, as Payload's sign-in does, but
 * without writing the account's row: it adds one session and takes the expired ones away.
 *
 * @throws ConveneError wrong-credentials where the account is locked, suspended or gone
 */
export const openSession = (req: PayloadRequest, userId: number): Promise<{ token: string; exp: number }> =>
  inTransaction(req, async () => {
    const { config } = req.payload.collections.users;
    const sql = await sqlOfRequest(req);
    const { rowCount } = await sql.query(
      `SELECT FROM users WHERE id = $1 AND deleted_at IS NULL AND suspended_at IS NULL AND _verified
         AND (lock_until IS NULL OR lock_until < now()) FOR NO KEY UPDATE`,
      [userId],
    );
    if (!rowCount) throw new ConveneError('wrong-credentials', 'This account can’t sign in now.');
    const sid = randomUUID();
    const { tokenExpiration } = config.auth;
    await sql.query('DELETE FROM users_sessions WHERE _parent_id = $1 AND expires_at <= now()', [userId]);
    await sql.query(
      `INSERT INTO users_sessions (_order, _parent_id, id, created_at, expires_at)
       SELECT coalesce(max(_order), 0) + 1, $1::int, $2, now(), now() + make_interval(secs => $3::int)
       FROM users_sessions WHERE _parent_id = $1`,
      [userId, sid, tokenExpiration],
    );
    await noteDevice(sql, { userId, sessionId: sid, userAgent: userAgentOf(req) });
    await sql.query('UPDATE users SET login_attempts = 0, lock_until = NULL WHERE id = $1 AND login_attempts > 0', [
      userId,
    ]);
    const user = await req.payload.findByID({ collection: 'users', id: userId, depth: 0, req, overrideAccess: true });
    const fieldsToSign = getFieldsToSign({
      collectionConfig: config,
      email: user.email,
      sid,
      user: { ...user, collection: 'users' },
    });
    return jwtSign({ fieldsToSign, secret: req.payload.secret, tokenExpiration });
  });
