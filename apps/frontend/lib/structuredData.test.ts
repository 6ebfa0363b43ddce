import type { ListingDetail } from '@convene/common/api';
import { eventStatuses } from '@convene/common/listings';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fixtureListings } from '../tests/fixtureData';
import { breadcrumbData, jsonForScript, structuredDataOf } from './structuredData';

const siteUrl = 'https://convene.example';
const listings = fixtureListings('https://api.example');
const factsOf = (listing: ListingDetail) => ({
  listing,
  url: `${siteUrl}/${listing.kind}/${listing.slug}`,
  siteUrl,
  seatsLeft: listing.kind === 'events' ? 7 : null,
});
const dataOf = (kind: string, change: Partial<ListingDetail> = {}, facts: { seatsLeft?: number | null } = {}) => {
  const listing = listings.find((candidate) => candidate.kind === kind);
  if (!listing) throw new Error(`no ${kind} in the fixture`);
  return structuredDataOf({ ...factsOf({ ...listing, ...change }), ...facts });
};

/*
 * What search engines ask for (required) and show where it is there (recommended), per type, as Google documents it for
 * Event, LocalBusiness, Review snippet and Breadcrumb, and schema.org for Service.
 */
const amount = z.string().regex(/^\d+\.\d{2}$/);
const schemaUrl = (...names: string[]) => z.enum(names.map((name) => `https://schema.org/${name}`));
const offer = z.strictObject({
  '@type': z.literal('Offer'),
  url: z.url(),
  price: amount,
  priceCurrency: z.string().length(3),
  availability: schemaUrl('InStock', 'SoldOut', 'Discontinued'),
  validFrom: z.iso.datetime(),
  priceSpecification: z.strictObject({
    '@type': z.literal('UnitPriceSpecification'),
    price: amount,
    priceCurrency: z.string().length(3),
    unitCode: z.string().optional(),
    unitText: z.string().min(1),
  }),
});
const address = z.strictObject({
  '@type': z.literal('PostalAddress'),
  streetAddress: z.string().min(1).optional(),
  addressLocality: z.string().min(1),
  addressCountry: z.string().min(1),
});
const geo = z.strictObject({
  '@type': z.literal('GeoCoordinates'),
  longitude: z.number().min(-180).max(180),
  latitude: z.number().min(-90).max(90),
});
const aggregateRating = z.strictObject({
  '@type': z.literal('AggregateRating'),
  ratingValue: z.number().min(1).max(5),
  reviewCount: z.number().int().positive(),
  bestRating: z.literal(5),
  worstRating: z.literal(1),
});
const organization = z.strictObject({ '@type': z.literal('Organization'), name: z.string().min(1), url: z.url() });
const shared = {
  '@context': z.literal('https://schema.org'),
  '@id': z.url(),
  url: z.url(),
  name: z.string().min(1),
  description: z.string().min(1),
  image: z.array(z.url()).min(1).optional(),
  aggregateRating: aggregateRating.optional(),
};
const schemas = {
  events: z.strictObject({
    ...shared,
    '@type': z.literal('Event'),
    startDate: z.iso.datetime(),
    endDate: z.iso.datetime(),
    eventStatus: schemaUrl('EventScheduled', 'EventCancelled', 'EventPostponed', 'EventRescheduled'),
    eventAttendanceMode: schemaUrl('OfflineEventAttendanceMode'),
    location: z.strictObject({
      '@type': z.literal('Place'),
      name: z.string().min(1),
      address,
      geo: geo.optional(),
    }),
    organizer: organization,
    maximumAttendeeCapacity: z.number().int().positive().optional(),
    remainingAttendeeCapacity: z.number().int().nonnegative().optional(),
    offers: offer.optional(),
  }),
  locations: z.strictObject({
    ...shared,
    '@type': z.literal('LocalBusiness'),
    address,
    geo,
    maximumAttendeeCapacity: z.number().int().positive().optional(),
    amenityFeature: z
      .array(
        z.strictObject({
          '@type': z.literal('LocationFeatureSpecification'),
          name: z.string().min(1),
          value: z.literal(true),
        }),
      )
      .min(1),
    makesOffer: offer.optional(),
    priceRange: z.string().min(1).max(99).optional(),
  }),
  services: z.strictObject({
    ...shared,
    '@type': z.literal('Service'),
    serviceType: z.string().min(1),
    areaServed: z.string().min(1),
    provider: organization,
    offers: offer.optional(),
  }),
} as const;

describe('structuredDataOf', () => {
  it('has what each type requires and recommends, and nothing that it does not know', () => {
    expect(listings.length).toBeGreaterThan(100);
    for (const listing of listings) {
      const { error } = schemas[listing.kind].safeParse(structuredDataOf(factsOf(listing)));
      expect([listing.kind, listing.slug, error?.issues ?? []]).toEqual([listing.kind, listing.slug, []]);
    }
  });

  it('describes an event with its dates, place, price and seats', () => {
    expect(dataOf('events', { point: [23.59, 46.77] })).toMatchObject({
      '@type': 'Event',
      startDate: '2027-03-01T16:30:00.000Z',
      eventStatus: 'https://schema.org/EventScheduled',
      location: { '@type': 'Place', geo: { longitude: 23.59, latitude: 46.77 } },
      offers: { price: '45.00', priceCurrency: 'RON', availability: 'https://schema.org/InStock' },
      organizer: { name: 'Ioana Pop', url: 'https://convene.example/people/7' },
      remainingAttendeeCapacity: 7,
    });
    expect(dataOf('events', {}, { seatsLeft: 0 })).toMatchObject({
      offers: { availability: 'https://schema.org/SoldOut' },
    });
  });

  it('stays valid whatever becomes of an event, and tells when it is cancelled', () => {
    const times = { startsAt: '2027-03-01T16:30:00.000Z', endsAt: '2027-03-01T20:00:00.000Z', timeZone: 'UTC' };
    const statusOf = (status: (typeof eventStatuses)[number]) => {
      const data = schemas.events.parse(dataOf('events', { event: { ...times, status } }));
      return [status, data.eventStatus.split('/').at(-1), data.offers?.availability.split('/').at(-1)];
    };
    expect(eventStatuses.map(statusOf)).toEqual([
      ['upcoming', 'EventScheduled', 'InStock'],
      ['in-progress', 'EventScheduled', 'Discontinued'],
      ['finished', 'EventScheduled', 'Discontinued'],
      ['cancelled', 'EventCancelled', 'Discontinued'],
    ]);
  });

  it('says of a price for what it is', () => {
    expect(dataOf('locations')).toMatchObject({
      makesOffer: { price: '45.00', priceSpecification: { unitCode: 'HUR', unitText: 'hour' } },
    });
  });

  it('leaves out what is not known', () => {
    const bare = dataOf('services', {
      price: null,
      rating: null,
      owner: null,
      type: null,
      city: null,
      coverageArea: null,
      summary: '',
      image: null,
      gallery: [],
    });
    expect(Object.keys(bare).toSorted()).toEqual(['@context', '@id', '@type', 'name', 'url']);
    const nowhere = dataOf('events', { address: null, city: null, point: null, owner: null, price: null });
    expect(nowhere).toMatchObject({ location: { '@type': 'Place', name: expect.any(String) } });
    expect(JSON.stringify([bare, nowhere])).not.toMatch(/null|undefined/);
  });

  it('can stand in a page whatever it says', () => {
    expect(jsonForScript(dataOf('events', { title: '</script><script>alert(1)' }))).not.toContain('</');
  });
});

it('a breadcrumb trail is numbered from one, each step with its address', () => {
  const data = breadcrumbData([
    { name: 'Home', url: siteUrl },
    { name: 'Events', url: `${siteUrl}/events` },
  ]);
  const step = z.strictObject({
    '@type': z.literal('ListItem'),
    position: z.number(),
    name: z.string().min(1),
    item: z.url(),
  });
  const list = z
    .strictObject({
      '@context': z.literal('https://schema.org'),
      '@type': z.literal('BreadcrumbList'),
      itemListElement: z.array(step),
    })
    .parse(data);
  expect(list.itemListElement.map(({ position }) => position)).toEqual([1, 2]);
});
