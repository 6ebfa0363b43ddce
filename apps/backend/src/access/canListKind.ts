import { type ListingKind, listingRoleByKind } from '@convene/common/listings';
import type { Access } from 'payload';
import { isStaff } from './isStaff';
import type { Roles } from './mayActAsStaff';

/** Hosts list locations, organizers events, providers services; staff list anything. */
export const mayListKind = (kind: ListingKind, user: Roles | null | undefined): boolean =>
  isStaff(user) || (user?.roles?.includes(listingRoleByKind[kind]) ?? false);

export const canListKind =
  (kind: ListingKind): Access =>
  ({ req }) =>
    mayListKind(kind, req.user);
