import { APIError, type CollectionBeforeDeleteHook } from 'payload';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { hasOtherAdmin, ONLY_ADMIN } from '../../otherAdmins';

/** The last admin is not deleted for good either. One in the bin is none any more. */
export const keepLastAdmin: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const { rowCount } = await (await sqlOfRequest(req)).query(
    `SELECT FROM users JOIN users_roles AS role ON role.parent_id = users.id AND role.value = 'admin'
     WHERE users.id = $1 AND users.deleted_at IS NULL`,
    [id],
  );
  if (rowCount && !(await hasOtherAdmin(req, id))) throw new APIError(ONLY_ADMIN, 409);
};
