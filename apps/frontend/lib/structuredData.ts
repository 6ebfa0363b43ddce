import type { ListingDetail } from '@convene/common/api';
import type { EventStatus, PriceUnit } from '@convene/common/listings';

/** schema.org knows no status of an event that is over: it took place as planned. */
const eventStatusUrl = {
  upcoming: 'https://schema.org/EventScheduled',
  'in-progress': 'https://schema.org/EventScheduled',
  finished: 'https://schema.org/EventScheduled',
  cancelled: 'https://schema.org/EventCancelled',
} as const satisfies Record<EventStatus, string>;

/** UN/CEFACT codes where there are some, for what one price stands. */
const unitOf = {
  hour: { unitCode: 'HUR', unitText: 'hour' },
  day: { unitCode: 'DAY', unitText: 'day' },
  event: { unitText: 'event' },
  person: { unitText: 'person' },
  ticket: { unitText: 'ticket' },
} as const satisfies Record<PriceUnit, { unitCode?: string; unitText: string }>;

type Facts = {
  listing: ListingDetail;
  /** Of the listing's page. */
  url: string;
  siteUrl: string;
  /** Of an event; null where it has no limit or it can't be told. */
  seatsLeft: number | null;
};

const addressOf = ({ address, city }: ListingDetail) => ({
  '@type': 'PostalAddress',
  ...(address ? { streetAddress: address } : {}),
  ...(city ? { addressLocality: city.name, addressCountry: city.country } : {}),
});

const geoOf = ({ point }: ListingDetail) =>
  point ? { geo: { '@type': 'GeoCoordinates', longitude: point[0], latitude: point[1] } } : {};

const venueOf = (listing: ListingDetail) => ({
  '@type': 'Place',
  name: listing.address ?? listing.city?.name ?? listing.title,
  address: addressOf(listing),
  ...geoOf(listing),
});

const availabilityOf = ({ listing: { event }, seatsLeft }: Facts): string => {
  if (event && event.status !== 'upcoming') return 'https://schema.org/Discontinued';
  return seatsLeft === 0 ? 'https://schema.org/SoldOut' : 'https://schema.org/InStock';
};

/** What it costs; nothing where the price is on request. */
const offerOf = (facts: Facts) => {
  const { price, publishedAt } = facts.listing;
  if (!price) return null;
  const amount = { price: (price.amountMinor / 100).toFixed(2), priceCurrency: price.currency };
  return {
    '@type': 'Offer',
    url: facts.url,
    ...amount,
    availability: availabilityOf(facts),
    ...(publishedAt ? { validFrom: publishedAt } : {}),
    priceSpecification: { '@type': 'UnitPriceSpecification', ...amount, ...unitOf[price.unit] },
  };
};

const offersOf = (facts: Facts) => {
  const offer = offerOf(facts);
  return offer ? { offers: offer } : {};
};

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

const ownerOf = ({ listing: { owner }, siteUrl }: Facts) =>
  owner ? { '@type': 'Organization', name: owner.displayName, url: `${siteUrl}/people/${owner.id}` } : null;

const sharedOf = ({ listing, url }: Facts) => {
  const { title, summary, gallery, image } = listing;
  const pictures = gallery.length > 0 ? gallery : image ? [image] : [];
  const images = pictures.flatMap(({ sources }) => sources.at(-1)?.url ?? []);
  return {
    '@context': 'https://schema.org',
    '@id': url,
    url,
    name: title,
    ...(summary ? { description: summary } : {}),
    ...(images.length > 0 ? { image: images } : {}),
  };
};

const eventOf = (facts: Facts, event: NonNullable<ListingDetail['event']>) => {
  const { listing } = facts;
  const organizer = ownerOf(facts);
  return {
    ...sharedOf(facts),
    '@type': 'Event',
    startDate: event.startsAt,
    endDate: event.endsAt,
    eventStatus: eventStatusUrl[event.status],
    eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
    location: venueOf(listing),
    ...(organizer ? { organizer } : {}),
    ...(listing.capacity ? { maximumAttendeeCapacity: listing.capacity } : {}),
    ...(facts.seatsLeft === null ? {} : { remainingAttendeeCapacity: facts.seatsLeft }),
    ...offersOf(facts),
    ...ratingOf(listing),
  };
};

const placeOf = (facts: Facts) => {
  const { listing } = facts;
  const offer = offerOf(facts);
  return {
    ...sharedOf(facts),
    '@type': 'LocalBusiness',
    address: addressOf(listing),
    ...geoOf(listing),
    ...(listing.capacity ? { maximumAttendeeCapacity: listing.capacity } : {}),
    ...(listing.facilities.length > 0
      ? {
          amenityFeature: listing.facilities.map(({ name }) => ({
            '@type': 'LocationFeatureSpecification',
            name,
            value: true,
          })),
        }
      : {}),
    ...(offer
      ? {
          makesOffer: offer,
          priceRange: `${offer.price} ${offer.priceCurrency} / ${offer.priceSpecification.unitText}`,
        }
      : {}),
    ...ratingOf(listing),
  };
};

const serviceOf = (facts: Facts) => {
  const { listing } = facts;
  const provider = ownerOf(facts);
  const area = listing.coverageArea ?? listing.city?.name;
  return {
    ...sharedOf(facts),
    '@type': 'Service',
    ...(listing.type ? { serviceType: listing.type.name } : {}),
    ...(area ? { areaServed: area } : {}),
    ...(provider ? { provider } : {}),
    ...offersOf(facts),
    ...ratingOf(listing),
  };
};

/** A listing as schema.org describes it: an Event, a LocalBusiness (a place that takes guests) or a Service. */
export const structuredDataOf = (facts: Facts): Record<string, unknown> => {
  const { kind, event } = facts.listing;
  if (kind === 'events' && event) return eventOf(facts, event);
  return kind === 'locations' ? placeOf(facts) : serviceOf(facts);
};

/** The way to a page, as the links above its title show it; the last one is the page itself. */
export const breadcrumbData = (trail: { name: string; url: string }[]): Record<string, unknown> => ({
  '@context': 'https://schema.org',
  '@type': 'BreadcrumbList',
  itemListElement: trail.map(({ name, url }, index) => ({
    '@type': 'ListItem',
    position: index + 1,
    name,
    item: url,
  })),
});

/** JSON that can stand inside a script element: nothing in it can close the element or open a comment. */
export const jsonForScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
