import { ConveneError } from '@convene/common/errors';
import type { PayloadRequest } from 'payload';
import { inTransaction } from '../../utils/inTransaction';
import { enqueueNotification } from '../../utils/notificationsQueue';
import { isValidationError } from '../../utils/payloadErrors';
import { hashOfToken, newToken } from '../../utils/secretTokens';
import { sqlOfRequest } from '../../utils/sqlOfRequest';

const LINK_HOURS = 24;

/**
 * Writes to the new address, which becomes the account's when its link is opened; until then the old one stays. A later
 * request replaces an earlier one. An address that has an account gets no mail, and the caller is not told.
 */
export const requestEmailChange = (
  req: PayloadRequest,
  { userId, email }: { userId: number; email: string },
): Promise<void> =>
  inTransaction(req, async () => {
    const sql = await sqlOfRequest(req);
    const { rowCount: taken } = await sql.query('SELECT FROM users WHERE email = $1', [email]);
    if (taken) return;
    const token = newToken();
    await sql.query(
      `UPDATE users SET pending_email = $2, pending_email_token_hash = $3,
                        pending_email_expires_at = now() + make_interval(hours => $4::int)
       WHERE id = $1`,
      [userId, email, hashOfToken(token), LINK_HOURS],
    );
    await enqueueNotification('user.email.confirm', { userId, email, token }, { req });
  });

const invalid = () => new ConveneError('invalid-token', 'This link is not valid any more.');

/**
 * Gives the account the address whose mailbox the token was read in. A token works once, and for a day.
 *
 * @throws ConveneError invalid-token, also where somebody has taken the address meanwhile
 */
export const confirmEmailChange = (req: PayloadRequest, { token }: { token: string }): Promise<void> =>
  inTransaction(req, async () => {
    const sql = await sqlOfRequest(req);
    const { rows } = await sql.query<{ id: number; email: string }>(
      `SELECT id, pending_email AS email FROM users
       WHERE pending_email_token_hash = $1 AND pending_email_expires_at > now() AND deleted_at IS NULL
       FOR UPDATE`,
      [hashOfToken(token)],
    );
    const pending = rows[0];
    if (!pending) throw invalid();
    await req.payload
      .update({
        collection: 'users',
        id: pending.id,
        data: {
          email: pending.email,
          pendingEmail: null,
          pendingEmailTokenHash: null,
          pendingEmailExpiresAt: null,
          // A link that lies in the old mailbox.
          resetPasswordToken: null,
          resetPasswordExpiration: null,
        },
        req,
        overrideAccess: true,
        depth: 0,
      })
      .catch((error: unknown) => {
        if (isValidationError(error)) throw invalid();
        throw error;
      });
  });
