import type { Image, ListingCard, ListingDetail, Suggestions, Taxonomies } from '@convene/common/api';
import { type ListingKind, listingKinds, type Tier } from '@convene/common/listings';

/** A small marketplace, made up and always the same, in the shapes that the backend answers. */

const cityNames = [
  'Cluj-Napoca',
  'Bucharest',
  'Timișoara',
  'Iași',
  'Brașov',
  'Sibiu',
  'Oradea',
  'Constanța',
  'Craiova',
  'Arad',
  'Târgu Mureș',
  'Baia Mare',
];

/** Small letters without their marks, as people type and as slugs are. */
export const plainText = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const slugOf = (text: string): string => plainText(text).replace(/[^a-z0-9]+/g, '-');

const facilityNames = ['Kitchen', 'Projector', 'Step-free access', 'Parking', 'Wi-Fi'];

/** Longitude and latitude, in the order of the names. */
const cityPoints: [number, number][] = [
  [23.59, 46.77],
  [26.1, 44.43],
  [21.21, 45.75],
  [27.6, 47.16],
  [25.6, 45.66],
  [24.13, 45.8],
  [21.92, 47.05],
  [28.63, 44.16],
  [23.8, 44.32],
  [21.31, 46.17],
  [24.56, 46.54],
  [23.58, 47.66],
];

const typeNames = {
  locations: ['Loft', 'Garden', 'Rooftop', 'Conference room'],
  events: ['Concert', 'Workshop', 'Supper club', 'Meetup'],
  services: ['Catering', 'Photography', 'DJ', 'Florist'],
} as const satisfies Record<ListingKind, readonly string[]>;

const titles = {
  locations: [
    'The Old Print Hall',
    'Casa cu Nuci',
    'Terrace above the Roofs',
    'Long Table Room',
    'Glasshouse on the Hill',
    'The Tannery',
    'Courtyard No. 7',
    'Sala Oglinzilor',
  ],
  events: [
    'Slow Supper under the Lindens',
    'Vinyl Night: Balkan Grooves',
    'Wheel-throwing for Beginners',
    'Founders and Dumplings',
    'Open-air Cello',
    'A Weekend of Natural Dyes',
    'Poetry at the Laundromat',
    'Sourdough, from Starter to Crust',
  ],
  services: [
    'Two Cooks and a Fire',
    'Ana Mureșan Photography',
    'Needle & Groove DJs',
    'Wild Meadow Flowers',
    'Bread, Salt, Wine',
    'Lumina Event Lighting',
    'String Quartet Armonia',
    'Sweet Table Studio',
  ],
} as const satisfies Record<ListingKind, readonly string[]>;

export const LISTINGS_PER_KIND = 40;

const cities = cityNames.map((name, index) => ({ id: index + 1, slug: slugOf(name), name, country: 'Romania' }));

const types = listingKinds.flatMap((kind, kindIndex) =>
  typeNames[kind].map((name, index) => ({ id: kindIndex * 10 + index + 1, slug: slugOf(name), name, kind })),
);

const pick = <T>(values: readonly T[], index: number): T => {
  const value = values[index % values.length];
  if (value === undefined) throw new Error('an empty list');
  return value;
};

const imageOf = (origin: string, seed: number, alt: string): Image => ({
  id: seed,
  alt,
  sources: [400, 800, 1600].map((width) => ({
    url: `${origin}/media/${seed}-${width}.svg`,
    width,
    height: Math.round((width * 2) / 3),
  })),
});

const tierOf = (index: number): Tier =>
  index === 0 ? 'sponsored' : index === 2 ? 'recommended' : index === 5 ? 'new' : 'standard';

const summaries = {
  locations: 'High windows, a kitchen that works and neighbours who like music. For up to a long evening.',
  events: 'One table, twenty-two seats, whatever the market had in the morning. Bring someone or come alone.',
  services: 'Four people, one van, and a plan for rain. We answer within the day.',
} as const satisfies Record<ListingKind, string>;

const eventTimesOf = (index: number): ListingCard['event'] => {
  const startsAt = new Date(Date.UTC(2027, 2 + (index % 9), 1 + ((index * 7) % 27), 16, 30));
  const endsAt = new Date(startsAt.getTime() + (index % 5 === 4 ? 2 * 86_400_000 : 4.5 * 3_600_000));
  return {
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    timeZone: 'Europe/Bucharest',
    status: index === 6 ? 'cancelled' : 'upcoming',
  };
};

/** Somewhere in its city. */
const pointOf = (cityId: number, index: number): [number, number] => {
  const [longitude, latitude] = pick(cityPoints, cityId - 1);
  return [longitude + (((index * 13) % 17) - 8) / 400, latitude + (((index * 7) % 15) - 7) / 500];
};

const detailOf = (origin: string, kind: ListingKind, index: number): ListingDetail => {
  const kindIndex = listingKinds.indexOf(kind);
  const seed = kindIndex * 1000 + index + 1;
  const city = pick(cities, index * 5 + kindIndex);
  const title = index < 8 ? pick(titles[kind], index) : `${pick(titles[kind], index)} ${Math.floor(index / 8) + 1}`;
  const gallery =
    index === 3 ? [] : [0, 1, 2, 3].map((at) => imageOf(origin, seed * 10 + at, `${title}, view ${at + 1}`));
  return {
    kind,
    id: index + 1,
    slug: slugOf(title),
    title,
    summary: summaries[kind],
    city,
    type: pick(
      types.filter((type) => type.kind === kind),
      index,
    ),
    image: gallery[0] ?? null,
    price:
      index % 7 === 4
        ? null
        : {
            amountMinor: index % 11 === 7 ? 0 : 4500 + index * 350,
            currency: index % 2 ? 'EUR' : 'RON',
            unit: kind === 'locations' ? 'hour' : kind === 'events' ? 'ticket' : 'event',
          },
    tier: tierOf(index),
    rating: index % 3 === 1 ? null : { average: 4.1 + (index % 9) / 10, count: 3 + index * 2 },
    capacity: kind === 'services' ? null : 20 + index * 5,
    event: kind === 'events' ? eventTimesOf(index) : null,
    descriptionHtml:
      '<p>It began as a print works in 1911 and still smells faintly of ink. We kept the floor, the cranes and the light, and added heating, a kitchen and <strong>a table for forty</strong>.</p><h3>What people do here</h3><ul><li>Dinners that last</li><li>Workshops and rehearsals</li><li>Small weddings</li></ul><blockquote><p>The best room in town after ten in the evening.</p></blockquote><p>Write to us before you come by; someone is usually there from noon.</p>',
    address: kind === 'services' ? null : `Strada Morii ${index + 3}`,
    point: kind === 'services' ? null : pointOf(city.id, index),
    gallery,
    facilities:
      kind === 'locations' ? facilityNames.slice(0, 1 + (index % 5)).map((name) => ({ slug: slugOf(name), name })) : [],
    coverageArea: kind === 'services' ? `${city.name} and 50 km around` : null,
    owner: { id: 7, displayName: 'Ioana Pop', verified: true, avatarUrl: null },
    claimStatus: index === 4 ? 'unclaimed' : 'claimed',
    publishedAt: '2026-10-01T08:00:00.000Z',
    updatedAt: '2026-11-02T09:30:00.000Z',
  };
};

export const fixtureListings = (origin: string): ListingDetail[] =>
  listingKinds.flatMap((kind) =>
    Array.from({ length: LISTINGS_PER_KIND }, (_, index) => detailOf(origin, kind, index)),
  );

export const fixtureTaxonomies = (listings: ListingDetail[]): Taxonomies => ({
  cities: cities.map((city) => {
    const count = (kind: ListingKind) => listings.filter((it) => it.kind === kind && it.city?.id === city.id).length;
    return {
      ...city,
      point: pick(cityPoints, city.id - 1),
      listings: { locations: count('locations'), events: count('events'), services: count('services') },
    };
  }),
  types: types.map((type) => ({
    ...type,
    listings: listings.filter((listing) => listing.type?.id === type.id).length,
  })),
  facilities: facilityNames.map((name) => ({
    slug: slugOf(name),
    name,
    listings: listings.filter(({ facilities }) => facilities.some((facility) => facility.name === name)).length,
  })),
});

/** Cities, types and listings whose name holds the text. */
export const fixtureSuggestions = (listings: ListingDetail[], text: string): Suggestions => {
  const has = (name: string): boolean => plainText(name).includes(plainText(text));
  const taxonomies = fixtureTaxonomies(listings);
  return {
    items: [
      ...taxonomies.cities
        .filter(({ name }) => has(name))
        .map(({ slug, name, country, listings: { locations = 0 } }) => ({
          type: 'city' as const,
          slug,
          name,
          country,
          listings: locations,
        })),
      ...taxonomies.types
        .filter(({ name }) => has(name))
        .map(({ slug, name, kind, listings: count }) => ({ type: 'type' as const, slug, name, kind, listings: count })),
      ...listings
        .filter(({ title }) => has(title))
        .map(({ kind, slug, title, city }) => ({
          type: 'listing' as const,
          kind,
          slug,
          title,
          city: city?.name ?? null,
        })),
    ].slice(0, 8),
  };
};

/** A picture that nobody has to fetch: an abstract room in colours that follow from its number. */
export const fixturePicture = (seed: number): string => {
  const hue = (seed * 47) % 360;
  const horizon = 150 + ((seed * 31) % 60);
  const lamps = Array.from(
    { length: 5 },
    (_, index) =>
      `<circle cx="${60 + index * 122 + ((seed * 13) % 40)}" cy="${60 + ((seed * (index + 3) * 17) % 70)}" r="${9 + ((seed + index) % 9)}" fill="hsl(${(hue + 40) % 360} 90% 82%)"/>`,
  ).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 400"><defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="hsl(${hue} 45% 30%)"/><stop offset="1" stop-color="hsl(${(hue + 35) % 360} 60% 62%)"/></linearGradient></defs><rect width="600" height="400" fill="url(#g)"/>${lamps}<rect y="${horizon + 90}" width="600" height="300" fill="hsl(${(hue + 20) % 360} 35% 22%)"/><path d="M60 ${horizon + 60}h480l40 40H20z" fill="hsl(${(hue + 180) % 360} 40% 78%)"/><path d="M90 ${horizon + 100}v140M510 ${horizon + 100}v140" stroke="hsl(${(hue + 180) % 360} 30% 60%)" stroke-width="14"/><ellipse cx="${180 + ((seed * 29) % 240)}" cy="${horizon + 62}" rx="46" ry="11" fill="hsl(${(hue + 90) % 360} 60% 55%)"/></svg>`;
};
