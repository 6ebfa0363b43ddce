import { feedAnswerSchema, listingAnswerSchema, ownListingsSchema } from '@convene/common/api';
import { commitTransaction, initTransaction, killTransaction } from 'payload';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Location, User } from '../src/payload-types';
import { createPayloadHarness, type PayloadHarness } from './payloadHarness';

let harness: PayloadHarness;
let owner: User;
let stranger: User;
let moderator: User;
let city: number;
let type: number;
let readListing: typeof import('../src/endpoints/listings/listing').readListing;
let createFeed: typeof import('../src/endpoints/feed/feed').createFeed;
let readOwnListings: typeof import('../src/endpoints/account/ownListings').readOwnListings;

beforeAll(async () => {
  harness = await createPayloadHarness();
  ({ readListing } = await import('../src/endpoints/listings/listing'));
  ({ createFeed } = await import('../src/endpoints/feed/feed'));
  ({ readOwnListings } = await import('../src/endpoints/account/ownListings'));
  const { payload, createUser } = harness;
  owner = await createUser({ email: 'owner@example.com', displayName: 'Olga Owner', roles: ['client', 'host'] });
  stranger = await createUser({ email: 'stranger@example.com', roles: ['client', 'host'] });
  moderator = await createUser({ email: 'moderator@example.com', roles: ['client', 'moderator'] });
  ({ id: city } = await payload.create({
    collection: 'cities',
    data: { name: 'Iași', slug: 'iasi', country: 'Romania', timeZone: 'Europe/Bucharest' },
  }));
  ({ id: type } = await payload.create({
    collection: 'listing-types',
    data: { name: 'Loft', slug: 'loft', kind: 'locations' },
  }));
});
afterAll(() => harness.dispose());
beforeEach(() => harness.pool.query('DELETE FROM notification_outbox'));

type Changes = Partial<Omit<Location, 'id'>>;

const create = (user: User, title: string, changes: Changes = {}) =>
  harness.payload.create({
    collection: 'locations',
    data: { title, summary: 'A hall on the water.', city, type, slug: '', ...changes } as Location,
    user: { ...user, collection: 'users' },
    overrideAccess: false,
  });

const update = (user: User, id: number, data: Changes) =>
  harness.payload.update({
    collection: 'locations',
    id,
    data,
    user: { ...user, collection: 'users' },
    overrideAccess: false,
  });

const mails = async (): Promise<string[]> => (await harness.outbox()).map((row) => row.type);

const isPublic = (slug: string): Promise<boolean> =>
  readListing('locations', slug).then(
    (answer) => 'listing' in answer,
    () => false,
  );

const approved = async (title: string): Promise<Location> => {
  const listing = await create(owner, title, { moderationStatus: 'pending' });
  await update(moderator, listing.id, { moderationStatus: 'approved' });
  await harness.pool.query('DELETE FROM notification_outbox');
  return harness.payload.findByID({ collection: 'locations', id: listing.id });
};

describe('a new listing', () => {
  it('belongs to its creator, and to nobody’s tier or state but the staff’s', async () => {
    const listing = await create(owner, 'The Boat House', {
      tier: 'sponsored',
      owner: stranger.id,
      moderationStatus: 'approved',
      _status: 'published',
      approvedAt: '2020-01-01T00:00:00.000Z',
    });
    expect(listing).toMatchObject({
      tier: 'new',
      moderationStatus: 'pending',
      _status: 'draft',
      slug: 'the-boat-house',
    });
    expect(listing.owner).toMatchObject({ id: owner.id });
    expect(listing.approvedAt ?? null).toBeNull();
    expect(await isPublic(listing.slug)).toBe(false);
  });

  it('tells staff when it waits, and nobody while it is a draft', async () => {
    const listing = await create(owner, 'Draft First');
    expect(await mails()).toEqual([]);
    await update(owner, listing.id, { moderationStatus: 'pending' });
    expect(await mails()).toEqual(['admin.listing.pending']);
    await update(owner, listing.id, { moderationStatus: 'pending', summary: 'Still the same.' });
    expect(await mails()).toEqual(['admin.listing.pending']);
  });

  it('gets an address of its own beside one with the same title', async () => {
    const first = await create(owner, 'Room Seven');
    const second = await create(owner, 'Room Seven');
    expect([first.slug, second.slug]).toEqual(['room-seven', 'room-seven-2']);
  });

  it('is live when a moderator approves it, is in the feed at once, and its owner is told', async () => {
    const listing = await create(owner, 'The Walled Garden', { moderationStatus: 'pending' });
    await harness.pool.query('DELETE FROM notification_outbox');
    const live = await update(moderator, listing.id, { moderationStatus: 'approved' });
    expect(live._status).toBe('published');
    expect(await mails()).toEqual(['listing.approved']);
    const page = feedAnswerSchema.parse(
      await createFeed(harness.pool).page({ kind: 'locations', city: 'iasi', page: 1, pageSize: 48 }),
    );
    expect(page.items.map(({ title }) => title)).toContain('The Walled Garden');
    const detail = listingAnswerSchema.parse(await readListing('locations', listing.slug));
    expect(detail).toMatchObject({ listing: { owner: { displayName: 'Olga Owner' }, city: { slug: 'iasi' } } });
  });

  it('shows in the feed of a running process as soon as that is told, and leaves it when it is taken down', async () => {
    const { followFeedChanges, getFeed, stopFollowingFeedChanges } = await import('../src/endpoints/feed/followedFeed');
    const titles = async () => {
      const { items } = await getFeed().page({ kind: 'locations', city: 'iasi', page: 1, pageSize: 48 });
      return items.map(({ title }) => title);
    };
    const patience = { timeout: 10_000, interval: 50 };
    followFeedChanges();
    expect(await titles()).not.toContain('The Boat House');
    const listing = await create(owner, 'The Boat House', { moderationStatus: 'pending' });
    await update(moderator, listing.id, { moderationStatus: 'approved' });
    await vi.waitFor(async () => expect(await titles()).toContain('The Boat House'), patience);
    await harness.payload.update({
      collection: 'locations',
      id: listing.id,
      data: { deletedAt: new Date().toISOString() },
    });
    await vi.waitFor(async () => expect(await titles()).not.toContain('The Boat House'), patience);
    await stopFollowingFeedChanges();
  });

  it('that several moderators approve at once is announced once', async () => {
    const listing = await create(owner, 'Three Hands Up', { moderationStatus: 'pending' });
    await harness.pool.query('DELETE FROM notification_outbox');
    await Promise.all([1, 2, 3].map(() => update(moderator, listing.id, { moderationStatus: 'approved' })));
    expect(await mails()).toEqual(['listing.approved']);
  });

  it('stays hidden when it is rejected, and the owner learns why', async () => {
    const listing = await create(owner, 'No Address', { moderationStatus: 'pending' });
    await update(moderator, listing.id, { moderationStatus: 'rejected', rejectionReason: 'Please add the address.' });
    expect((await harness.outbox()).at(-1)).toMatchObject({
      type: 'listing.rejected',
      payload: { ownerId: owner.id, reason: 'Please add the address.' },
    });
    expect(await isPublic(listing.slug)).toBe(false);
    const own = ownListingsSchema.parse(await readOwnListings(harness.pool, owner.id));
    expect(own.items.find(({ id }) => id === listing.id)).toMatchObject({
      moderationStatus: 'rejected',
      rejectionReason: 'Please add the address.',
      isLive: false,
    });
  });
});

describe('a live listing', () => {
  it('keeps its public version while an edit waits, and moves its address when that is approved', async () => {
    const live = await approved('Old Tram Depot');
    await update(owner, live.id, { title: 'New Tram Depot', slug: 'new-tram-depot', _status: 'published' });
    expect(await mails()).toEqual(['admin.listing.pending']);
    expect(await readListing('locations', 'old-tram-depot')).toMatchObject({ listing: { title: 'Old Tram Depot' } });
    await update(moderator, live.id, { moderationStatus: 'approved' });
    expect(await readListing('locations', 'new-tram-depot')).toMatchObject({ listing: { title: 'New Tram Depot' } });
    expect(await readListing('locations', 'old-tram-depot')).toEqual({
      movedTo: { kind: 'locations', slug: 'new-tram-depot' },
    });
  });

  it('can’t be changed by another host', async () => {
    const live = await approved('Not Yours');
    await expect(update(stranger, live.id, { title: 'Mine' })).rejects.toThrow(/not allowed/i);
  });

  it('can’t be brought back to an older version by its owner, which would skip the moderators', async () => {
    const live = await approved('History');
    const { docs } = await harness.payload.findVersions({
      collection: 'locations',
      where: { parent: { equals: live.id } },
    });
    const version = docs[0];
    expect(version).toBeDefined();
    await expect(
      harness.payload.restoreVersion({
        collection: 'locations',
        id: version?.id ?? '',
        user: { ...owner, collection: 'users' },
        overrideAccess: false,
      }),
    ).rejects.toThrow(/not allowed/i);
  });
});

describe('the transaction', () => {
  it('a change that is rolled back tells nobody; a committed one wakes the relay', async () => {
    const listener = await harness.pool.connect();
    const wakes: string[] = [];
    listener.on('notification', ({ channel }) => wakes.push(channel));
    await listener.query('LISTEN notification_outbox');

    const lost = await harness.requestAs(owner);
    await initTransaction(lost);
    await harness.payload.create({
      collection: 'locations',
      data: { title: 'Never Was', summary: 'x', city, type, slug: '', moderationStatus: 'pending' } as Location,
      req: lost,
    });
    await killTransaction(lost);
    expect(await mails()).toEqual([]);

    const kept = await harness.requestAs(owner);
    await initTransaction(kept);
    await harness.payload.create({
      collection: 'locations',
      data: { title: 'Is There', summary: 'x', city, type, slug: '', moderationStatus: 'pending' } as Location,
      req: kept,
    });
    expect(await mails()).toEqual([]);
    await commitTransaction(kept);
    expect(await mails()).toEqual(['admin.listing.pending']);
    await listener.query('SELECT 1');
    expect(wakes).toEqual(['notification_outbox']);
    listener.release();
  });
});
