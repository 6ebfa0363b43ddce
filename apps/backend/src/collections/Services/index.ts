import { listingCollection } from '../Listings/listingCollection';

export const Services = listingCollection('services', [
  { name: 'coverageArea', type: 'text', maxLength: 200, admin: { description: 'Where the service is offered' } },
]);
