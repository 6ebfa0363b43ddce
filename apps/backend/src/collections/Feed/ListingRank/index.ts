import { jsonColumn, kindColumn, listingIdColumn, momentColumn, textColumn } from '../../../fields/systemFields';
import { systemCollection } from '../../System/systemCollection';

/**
 * A listing's score within a segment (kind × city × type, with 'all' for either), with the parts that it was made of.
 * Written by rankSegments, and by placeNewListing until the next ranking.
 */
export const ListingRank = systemCollection({
  slug: 'listing-rank',
  labels: { singular: 'Listing rank', plural: 'Listing ranks' },
  admin: { group: 'Feed', defaultColumns: ['kind', 'city', 'type', 'listingId', 'score'] },
  // Every ranking writes all rows, and each index with them: no more than the unique one, from which a listing's rows
  // are found too, and the one that pages of the feed are read from, in its order.
  timestamps: false,
  indexes: [
    { fields: ['kind', 'listingId', 'city', 'type'], unique: true },
    { fields: ['kind', 'city', 'type', 'score', 'listingId'] },
  ],
  fields: [
    kindColumn,
    textColumn('city', { required: true }),
    textColumn('type', { required: true }),
    listingIdColumn,
    { name: 'score', type: 'number', required: true },
    jsonColumn('parts'),
    momentColumn('computedAt'),
  ],
});
