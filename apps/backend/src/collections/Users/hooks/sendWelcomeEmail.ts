import type { Role } from '@convene/common/listings';
import type { NotificationType } from '@convene/common/notifications';
import type { CollectionAfterChangeHook, PayloadRequest } from 'payload';
import type { User } from '../../../payload-types';
import { enqueueNotification } from '../../../utils/notificationsQueue';

type WelcomeType = Extract<NotificationType, `user.welcome.${string}`>;

const welcomeByListingRole = {
  host: 'user.welcome.host',
  organizer: 'user.welcome.organizer',
  provider: 'user.welcome.provider',
} as const satisfies Partial<Record<Role, WelcomeType>>;

const isListingRole = (role: Role): role is keyof typeof welcomeByListingRole =>
  Object.hasOwn(welcomeByListingRole, role);

/** Which welcomes these roles call for: one per listing role; the client's only where it is the only role. */
export const welcomesFor = (roles: Role[]): WelcomeType[] => {
  if (roles.length === 1 && roles[0] === 'client') return ['user.welcome.client'];
  return roles.filter(isListingRole).map((role) => welcomeByListingRole[role]);
};

/** The listing roles that came with this change. */
export const addedListingRoles = (before: Role[], after: Role[]): Role[] =>
  after.filter((role) => isListingRole(role) && !before.includes(role));

export const enqueueRoleWelcomes = async ({
  req,
  userId,
  roles,
}: {
  req: PayloadRequest;
  userId: number;
  roles: Role[];
}): Promise<void> => {
  for (const type of welcomesFor(roles)) await enqueueNotification(type, { userId }, { req });
};

/** A role taken later is welcomed then; at sign-up the welcome waits for the confirmed address. */
export const welcomeAddedRoles: CollectionAfterChangeHook<User> = async ({ doc, previousDoc, operation, req }) => {
  if (operation !== 'update' || !doc._verified || !previousDoc?._verified) return doc;
  const added = addedListingRoles(previousDoc.roles ?? [], doc.roles);
  await enqueueRoleWelcomes({ req, userId: doc.id, roles: added });
  return doc;
};
