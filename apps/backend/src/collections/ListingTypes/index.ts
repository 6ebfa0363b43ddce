import { listingKinds } from '@convene/common/listings';
import type { CollectionConfig } from 'payload';
import { anyone } from '../../access/anyone';
import { hiddenFromOthers } from '../../access/hiddenFromOthers';
import { staffOnly } from '../../access/staffOnly';
import { slugField } from '../../fields/slugField';

/** What sort of location, event or service it is; a type belongs to one kind. */
export const ListingTypes: CollectionConfig = {
  slug: 'listing-types',
  labels: { singular: 'Listing type', plural: 'Listing types' },
  admin: {
    group: 'Taxonomies',
    hidden: hiddenFromOthers,
    useAsTitle: 'name',
    defaultColumns: ['name', 'kind', 'slug'],
  },
  access: { read: anyone, create: staffOnly, update: staffOnly, delete: staffOnly },
  fields: [
    { name: 'name', type: 'text', required: true, maxLength: 100 },
    slugField('name'),
    { name: 'kind', type: 'select', required: true, index: true, options: [...listingKinds] },
  ],
};
