import { reviewStatuses } from '@convene/common/market';
import type { CollectionConfig } from 'payload';
import { authorOrStaffField } from '../../access/authorOrStaffField';
import { hiddenFromOthers } from '../../access/hiddenFromOthers';
import { nobody } from '../../access/nobody';
import { nobodyField } from '../../access/nobodyField';
import { ownBy } from '../../access/ownBy';
import { staffOrOwnIntoBin } from '../../access/staffOrOwnIntoBin';
import { visibleReviewsOrOwn } from '../../access/visibleReviewsOrOwn';
import { listingReference, personField, reasonField, stateField } from '../../fields/marketFields';
import { guardTrash } from '../../hooks/beforeOperation/guardTrash';
import { lockRow } from '../../hooks/beforeOperation/lockRow';
import { notifyAdminNewReview } from './hooks/afterChange/notifyAdminNewReview';
import { notifyListingOwnerNewReview } from './hooks/afterChange/notifyListingOwnerNewReview';
import { notifyReviewModeration } from './hooks/afterChange/notifyReviewModeration';
import { markVerified } from './hooks/beforeChange/markVerified';

/** One of each person about each listing; written at /api/reviews, where bots and floods are kept out. */
export const Reviews: CollectionConfig = {
  slug: 'reviews',
  trash: true,
  admin: {
    group: 'Moderation',
    description: 'What people say about listings. Those that wait are decided about on the page Moderation.',
    hidden: hiddenFromOthers,
    useAsTitle: 'text',
    listSearchableFields: ['text'],
    defaultColumns: ['text', 'rating', 'kind', 'listingId', 'author', 'moderationStatus', 'createdAt'],
  },
  access: { create: nobody, read: visibleReviewsOrOwn, update: staffOrOwnIntoBin('author'), delete: ownBy('author') },
  hooks: {
    beforeOperation: [guardTrash, lockRow('reviews')],
    beforeChange: [markVerified],
    afterChange: [notifyAdminNewReview, notifyListingOwnerNewReview, notifyReviewModeration],
  },
  indexes: [
    { fields: ['kind', 'listingId', 'author'], unique: true },
    { fields: ['kind', 'listingId', 'moderationStatus', 'createdAt'] },
  ],
  fields: [
    listingReference,
    personField('author', { required: true }),
    {
      name: 'rating',
      type: 'number',
      required: true,
      min: 1,
      max: 5,
      validate: (value: number | null | undefined) =>
        (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 5) || 'From 1 to 5 stars.',
    },
    { name: 'text', type: 'textarea', required: true, minLength: 10, maxLength: 4_000 },
    stateField('moderationStatus', { options: reviewStatuses, defaultValue: 'pending' }),
    { ...reasonField, access: { ...reasonField.access, read: authorOrStaffField('author') } },
    {
      name: 'verified',
      type: 'checkbox',
      defaultValue: false,
      access: { create: nobodyField, update: nobodyField },
      admin: { position: 'sidebar', readOnly: true, description: 'The author has a completed booking.' },
    },
    {
      // Kept by triggers, whatever hides a listing: no condition on a row could ask after it.
      name: 'listingIsLive',
      type: 'checkbox',
      defaultValue: true,
      access: { create: nobodyField, update: nobodyField },
      admin: { position: 'sidebar', readOnly: true, description: 'Visitors see the listing that it is about.' },
    },
  ],
};
