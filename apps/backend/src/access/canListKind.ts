import { type ListingKind, listingRoleByKind } from '@convene/common/listings';
import type { Access } from 'payload';
import { isStaff } from './isStaff';

/** Hosts list locations, organizers events, providers services; staff list anything. */
export const canListKind =
  (kind: ListingKind): Access =>
  ({ req }) =>
    isStaff(req.user) || (req.user?.roles?.includes(listingRoleByKind[kind]) ?? false);
