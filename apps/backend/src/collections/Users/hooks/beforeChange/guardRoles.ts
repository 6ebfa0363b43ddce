import { type Role, selfGrantableRoles } from '@convene/common/listings';
import { APIError, type CollectionBeforeChangeHook, Forbidden, type PayloadRequest } from 'payload';
import { isAdmin } from '../../../../access/isAdmin';
import type { User } from '../../../../payload-types';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { rolesInUse } from '../../rolesInUse';

/**
 * May a person without admin rights change these roles so? Listing roles may be taken and given back;
 * moderator and admin neither taken nor put down by oneself; everyone stays a client.
 */
export const mayChangeRoles = (before: Role[], after: Role[]): boolean => {
  const changed = [
    ...before.filter((role) => !after.includes(role)),
    ...after.filter((role) => !before.includes(role)),
  ];
  return changed.every((role) => selfGrantableRoles.some((allowed) => allowed === role));
};

export const withClient = (roles: Role[]): Role[] => [...new Set<Role>(['client', ...roles])];

/** The admin's own page for the first account of an empty installation; Payload refuses it once there is one. */
const isFirstAccount = (req: PayloadRequest): boolean => req.pathname?.endsWith('/users/first-register') ?? false;

/** A role that listings depend on is given up after them: nobody could edit them any more. */
const requireUnused = async (
  req: PayloadRequest,
  { userId, dropped }: { userId: number; dropped: Role[] },
): Promise<void> => {
  const [inUse] = await rolesInUse(await sqlOfRequest(req), { userId, roles: dropped });
  if (inUse) throw new APIError(`You still have listings as ${inUse}.`, 409, { reason: 'role-in-use' }, true);
};

export const guardRoles: CollectionBeforeChangeHook<User> = async ({ data, originalDoc, operation, req }) => {
  if (!data.roles) return data;
  const roles = withClient(data.roles);
  // Code that runs without a user (sign-up, seed, command line) has checked its input already.
  if (!req.user) return { ...data, roles: isFirstAccount(req) ? [...new Set<Role>([...roles, 'admin'])] : roles };
  const before: Role[] = operation === 'create' ? ['client'] : (originalDoc?.roles ?? []);
  if (!isAdmin(req.user) && !mayChangeRoles(before, roles)) throw new Forbidden(req.t);
  if (originalDoc && !isAdmin(req.user)) {
    await requireUnused(req, { userId: originalDoc.id, dropped: before.filter((role) => !roles.includes(role)) });
  }
  return { ...data, roles };
};
