import { type NotificationPreferences, notificationPreferencesSchema } from '@convene/common/api';
import { optionalCategories } from '@convene/common/notifications';
import type { User } from '../../payload-types';
import { getBackend } from '../../utils/payload';
import { requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler, readJson } from '../http';

/** What was never chosen is wanted. */
const preferencesOf = ({ notificationPreferences: chosen }: User): NotificationPreferences =>
  notificationPreferencesSchema.parse(
    Object.fromEntries(optionalCategories.map((category) => [category, chosen?.[category] ?? true])),
  );

/** GET /api/account/notifications: which mails the account wants. */
export const notificationPreferences: RouteHandler = async (request) =>
  jsonAnswer(preferencesOf(await requireUser(request)));

/** POST /api/account/notifications: all of the categories at once; also how an unsubscription is taken back. */
export const setNotificationPreferences: RouteHandler = async (request) => {
  const { id } = await requireUser(request);
  const wanted = await readJson(request, notificationPreferencesSchema);
  const payload = await getBackend();
  const account = await payload.update({
    collection: 'users',
    id,
    data: { notificationPreferences: wanted },
    depth: 0,
    overrideAccess: true,
  });
  return jsonAnswer(preferencesOf(account));
};
