import type { ListingDetail } from '@convene/common/api';
import type { EventStatus } from '@convene/common/listings';

const eventStatusUrl = {
  upcoming: 'https://schema.org/EventScheduled',
  'in-progress': 'https://schema.org/EventScheduled',
  finished: 'https://schema.org/EventScheduled',
  cancelled: 'https://schema.org/EventCancelled',
} as const satisfies Record<EventStatus, string>;

const placeOf = ({ title, address, city, point, kind }: ListingDetail) => ({
  '@type': 'Place',
  name: kind === 'locations' ? title : (address ?? city?.name ?? title),
  address: {
    '@type': 'PostalAddress',
    ...(address ? { streetAddress: address } : {}),
    ...(city ? { addressLocality: city.name, addressCountry: city.country } : {}),
  },
  ...(point ? { geo: { '@type': 'GeoCoordinates', longitude: point[0], latitude: point[1] } } : {}),
});

const offerOf = ({ price }: ListingDetail, url: string) =>
  price
    ? { offers: { '@type': 'Offer', url, price: (price.amountMinor / 100).toFixed(2), priceCurrency: price.currency } }
    : {};

const ratingOf = ({ rating }: ListingDetail) =>
  rating
    ? {
        aggregateRating: {
          '@type': 'AggregateRating',
          ratingValue: rating.average,
          reviewCount: rating.count,
          bestRating: 5,
          worstRating: 1,
        },
      }
    : {};

/** A listing as schema.org describes it: an Event, a LocalBusiness (a place that takes guests) or a Service. */
export const structuredDataOf = (listing: ListingDetail, url: string): Record<string, unknown> => {
  const shared = {
    '@context': 'https://schema.org',
    '@id': url,
    url,
    name: listing.title,
    description: listing.summary,
    image: listing.gallery.flatMap(({ sources }) => sources.at(-1)?.url ?? []),
  };
  if (listing.kind === 'events' && listing.event) {
    return {
      ...shared,
      '@type': 'Event',
      startDate: listing.event.startsAt,
      endDate: listing.event.endsAt,
      eventStatus: eventStatusUrl[listing.event.status],
      eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
      location: placeOf(listing),
      ...(listing.owner ? { organizer: { '@type': 'Organization', name: listing.owner.displayName } } : {}),
      ...(listing.capacity ? { maximumAttendeeCapacity: listing.capacity } : {}),
      ...offerOf(listing, url),
      ...ratingOf(listing),
    };
  }
  if (listing.kind === 'locations') {
    return {
      ...shared,
      ...placeOf(listing),
      '@type': 'LocalBusiness',
      ...(listing.capacity ? { maximumAttendeeCapacity: listing.capacity } : {}),
      amenityFeature: listing.facilities.map(({ name }) => ({
        '@type': 'LocationFeatureSpecification',
        name,
        value: true,
      })),
      ...ratingOf(listing),
    };
  }
  return {
    ...shared,
    '@type': 'Service',
    ...(listing.type ? { serviceType: listing.type.name } : {}),
    ...(listing.coverageArea || listing.city ? { areaServed: listing.coverageArea ?? listing.city?.name } : {}),
    ...(listing.owner ? { provider: { '@type': 'Organization', name: listing.owner.displayName } } : {}),
    ...offerOf(listing, url),
    ...ratingOf(listing),
  };
};

/** The way from an archive down to a page, as schema.org describes it. */
export const breadcrumbOf = (steps: { href: string; label: string }[], origin: string): Record<string, unknown> => ({
  '@context': 'https://schema.org',
  '@type': 'BreadcrumbList',
  itemListElement: steps.map(({ href, label }, index) => ({
    '@type': 'ListItem',
    position: index + 1,
    name: label,
    item: `${origin}${href}`,
  })),
});

/** JSON that can stand inside a script element: nothing in it can close the element or open a comment. */
export const jsonForScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
