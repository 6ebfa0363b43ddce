import { type Role, roles } from '@convene/common/listings';
import type { Access, CollectionSlug, PayloadRequest } from 'payload';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '../src/payload-types';
import { createPayloadHarness, type PayloadHarness } from './payloadHarness';

const people = ['visitor', ...roles] as const;
const operations = ['create', 'read', 'update', 'delete'] as const;
type Operation = (typeof operations)[number];

/** One letter a person, in the order of `people`: a(ll), s(ome: their own, or what is public), - (nothing). */
type Row = Record<Operation, string>;

//                    visitor, client, host, organizer, provider, moderator, admin
const listing = (create: string): Row => ({ create, read: 'sssssaa', update: '-ssssaa', delete: '-ssssaa' });
const taxonomy: Row = { create: '-----aa', read: 'aaaaaaa', update: '-----aa', delete: '-----aa' };
const forStaff: Row = { create: '-------', read: '-----aa', update: '-----aa', delete: '------a' };
const system: Row = { create: '-------', read: '-----aa', update: '-------', delete: '-------' };

const matrix = {
  locations: listing('--a--aa'),
  events: listing('---a-aa'),
  services: listing('----aaa'),
  media: { create: '--aaaaa', read: 'aaaaaaa', update: '-ssssaa', delete: '-ssssaa' },
  users: { create: '------a', read: '-ssssaa', update: '-sssssa', delete: '------a' },
  cities: taxonomy,
  'listing-types': taxonomy,
  facilities: taxonomy,
  reviews: { create: '-------', read: 'sssssaa', update: '-----aa', delete: '-ssssaa' },
  blocks: { create: '-------', read: '-ssssaa', update: '-------', delete: '-ssssaa' },
  favorites: { create: '-------', read: '-ssssaa', update: '-------', delete: '-ssssaa' },
  bookings: { create: '-------', read: '-ssssaa', update: '-----aa', delete: '------a' },
  messages: { create: '-------', read: '-ssssaa', update: '-------', delete: '------a' },
  claims: { create: '-------', read: '-ssssaa', update: '-----aa', delete: '------a' },
  verifications: { create: '-------', read: '-ssssaa', update: '-----aa', delete: '------a' },
  reports: forStaff,
  'contact-messages': forStaff,
  'metrics-daily': system,
  aggregates: system,
  'listing-rank': system,
  'flush-batches': system,
  'counter-outbox': system,
  'notification-outbox': system,
  'notification-log': system,
  'notification-batches': system,
  'notification-decisions': system,
  'webhook-events': system,
  // Staff suppress an address by hand, and lift what a bounce has done.
  suppressions: { ...system, create: '-----aa', delete: '-----aa' },
  'job-runs': system,
  leases: system,
  'redis-usage': system,
  'redis-usage-reports': system,
} satisfies Partial<Record<CollectionSlug, Row>>;

let harness: PayloadHarness;
const users = new Map<Role, User>();

beforeAll(async () => {
  harness = await createPayloadHarness();
  for (const role of roles) {
    users.set(
      role,
      await harness.createUser({ email: `${role}@example.com`, roles: [...new Set<Role>(['client', role])] }),
    );
  }
});
afterAll(() => harness.dispose());

const letterOf = (result: unknown): string => {
  if (result === true) return 'a';
  return typeof result === 'object' && result !== null ? 's' : '-';
};

const ask = async (access: Access, req: PayloadRequest): Promise<string> => letterOf(await access({ req }));

describe('who may do what', () => {
  it('names every collection of ours', () => {
    const ours = Object.keys(harness.payload.collections).filter((slug) => !slug.startsWith('payload-'));
    expect(Object.keys(matrix).sort()).toEqual(ours.sort());
  });

  it.each(Object.entries(matrix))('%s', async (slug, row) => {
    const { access } = harness.payload.collections[slug as keyof typeof matrix].config;
    const found: Partial<Row> = {};
    for (const operation of operations) {
      let letters = '';
      for (const person of people) {
        const req = await harness.requestAs(person === 'visitor' ? undefined : users.get(person));
        letters += await ask(access[operation], req);
      }
      found[operation] = letters;
    }
    expect(found).toEqual(row);
  });
});

describe('fields that nobody takes for themselves', () => {
  const asUser = (role: Role) => {
    const user = users.get(role);
    if (!user) throw new Error(role);
    return { user: { ...user, collection: 'users' as const }, id: user.id };
  };

  it.each(['moderator', 'admin'] as const)('a client can’t become %s', async (role) => {
    const { user, id } = asUser('client');
    const attempt = harness.payload.update({
      collection: 'users',
      id,
      data: { roles: ['client', role] },
      user,
      overrideAccess: false,
    });
    await expect(attempt).rejects.toThrow(/not allowed/i);
  });

  it('a client can become a host, but not verified, nor change the address', async () => {
    const { user, id } = asUser('client');
    const changed = await harness.payload.update({
      collection: 'users',
      id,
      data: { roles: ['client', 'host'], verification: 'verified', email: 'other@example.com' },
      user,
      overrideAccess: false,
    });
    expect(changed).toMatchObject({ roles: ['client', 'host'], verification: 'none', email: 'client@example.com' });
    expect((await harness.outbox()).map(({ type }) => type)).toEqual(['user.welcome.host']);
  });

  it('nobody reads what a notification says or to whom it goes', async () => {
    await harness.pool.query('UPDATE notification_outbox SET recipients = $1', [JSON.stringify([{ email: 'x@y.z' }])]);
    const { docs } = await harness.payload.find({
      collection: 'notification-outbox',
      ...asUser('admin'),
      overrideAccess: false,
    });
    expect(docs).toHaveLength(1);
    expect(docs[0]).not.toHaveProperty('payload');
    expect(docs[0]).not.toHaveProperty('recipients');
  });
});
