import { listingCollection } from '../Listings/listingCollection';

export const Locations = listingCollection('locations', [
  { name: 'capacity', type: 'number', min: 1, max: 1_000_000, admin: { description: 'How many people fit' } },
  { name: 'facilities', type: 'relationship', relationTo: 'facilities', hasMany: true },
]);
