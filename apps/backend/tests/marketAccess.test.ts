import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '../src/payload-types';
import { as, createMarket, hoursFromNow, type Market } from './marketFixture';

let market: Market;

const people = ['visitor', 'party', 'otherParty', 'stranger', 'moderator', 'admin'] as const;
type Person = (typeof people)[number];
const users: Partial<Record<Person, User>> = {};

/**
 * Who reaches a row of the party's (the client) with the other party (the owner): one letter a person, in the order of
 * `people`, each y(es) or -.
 */
type Row = { read: string; update: string; delete: string };

const staffDecide = { update: '----yy', delete: '-----y' };

//                                      visitor, party, other party, stranger, moderator, admin
const matrix = {
  reviews: { read: '-y--yy', update: '----yy', delete: '-----y' },
  favorites: { read: '-y--yy', update: '------', delete: '-y--yy' },
  bookings: { read: '-yy-yy', ...staffDecide },
  messages: { read: '-yy-yy', update: '------', delete: '-----y' },
  claims: { read: '-y--yy', ...staffDecide },
  blocks: { read: '-y--yy', update: '------', delete: '-y--yy' },
  verifications: { read: '-y--yy', ...staffDecide },
  reports: { read: '----yy', ...staffDecide },
  'contact-messages': { read: '----yy', ...staffDecide },
} satisfies Record<string, Row>;
type Collection = keyof typeof matrix;

beforeAll(async () => {
  market = await createMarket();
  Object.assign(users, {
    party: market.client,
    otherParty: market.owner,
    stranger: await market.person(['host']),
    moderator: market.moderator,
    admin: market.admin,
  });
});
afterAll(() => market.dispose());

/** A fresh row of the collection: what is deleted by one person is there for the next. */
const make = async (collection: Collection): Promise<number> => {
  const { silentContext: context } = await import('../src/notifications/silence');
  const { id: listingId } = await market.publish('locations');
  const listing = { kind: 'locations', listingId };
  const { client, owner, payload } = market;
  const times = { startsAt: hoursFromNow(5), endsAt: hoursFromNow(6), timeZone: 'Europe/Bucharest' };
  const makers: Record<Collection, () => Promise<{ id: number }>> = {
    reviews: () =>
      payload.create({
        collection: 'reviews',
        data: { ...listing, author: client.id, rating: 3, text: 'Not approved yet.', moderationStatus: 'pending' },
        context,
      }),
    favorites: () => payload.create({ collection: 'favorites', data: { ...listing, user: client.id }, context }),
    bookings: () =>
      payload.create({
        collection: 'bookings',
        data: { ...listing, ...times, type: 'stay', status: 'requested', client: client.id, owner: owner.id, seats: 1 },
        context,
      }),
    messages: () =>
      payload.create({
        collection: 'messages',
        data: { ...listing, client: client.id, owner: owner.id, sender: client.id, text: 'For two pairs of eyes.' },
        context,
      }),
    blocks: async () => {
      const [blocked] = await market.crowd(1);
      return payload.create({
        collection: 'blocks',
        data: { blocker: client.id, blocked: blocked?.id ?? owner.id },
        context,
      });
    },
    claims: () =>
      payload.create({
        collection: 'claims',
        data: { ...listing, claimant: client.id, text: 'It is mine.', status: 'pending', tokenHash: 'a-secret' },
        context,
      }),
    verifications: async () => {
      const { id } = await market.payload.create({
        collection: 'verifications',
        data: { user: client.id, legalName: 'Cleo', status: 'rejected' },
        context,
      });
      return { id };
    },
    reports: () =>
      payload.create({
        collection: 'reports',
        data: { subject: 'listing', subjectId: listingId, reason: 'spam', reporter: client.id, status: 'open' },
        context,
      }),
    'contact-messages': () =>
      payload.create({
        collection: 'contact-messages',
        data: {
          name: 'Cleo',
          email: client.email,
          subject: 'Hello',
          text: 'Hello there.',
          user: client.id,
          status: 'open',
        },
        context,
      }),
  };
  return (await makers[collection]()).id;
};

const reaches = async (work: Promise<{ docs: unknown[] }>): Promise<'y' | '-'> =>
  work.then(
    ({ docs }) => (docs.length === 1 ? 'y' : '-'),
    () => '-',
  );

const asPerson = (person: Person) => {
  const user = users[person];
  return user ? as(user) : { overrideAccess: false };
};

/** An update that changes nothing asks for access like any other. */
const ask: Record<keyof Row, (collection: Collection, id: number, person: Person) => Promise<'y' | '-'>> = {
  read: (collection, id, person) =>
    reaches(market.payload.find({ collection, where: { id: { equals: id } }, ...asPerson(person) })),
  update: (collection, id, person) =>
    reaches(market.payload.update({ collection, where: { id: { equals: id } }, data: {}, ...asPerson(person) })),
  delete: (collection, id, person) =>
    reaches(market.payload.delete({ collection, where: { id: { equals: id } }, ...asPerson(person) })),
};

const collections = Object.keys(matrix) as Collection[];

describe.each(collections)('%s', (collection) => {
  it.each(['read', 'update', 'delete'] as const)('%s', async (operation) => {
    let letters = '';
    for (const person of people) {
      letters += await ask[operation](collection, await make(collection), person);
    }
    expect(letters).toBe(matrix[collection][operation]);
  });
});

describe('fields', () => {
  it('an approved review is everybody’s to read, but not what staff said about it', async () => {
    const id = await make('reviews');
    await market.pool.query(`UPDATE reviews SET moderation_status = 'approved', reason = 'Borderline.' WHERE id = $1`, [
      id,
    ]);
    const reasonFor = async (person: Person) => {
      const { docs } = await market.payload.find({
        collection: 'reviews',
        where: { id: { equals: id } },
        depth: 0,
        ...asPerson(person),
      });
      expect(docs).toHaveLength(1);
      return docs[0]?.reason ?? null;
    };
    expect(await Promise.all(people.map(reasonFor))).toEqual([
      null,
      'Borderline.',
      null,
      null,
      'Borderline.',
      'Borderline.',
    ]);
  });

  it('nobody reads an invitation’s token, nor a claimant who decided', async () => {
    const id = await make('claims');
    for (const person of ['party', 'admin'] as const) {
      const claim = await market.payload.findByID({ collection: 'claims', id, ...asPerson(person) });
      expect(claim).not.toHaveProperty('tokenHash');
    }
    const own = await market.payload.findByID({ collection: 'claims', id, ...asPerson('party') });
    expect(own).not.toHaveProperty('decidedBy');
    expect(own).not.toHaveProperty('invitedEmail');
  });

  it('not even staff change whom a row is about, its times, price or verified mark', async () => {
    const bookingId = await make('bookings');
    const before = await market.payload.findByID({ collection: 'bookings', id: bookingId, depth: 0 });
    await market.payload.update({
      collection: 'bookings',
      id: bookingId,
      data: { client: market.admin.id, listingId: 999_999, seats: 9, startsAt: hoursFromNow(1), cancelledBy: 'owner' },
      ...as(market.admin),
    });
    const after = await market.payload.findByID({ collection: 'bookings', id: bookingId, depth: 0 });
    expect({ ...after, updatedAt: '' }).toEqual({ ...before, updatedAt: '' });
    const reviewId = await make('reviews');
    await market.payload.update({
      collection: 'reviews',
      id: reviewId,
      data: { verified: true, author: market.admin.id },
      ...as(market.admin),
    });
    expect(await market.payload.findByID({ collection: 'reviews', id: reviewId, depth: 0 })).toMatchObject({
      verified: false,
      author: market.client.id,
    });
  });

  it('nobody reads or sets the address that waits for its confirmation, but its person and admins read it', async () => {
    const person = await market.person();
    await market.pool.query(
      `UPDATE users SET pending_email = 'soon@example.com', pending_email_token_hash = 'a-secret' WHERE id = $1`,
      [person.id],
    );
    await market.payload.update({
      collection: 'users',
      id: person.id,
      data: { pendingEmail: 'else@example.com', pendingEmailTokenHash: 'another' },
      ...as(market.admin),
    });
    const own = await market.payload.findByID({ collection: 'users', id: person.id, ...as(person) });
    expect(own.pendingEmail).toBe('soon@example.com');
    expect(own).not.toHaveProperty('pendingEmailTokenHash');
    const hidden = await market.payload.findByID({
      collection: 'users',
      id: person.id,
      showHiddenFields: true,
      ...as(market.admin),
    });
    expect(hidden).not.toHaveProperty('pendingEmailTokenHash');
  });
});
