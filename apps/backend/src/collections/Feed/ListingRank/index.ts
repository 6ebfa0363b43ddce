import { kindColumn, listingIdColumn, momentColumn, textColumn } from '../../../fields/systemFields';
import { systemCollection } from '../../System/systemCollection';

/**
 * A listing's score within a segment (kind × city × type, with 'all' for either), with the parts that it was made of.
 * Written by rankSegments, and by placeNewListing until the next ranking.
 */
export const ListingRank = systemCollection({
  slug: 'listing-rank',
  labels: { singular: 'Listing rank', plural: 'Listing ranks' },
  admin: { group: 'Feed', defaultColumns: ['kind', 'city', 'type', 'listingId', 'score'] },
  indexes: [
    { fields: ['kind', 'city', 'type', 'listingId'], unique: true },
    { fields: ['kind', 'city', 'type', 'score'] },
    { fields: ['kind', 'listingId'] },
  ],
  fields: [
    kindColumn,
    textColumn('city', { required: true }),
    textColumn('type', { required: true }),
    listingIdColumn,
    { name: 'score', type: 'number', required: true },
    { name: 'parts', type: 'json' },
    momentColumn('computedAt'),
  ],
});
