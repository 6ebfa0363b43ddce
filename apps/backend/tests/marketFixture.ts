import { makeFormStamp } from '@convene/common/forms';
import { type ListingKind, listingRoleByKind, type Role } from '@convene/common/listings';
import type { PayloadRequest } from 'payload';
import { vi } from 'vitest';
import type { Event, Location, Service, User } from '../src/payload-types';
import { createPayloadHarness, PASSWORD, type PayloadHarness } from './payloadHarness';

// Passwords are hashed in earnest here, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

type Listing = Location | Event | Service;

export type Market = PayloadHarness & {
  city: number;
  owner: User;
  client: User;
  moderator: User;
  admin: User;
  /** A live listing of `owner`, published without a word. */
  publish: (kind: ListingKind, changes?: Record<string, unknown>) => Promise<Listing>;
  /** Somebody new. */
  person: (roles?: Role[]) => Promise<User>;
  /** So many more, who can't sign in: hashing their passwords would take longer than the test. */
  crowd: (size: number) => Promise<User[]>;
  /** As somebody's session token. */
  tokenOf: (user: User) => Promise<string>;
  /** What waits in the outbox, and empties it. */
  takeMails: () => Promise<Mail[]>;
  requestOf: (user: User) => Promise<PayloadRequest>;
};

export type Mail = { id: string; type: string; payload: Record<string, unknown>; notBefore: Date | null };

const HOUR_MS = 3_600_000;
export const hoursFromNow = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();

/** What a form carries that a person had open for a minute. */
export const humanForm = () => ({
  stamp: makeFormStamp('test-service-token-of-32-characters', new Date(Date.now() - 60_000)),
  homepage: '',
});

/** A marketplace with a few people in it. What is imported of the app must be imported after this. */
export const createMarket = async (): Promise<Market> => {
  const harness = await createPayloadHarness();
  const { silentContext } = await import('../src/notifications/silence');
  const { payload, pool, createUser } = harness;
  const { id: city } = await payload.create({
    collection: 'cities',
    data: { name: 'Iași', slug: 'iasi', country: 'Romania', timeZone: 'Europe/Bucharest' },
  });
  const types: Partial<Record<ListingKind, number>> = {};
  for (const kind of ['locations', 'events', 'services'] as const) {
    ({ id: types[kind] } = await payload.create({
      collection: 'listing-types',
      data: { name: `Some ${kind}`, slug: `some-${kind}`, kind },
    }));
  }
  const owner = await createUser({
    email: 'owner@example.com',
    displayName: 'Olga Owner',
    roles: ['client', 'host', 'organizer', 'provider'],
  });
  let people = 0;
  let listings = 0;
  return {
    ...harness,
    city,
    owner,
    client: await createUser({ email: 'client@example.com', displayName: 'Cleo Client' }),
    moderator: await createUser({ email: 'moderator@example.com', displayName: 'Mo', roles: ['client', 'moderator'] }),
    admin: await createUser({ email: 'admin@example.com', displayName: 'Ada', roles: ['client', 'admin'] }),
    publish: async (kind, changes = {}) => {
      listings += 1;
      const data = {
        title: `A ${listingRoleByKind[kind]}’s ${listings}`,
        slug: `${kind}-${listings}`,
        summary: 'Something to try things on.',
        type: types[kind],
        city,
        owner: owner.id,
        address: 'Strada Lungă 5',
        price: { amountMinor: 5_000, currency: 'EUR', unit: kind === 'events' ? 'ticket' : 'day' },
        moderationStatus: 'approved',
        tier: 'standard',
        claimStatus: 'claimed',
        _status: 'published',
        ...(kind === 'events'
          ? { startsAt: hoursFromNow(48), endsAt: hoursFromNow(50), timeZone: 'Europe/Bucharest', capacity: 20 }
          : {}),
        ...changes,
      };
      return payload.create({ collection: kind, data: data as Listing, context: silentContext, depth: 0 });
    },
    person: async (roles = []) => {
      people += 1;
      return createUser({
        email: `person-${people}@example.com`,
        displayName: `Person ${people}`,
        roles: ['client', ...roles],
      });
    },
    crowd: async (size) => {
      const { rows } = await pool.query<{ id: number }>(
        `WITH crowd AS (
           INSERT INTO users (email, display_name, _verified)
           SELECT 'crowd-' || gen_random_uuid() || '@example.com', 'One of many', true FROM generate_series(1, $1)
           RETURNING id
         ), roles AS (
           INSERT INTO users_roles ("order", parent_id, value) SELECT 1, id, 'client' FROM crowd
         )
         SELECT id FROM crowd`,
        [size],
      );
      const { docs } = await payload.find({
        collection: 'users',
        where: { id: { in: rows.map(({ id }) => id) } },
        pagination: false,
      });
      return docs;
    },
    tokenOf: async (user) => {
      const { token } = await payload.login({ collection: 'users', data: { email: user.email, password: PASSWORD } });
      if (!token) throw new Error('signing in gave no token');
      return token;
    },
    takeMails: async () =>
      (
        await pool.query<Mail>(
          `WITH taken AS (DELETE FROM notification_outbox RETURNING *)
           SELECT id, type, payload, not_before AS "notBefore" FROM taken ORDER BY created_at, type, id`,
        )
      ).rows,
    requestOf: (user) => harness.requestAs(user),
  };
};

/** Makes a save of Payload's be somebody's. */
export const as = (user: User) => ({ user: { ...user, collection: 'users' as const }, overrideAccess: false });
