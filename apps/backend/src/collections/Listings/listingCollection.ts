import { type ListingKind, listingKindSingular } from '@convene/common/listings';
import type { CollectionConfig, Field } from 'payload';
import { canListKind, mayListKind } from '../../access/canListKind';
import { ownListings } from '../../access/ownListings';
import { ownVersions, visibleListingsOrOwn } from '../../access/visibleListingsOrOwn';
import { listingFields } from '../../fields/listingFields';
import { lockRow } from '../../hooks/beforeOperation/lockRow';
import { handBookingsOver } from './_hooks/afterChange/handBookingsOver';
import { notifyAdminNewListing } from './_hooks/afterChange/notifyAdminNewListing';
import { notifyListingCreated } from './_hooks/afterChange/notifyListingCreated';
import { notifyListingModeration } from './_hooks/afterChange/notifyListingModeration';
import { notifyListingRecommended } from './_hooks/afterChange/notifyListingRecommended';
import { placeApprovedListing } from './_hooks/afterChange/placeApprovedListing';
import { unlessBinned } from './_hooks/afterChange/unlessBinned';
import { binAsSeen } from './_hooks/beforeChange/binAsSeen';
import { refuseSuspendedOwner } from './_hooks/beforeChange/refuseSuspendedOwner';
import { stampPublication } from './_hooks/beforeChange/stampPublication';
import { guardBin } from './_hooks/beforeOperation/guardBin';
import { routeToDraft } from './_hooks/beforeOperation/routeToDraft';
import { prepareListing } from './_hooks/beforeValidate/prepareListing';

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The collection of one kind of listing: drafts beside the live version, moderation, soft delete. */
export const listingCollection = (
  kind: ListingKind,
  ownFields: Field[],
  ownHooks: Pick<NonNullable<CollectionConfig['hooks']>, 'beforeChange' | 'afterChange'> = {},
): CollectionConfig => ({
  slug: kind,
  labels: { singular: capitalised(listingKindSingular[kind]), plural: capitalised(kind) },
  trash: true,
  versions: { drafts: { validate: false }, maxPerDoc: 50 },
  admin: {
    group: 'Listings',
    useAsTitle: 'title',
    listSearchableFields: ['title', 'slug'],
    // Who lists places has no use for a list of events.
    hidden: ({ user }) =>
      !mayListKind(kind, { roles: user?.['roles'] ?? [], twoFactorSince: user?.['twoFactorSince'] }),
    defaultColumns: ['title', 'city', 'owner', 'moderationStatus', 'tier', '_status', 'updatedAt'],
  },
  access: {
    create: canListKind(kind),
    read: visibleListingsOrOwn,
    readVersions: ownVersions,
    update: ownListings,
    delete: ownListings,
  },
  hooks: {
    beforeOperation: [guardBin, routeToDraft, lockRow(kind)],
    beforeValidate: [prepareListing(kind)],
    beforeChange: [binAsSeen, refuseSuspendedOwner, stampPublication, ...(ownHooks.beforeChange ?? [])],
    afterChange: [
      unlessBinned(notifyListingCreated(kind)),
      unlessBinned(notifyAdminNewListing(kind)),
      unlessBinned(notifyListingModeration(kind)),
      unlessBinned(notifyListingRecommended(kind)),
      placeApprovedListing(kind),
      handBookingsOver(kind),
      ...(ownHooks.afterChange ?? []),
    ],
  },
  fields: listingFields(kind, ownFields),
});
