import {
  type AccountSettings,
  accountSettingsSchema,
  passwordChangeSchema,
  profileChangeSchema,
} from '@convene/common/api';
import { type Role, staffRoles } from '@convene/common/listings';
import { optionalCategories } from '@convene/common/notifications';
import type { User } from '../../payload-types';
import { getPool } from '../../utils/postgres';
import { accountOf, requireUser } from '../auth/account';
import { confirmPassword } from '../auth/confirmPassword';
import { jsonAnswer, type RouteHandler, readJson } from '../http';
import { passwordLimit, profileLimit } from '../limits';
import { signedIn } from '../signedIn';

/** What was never chosen is wanted. */
const settingsOf = async (user: User): Promise<AccountSettings> =>
  accountSettingsSchema.parse({
    verification: user.verification,
    pendingEmail: user.pendingEmail ?? null,
    notifications: Object.fromEntries(
      optionalCategories.map((category) => [category, user.notificationPreferences?.[category] ?? true]),
    ),
    verificationRequest: await latestRequest(user.id),
  });

const latestRequest = async (userId: number): Promise<unknown> => {
  const { rows } = await getPool().query<{ request: unknown }>(
    `SELECT jsonb_build_object('status', status, 'reason', coalesce(reason, ''), 'askedAt', created_at,
                               'decidedAt', decided_at) AS request
     FROM verifications WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1`,
    [userId],
  );
  return rows[0]?.request ?? null;
};

/** GET /api/account/settings */
export const settings: RouteHandler = async (request) => jsonAnswer(await settingsOf(await requireUser(request)));

/** The roles of staff stay as they are, whatever the person chooses. */
const withOwnStaffRoles = (user: User, chosen: Role[]): Role[] => [
  ...chosen,
  ...staffRoles.filter((role) => user.roles.includes(role)),
];

/** POST /api/account/profile */
export const changeProfile: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, profileLimit);
  const { roles, notifications, ...named } = await readJson(request, profileChangeSchema);
  const changed = await req.payload.update({
    collection: 'users',
    id: user.id,
    data: {
      ...named,
      ...(roles ? { roles: withOwnStaffRoles(user, roles) } : {}),
      ...(notifications ? { notificationPreferences: notifications } : {}),
    },
    req,
    overrideAccess: false,
    user: req.user,
    depth: 0,
  });
  return jsonAnswer(await accountOf(changed));
};

/** POST /api/account/password: whoever else is signed in as this person is signed out. */
export const changePassword: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, passwordLimit);
  const { password, newPassword } = await readJson(request, passwordChangeSchema);
  await confirmPassword(user, password);
  await req.payload.update({
    collection: 'users',
    id: user.id,
    data: { password: newPassword },
    req,
    overrideAccess: false,
    user: req.user,
    depth: 0,
  });
  return jsonAnswer({});
};
