import { type ListingKind, listingRoleByKind } from '@convene/common/listings';
import type { Access } from 'payload';
import type { User } from '../payload-types';
import { isStaff } from './isStaff';

/** Hosts list locations, organizers events, providers services; staff list anything. */
export const mayListKind = (kind: ListingKind, user: Pick<User, 'roles'> | null | undefined): boolean =>
  isStaff(user) || (user?.roles?.includes(listingRoleByKind[kind]) ?? false);

export const canListKind =
  (kind: ListingKind): Access =>
  ({ req }) =>
    mayListKind(kind, req.user);
