import type { CollectionConfig } from 'payload';
import { anyone } from '../../access/anyone';
import { hiddenFromOthers } from '../../access/hiddenFromOthers';
import { staffOnly } from '../../access/staffOnly';
import { slugField } from '../../fields/slugField';
import { timeZoneField } from '../../fields/timeZoneField';

export const Cities: CollectionConfig = {
  slug: 'cities',
  labels: { singular: 'City', plural: 'Cities' },
  admin: {
    group: 'Taxonomies',
    hidden: hiddenFromOthers,
    useAsTitle: 'name',
    defaultColumns: ['name', 'country', 'slug'],
  },
  access: { read: anyone, create: staffOnly, update: staffOnly, delete: staffOnly },
  fields: [
    { name: 'name', type: 'text', required: true, maxLength: 100 },
    slugField('name'),
    { name: 'country', type: 'text', required: true, maxLength: 100 },
    timeZoneField,
    {
      type: 'row',
      fields: [
        { name: 'latitude', type: 'number', min: -90, max: 90 },
        { name: 'longitude', type: 'number', min: -180, max: 180 },
      ],
    },
  ],
};
