import { type ListingKind, listingKindSingular } from '@convene/common/listings';
import type { CollectionConfig, Field } from 'payload';
import { canListKind } from '../../access/canListKind';
import { ownListings } from '../../access/ownListings';
import { ownVersions, visibleListingsOrOwn } from '../../access/visibleListingsOrOwn';
import { listingFields } from '../../fields/listingFields';
import { notifyAdminNewListing } from './_hooks/afterChange/notifyAdminNewListing';
import { notifyListingModeration } from './_hooks/afterChange/notifyListingModeration';
import { placeApprovedListing } from './_hooks/afterChange/placeApprovedListing';
import { stampPublication } from './_hooks/beforeChange/stampPublication';
import { routeToDraft } from './_hooks/beforeOperation/routeToDraft';
import { prepareListing } from './_hooks/beforeValidate/prepareListing';

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The collection of one kind of listing: drafts beside the live version, moderation, soft delete. */
export const listingCollection = (kind: ListingKind, ownFields: Field[]): CollectionConfig => ({
  slug: kind,
  labels: { singular: capitalised(listingKindSingular[kind]), plural: capitalised(kind) },
  trash: true,
  versions: { drafts: { validate: false }, maxPerDoc: 50 },
  admin: {
    group: 'Marketplace',
    useAsTitle: 'title',
    defaultColumns: ['title', 'city', 'moderationStatus', 'tier', '_status', 'updatedAt'],
  },
  access: {
    create: canListKind(kind),
    read: visibleListingsOrOwn,
    readVersions: ownVersions,
    update: ownListings,
    delete: ownListings,
  },
  hooks: {
    beforeOperation: [routeToDraft],
    beforeValidate: [prepareListing],
    beforeChange: [stampPublication],
    afterChange: [notifyAdminNewListing(kind), notifyListingModeration(kind), placeApprovedListing(kind)],
  },
  fields: listingFields(kind, ownFields),
});
