import type { CollectionConfig } from 'payload';
import { anyone } from '../../access/anyone';
import { hiddenFromOthers } from '../../access/hiddenFromOthers';
import { staffOnly } from '../../access/staffOnly';
import { slugField } from '../../fields/slugField';

export const Facilities: CollectionConfig = {
  slug: 'facilities',
  labels: { singular: 'Facility', plural: 'Facilities' },
  admin: { group: 'Taxonomies', hidden: hiddenFromOthers, useAsTitle: 'name', defaultColumns: ['name', 'slug'] },
  access: { read: anyone, create: staffOnly, update: staffOnly, delete: staffOnly },
  fields: [{ name: 'name', type: 'text', required: true, maxLength: 100 }, slugField('name')],
};
