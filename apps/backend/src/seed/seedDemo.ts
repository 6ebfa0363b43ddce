import type { ListingKind, ModerationStatus, Tier } from '@convene/common/listings';
import { listingKinds, listingRoleByKind } from '@convene/common/listings';
import { DAY_MS } from '@convene/common/time';
import type { Payload } from 'payload';
import { slugify } from '../fields/slugify';
import { silentContext } from '../notifications/silence';
import { type DemoType, demoCities, demoFacilities, demoTypes } from './demoTaxonomies';
import { DEMO_PASSWORD, demoUsers } from './demoUsers';
import { paragraphs } from './paragraphs';
import { createRandom, type Random } from './random';
import { drawScene } from './scenes';

const LISTINGS_PER_TYPE = 11;
const SCENES_PER_KIND = 8;

type Progress = (message: string) => void;
type Ids = { cities: number[]; facilities: number[]; users: { id: number; roles: string[] }[] };

/**
 * Fills an empty database with a marketplace to look at. Its changes are nobody's news, and it is the same at every
 * run but for the dates, which lie around `now`.
 */
export const seedDemo = async (payload: Payload, { now, report }: { now: Date; report: Progress }): Promise<void> => {
  report('people, cities and types');
  const ids = await seedBasics(payload);
  const types = await seedTypes(payload);
  report(`${SCENES_PER_KIND * listingKinds.length} images, drawn here`);
  const images = await seedImages(payload);
  report(`${demoTypes.length * LISTINGS_PER_TYPE} listings`);
  const random = createRandom(2_026);
  for (const type of types) {
    for (let index = 0; index < LISTINGS_PER_TYPE; index += 1) {
      await seedListing(payload, { type, index, random, ids, images: images[type.kind], now });
    }
  }
};

const context = silentContext;

const seedBasics = async (payload: Payload): Promise<Ids> => {
  const ids: Ids = { cities: [], facilities: [], users: [] };
  for (const user of demoUsers) {
    const { id } = await payload.create({
      collection: 'users',
      data: {
        ...user,
        password: DEMO_PASSWORD,
        locale: 'en',
        verification: user.roles.length > 1 ? 'verified' : 'none',
        _verified: true,
      },
      disableVerificationEmail: true,
      context,
    });
    ids.users.push({ id, roles: user.roles });
  }
  for (const city of demoCities) {
    const { id } = await payload.create({ collection: 'cities', data: { ...city, slug: slugify(city.name) }, context });
    ids.cities.push(id);
  }
  for (const name of demoFacilities) {
    const { id } = await payload.create({ collection: 'facilities', data: { name, slug: slugify(name) }, context });
    ids.facilities.push(id);
  }
  return ids;
};

type SeededType = DemoType & { id: number };

const seedTypes = async (payload: Payload): Promise<SeededType[]> => {
  const seeded: SeededType[] = [];
  for (const type of demoTypes) {
    const { id } = await payload.create({
      collection: 'listing-types',
      data: { name: type.name, slug: slugify(type.name), kind: type.kind },
      context,
    });
    seeded.push({ ...type, id });
  }
  return seeded;
};

const sceneAlt: Record<ListingKind, string> = {
  locations: 'A drawn street of houses in front of hills',
  events: 'A drawn crowd before a stage with lights',
  services: 'A drawn table with flowers, dishes and glasses',
};

const seedImages = async (payload: Payload): Promise<Record<ListingKind, number[]>> => {
  const images: Record<ListingKind, number[]> = { locations: [], events: [], services: [] };
  for (const kind of listingKinds) {
    for (let seed = 0; seed < SCENES_PER_KIND; seed += 1) {
      const data = await drawScene({ kind, seed });
      const { id } = await payload.create({
        collection: 'media',
        data: { alt: sceneAlt[kind] },
        file: { data, mimetype: 'image/jpeg', name: `${kind}-scene-${seed}.jpg`, size: data.byteLength },
        context,
      });
      images[kind].push(id);
    }
  }
  return images;
};

/** Most are live; a few wait, so that the moderators have something to do. */
const moderationOf = (index: number): ModerationStatus => {
  if (index === LISTINGS_PER_TYPE - 1) return 'pending';
  return 'approved';
};

const tierOf = (random: Random): Tier => {
  if (random.chance(0.06)) return 'sponsored';
  if (random.chance(0.12)) return 'recommended';
  return random.chance(0.2) ? 'new' : 'standard';
};

const roundedPrice = (random: Random, [low, high]: [number, number]): number =>
  Math.round(random.between(low, high) / 500) * 500;

const capacityOf = (random: Random, { capacity: [low, high] = [20, 200] }: DemoType): number => {
  const people = random.integer(low, high);
  return people > 40 ? Math.round(people / 10) * 10 : people;
};

type ListingSeed = {
  type: SeededType;
  index: number;
  random: Random;
  ids: Ids;
  images: number[];
  now: Date;
};

const seedListing = async (payload: Payload, seed: ListingSeed): Promise<void> => {
  const { type, index, random, ids, images, now } = seed;
  const cityIndex = (index * 5 + type.titles.length * type.id) % demoCities.length;
  const city = demoCities[cityIndex];
  const owners = ids.users.filter(({ roles }) => roles.includes(listingRoleByKind[type.kind]));
  if (!city) throw new Error('the demo has no cities');
  const name = type.titles[index % type.titles.length] ?? type.name;
  const title = index < type.titles.length ? name : `${name}, ${city.name}`;
  const moderationStatus = moderationOf(index);
  const cover = random.pick(images);
  const isLive = moderationStatus === 'approved';
  const shared = {
    title,
    slug: slugify(title),
    summary: random.pick(type.summaries),
    description: paragraphs(type.paragraphs),
    type: type.id,
    city: ids.cities[cityIndex] ?? 0,
    owner: random.pick(owners).id,
    cover,
    gallery: [...new Set([cover, random.pick(images), random.pick(images), random.pick(images)])],
    address: `${random.pick(['Strada Lungă', 'Mill Street', 'Strada Teilor', 'Harbour Road', 'Station Lane'])} ${random.integer(2, 140)}`,
    latitude: city.latitude + random.between(-0.03, 0.03),
    longitude: city.longitude + random.between(-0.04, 0.04),
    price: { amountMinor: roundedPrice(random, type.price), currency: 'EUR' as const, unit: type.unit },
    moderationStatus,
    tier: tierOf(random),
    claimStatus: 'claimed' as const,
    verified: random.chance(0.4),
    approvedAt: isLive ? new Date(now.getTime() - random.between(1, 200) * DAY_MS).toISOString() : null,
    _status: isLive ? ('published' as const) : ('draft' as const),
  };
  if (type.kind === 'locations') {
    const facilities = ids.facilities.filter(() => random.chance(0.45));
    const capacity = capacityOf(random, type);
    await payload.create({
      collection: 'locations',
      data: { ...shared, capacity, facilities },
      draft: !isLive,
      context,
    });
    return;
  }
  if (type.kind === 'services') {
    const coverageArea = `${city.name} and ${random.integer(20, 80)} km around`;
    await payload.create({ collection: 'services', data: { ...shared, coverageArea }, draft: !isLive, context });
    return;
  }
  await payload.create({
    collection: 'events',
    data: { ...shared, ...eventTimes(random, now), timeZone: city.timeZone, capacity: capacityOf(random, type) },
    draft: !isLive,
    context,
  });
};

/** From a few days ago to three months ahead, at an hour when things begin. */
const eventTimes = (random: Random, now: Date): { startsAt: string; endsAt: string } => {
  const start = new Date(now.getTime() + random.between(-4, 90) * DAY_MS);
  start.setUTCHours(random.integer(8, 18), random.pick([0, 30]), 0, 0);
  const end = new Date(start.getTime() + random.pick([2, 3, 4, 8, 52]) * 3_600_000);
  return { startsAt: start.toISOString(), endsAt: end.toISOString() };
};
