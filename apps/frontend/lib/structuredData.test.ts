import { describe, expect, it } from 'vitest';
import { fixtureListings } from '../tests/fixtureData';
import { structuredDataOf } from './structuredData';

const listings = fixtureListings('https://api.example');
const dataOf = (kind: string, change: object = {}) => {
  const listing = listings.find((candidate) => candidate.kind === kind);
  if (!listing) throw new Error(`no ${kind} in the fixture`);
  return structuredDataOf({ ...listing, ...change }, `https://convene.example/${kind}/${listing.slug}`);
};

describe('structuredDataOf', () => {
  it('describes an event with its dates, place and price', () => {
    expect(dataOf('events', { point: [23.59, 46.77] })).toMatchObject({
      '@type': 'Event',
      startDate: '2027-03-01T16:30:00.000Z',
      eventStatus: 'https://schema.org/EventScheduled',
      location: { '@type': 'Place', geo: { longitude: 23.59, latitude: 46.77 } },
      offers: { price: '45.00', priceCurrency: 'RON' },
      organizer: { name: 'Ioana Pop' },
    });
  });

  it('tells when an event is cancelled', () => {
    const event = { startsAt: '2027-03-01T16:30:00.000Z', endsAt: '2027-03-01T20:00:00.000Z', timeZone: 'UTC' };
    expect(dataOf('events', { event: { ...event, status: 'cancelled' } })).toMatchObject({
      eventStatus: 'https://schema.org/EventCancelled',
    });
  });

  it('describes a location as a business with an address, a service as a service', () => {
    expect(dataOf('locations')).toMatchObject({ '@type': 'LocalBusiness', address: { addressCountry: 'Romania' } });
    expect(dataOf('services')).toMatchObject({ '@type': 'Service', serviceType: 'Catering' });
  });

  it('leaves out what is not known', () => {
    const bare = dataOf('services', { price: null, rating: null, owner: null, type: null });
    expect(Object.keys(bare)).not.toEqual(expect.arrayContaining(['offers']));
    expect(JSON.stringify(bare)).not.toMatch(/null|undefined/);
  });
});
