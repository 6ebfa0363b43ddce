import { momentColumn, textColumn } from '../../fields/systemFields';
import { systemCollection } from './systemCollection';

/** Who does what at the moment, for as long as the lease runs. */
export const Leases = systemCollection({
  slug: 'leases',
  admin: { defaultColumns: ['name', 'holder', 'expiresAt'] },
  fields: [
    textColumn('name', { required: true, unique: true }),
    textColumn('holder', { required: true }),
    { ...momentColumn('expiresAt'), required: true },
  ],
});
