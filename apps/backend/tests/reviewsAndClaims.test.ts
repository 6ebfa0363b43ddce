import { listingReviewsSchema } from '@convene/common/api';
import { errorAnswerSchema } from '@convene/common/errors';
import { initTransaction, killTransaction } from 'payload';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Location, Review, User } from '../src/payload-types';
import { as, createMarket, hoursFromNow, humanForm, type Market } from './marketFixture';
import { call } from './payloadHarness';

let market: Market;
let routes: Awaited<ReturnType<typeof loadRoutes>>;
let writeReview: typeof import('../src/collections/Reviews/write').writeReview;
let claims: typeof import('../src/collections/Claims/claim');
let silentContext: typeof import('../src/notifications/silence').silentContext;

const loadRoutes = async () => ({
  review: await import('../src/app/api/reviews/route'),
  withdraw: await import('../src/app/api/reviews/withdraw/route'),
  reviews: await import('../src/app/api/listings/[kind]/[slug]/reviews/route'),
  claim: await import('../src/app/api/claims/route'),
  accept: await import('../src/app/api/claims/accept/route'),
});

beforeAll(async () => {
  market = await createMarket();
  routes = await loadRoutes();
  ({ writeReview } = await import('../src/collections/Reviews/write'));
  claims = await import('../src/collections/Claims/claim');
  ({ silentContext } = await import('../src/notifications/silence'));
});
afterAll(() => market.dispose());
beforeEach(() => market.pool.query('DELETE FROM notification_outbox'));

const codeOf = (body: unknown): string => errorAnswerSchema.parse(body).error.code;
const types = async (): Promise<string[]> => (await market.takeMails()).map(({ type }) => type);

const review = async (user: User, listingId: number, text = 'A fine place to be.', rating = 4): Promise<Review> =>
  writeReview({ req: await market.requestOf(user), user, listing: { kind: 'locations', id: listingId }, rating, text });

const moderate = (id: number, data: Partial<Review>) =>
  market.payload.update({ collection: 'reviews', id, data, ...as(market.moderator) });

describe('a review', () => {
  it('waits for staff, who are told; approved, its author and the owner are', async () => {
    const { id, slug } = await market.publish('locations');
    const written = await review(market.client, id);
    expect(written).toMatchObject({ moderationStatus: 'pending', verified: false });
    expect(await market.takeMails()).toMatchObject([
      {
        type: 'admin.review.pending',
        payload: { review: { id: written.id, authorName: 'Cleo Client', rating: 4, excerpt: 'A fine place to be.' } },
      },
    ]);
    const read = async () =>
      listingReviewsSchema.parse(
        (await call(routes.reviews, { method: 'GET', params: { kind: 'locations', slug: slug ?? '' } })).body,
      );
    expect(await read()).toMatchObject({ total: 0, items: [] });
    await moderate(written.id, { moderationStatus: 'approved' });
    expect(await market.takeMails()).toMatchObject([
      { type: 'review.approved', payload: { authorId: market.client.id, listing: { id } } },
      { type: 'review.new', payload: { ownerId: market.owner.id, review: { id: written.id } } },
    ]);
    expect(await read()).toMatchObject({ total: 1, items: [{ authorName: 'Cleo Client', rating: 4 }] });
    await moderate(written.id, { moderationStatus: 'approved' });
    expect(await types()).toEqual([]);
  });

  it('that is rejected stays hidden, and its author learns why', async () => {
    const { id } = await market.publish('locations');
    const written = await review(market.client, id);
    await market.takeMails();
    await moderate(written.id, { moderationStatus: 'rejected', reason: 'Please leave names out of it.' });
    expect(await market.takeMails()).toMatchObject([
      { type: 'review.rejected', payload: { authorId: market.client.id, reason: 'Please leave names out of it.' } },
    ]);
  });

  it('that is changed waits again; the owner is told of it only once', async () => {
    const { id } = await market.publish('locations');
    const written = await review(market.client, id);
    await moderate(written.id, { moderationStatus: 'approved' });
    // What was sent stays in the outbox for a while: here it is what makes the second time silent.
    const changed = await review(market.client, id, 'On second thoughts even better.', 5);
    expect(changed).toMatchObject({ id: written.id, moderationStatus: 'pending', rating: 5 });
    await moderate(written.id, { moderationStatus: 'approved' });
    expect((await types()).sort()).toEqual([
      'admin.review.pending',
      'admin.review.pending',
      'review.approved',
      'review.approved',
      'review.new',
    ]);
  });

  it('is verified when its author’s booking is over', async () => {
    const { id } = await market.publish('locations');
    await market.payload.create({
      collection: 'bookings',
      data: {
        kind: 'locations',
        listingId: id,
        type: 'stay',
        status: 'confirmed',
        client: market.client.id,
        owner: market.owner.id,
        seats: 1,
        startsAt: hoursFromNow(-5),
        endsAt: hoursFromNow(-1),
        timeZone: 'Europe/Bucharest',
      },
      context: silentContext,
    });
    expect(await review(market.client, id)).toMatchObject({ verified: true });
    expect(await review(await market.person(), id)).toMatchObject({ verified: false });
  });

  it('is not written about one’s own listing, nor twice at once, nor about what is not public', async () => {
    const { id } = await market.publish('locations');
    await expect(review(market.owner, id)).rejects.toMatchObject({ code: 'forbidden' });
    await Promise.allSettled([review(market.client, id), review(market.client, id), review(market.client, id)]);
    const { totalDocs } = await market.payload.count({ collection: 'reviews', where: { listingId: { equals: id } } });
    expect(totalDocs).toBe(1);
    const { id: hidden } = await market.publish('locations', { moderationStatus: 'draft', _status: 'draft' });
    await expect(review(market.client, hidden)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('that is rolled back or seeded tells nobody', async () => {
    const { id } = await market.publish('locations');
    const req = await market.requestOf(market.client);
    await initTransaction(req);
    const listing = { kind: 'locations' as const, id };
    await writeReview({ req, user: market.client, listing, rating: 5, text: 'Never written.' });
    await killTransaction(req);
    await market.payload.create({
      collection: 'reviews',
      data: {
        kind: 'locations',
        listingId: id,
        author: market.client.id,
        rating: 5,
        text: 'From the seed.',
        moderationStatus: 'approved',
      },
      context: silentContext,
    });
    expect(await types()).toEqual([]);
  });

  it('approved by two moderators at once is told once', async () => {
    const { id } = await market.publish('locations');
    const written = await review(market.client, id);
    await market.takeMails();
    await Promise.all([1, 2, 3].map(() => moderate(written.id, { moderationStatus: 'approved' })));
    expect(await types()).toEqual(['review.approved', 'review.new']);
  });

  it('comes over HTTP from a person', async () => {
    const { id } = await market.publish('locations');
    const token = await market.tokenOf(await market.person());
    const body = { kind: 'locations', listingId: id, rating: 3, text: 'Neither good nor bad.' };
    const refused = await call(routes.review, { token, body: { ...body, form: { ...humanForm(), homepage: 'x' } } });
    expect([refused.status, codeOf(refused.body)]).toEqual([400, 'not-human']);
    const half = await call(routes.review, { token, body: { ...body, rating: 3.5, form: humanForm() } });
    expect([half.status, codeOf(half.body)]).toEqual([400, 'invalid-input']);
    const made = await call(routes.review, { token, body: { ...body, form: humanForm() } });
    expect(made).toMatchObject({ status: 201, body: { moderationStatus: 'pending' } });
  });

  it('is taken back by its author alone, tells nobody, and comes back with new words', async () => {
    const { id, slug } = await market.publish('locations');
    const { id: elsewhere } = await market.publish('locations');
    const [author, other] = [await market.person(), await market.person()];
    const written = await review(author, id);
    await review(author, elsewhere);
    await moderate(written.id, { moderationStatus: 'approved' });
    await market.takeMails();
    const withdraw = async (user: User, listingId = id) =>
      call(routes.withdraw, { token: await market.tokenOf(user), body: { kind: 'locations', listingId } });
    const visible = async () =>
      listingReviewsSchema.parse(
        (await call(routes.reviews, { method: 'GET', params: { kind: 'locations', slug: slug ?? '' } })).body,
      ).total;

    const refused = await withdraw(other);
    expect([refused.status, codeOf(refused.body), await visible()]).toEqual([404, 'not-found', 1]);
    expect(await withdraw(author)).toMatchObject({ status: 200, body: { done: true } });
    expect(await visible()).toBe(0);
    expect((await withdraw(author)).status).toBe(404);
    expect(await types()).toEqual([]);
    const { rows } = await market.pool.query(
      'SELECT listing_id FROM reviews WHERE author_id = $1 AND deleted_at IS NULL',
      [author.id],
    );
    expect(rows.map(({ listing_id: left }) => Number(left))).toEqual([elsewhere]);

    expect(await review(author, id, 'Said in another way.')).toMatchObject({
      id: written.id,
      moderationStatus: 'pending',
    });
    expect((await call(routes.withdraw, { body: { kind: 'locations', listingId: id } })).status).toBe(401);
    const wrong = await call(routes.withdraw, { token: await market.tokenOf(author), body: { kind: 'rooms' } });
    expect([wrong.status, codeOf(wrong.body)]).toEqual([400, 'invalid-input']);
  });
});

const unclaimed = (changes = {}) => market.publish('locations', { owner: null, claimStatus: 'unclaimed', ...changes });

const claim = async (user: User, id: number) =>
  claims.submitClaim({
    req: await market.requestOf(user),
    user,
    listing: { kind: 'locations', id },
    text: 'My name is on the door, and on the bell.',
  });

const decide = (id: number, status: 'approved' | 'rejected', reason?: string) =>
  market.payload.update({
    collection: 'claims',
    id,
    data: { status, reason: reason ?? null },
    ...as(market.moderator),
  });

const ownerOf = async (id: number) => {
  const live = await market.payload.findByID({ collection: 'locations', id, depth: 0 });
  const newest = await market.payload.findByID({ collection: 'locations', id, depth: 0, draft: true });
  expect([newest.owner, newest.claimStatus]).toEqual([live.owner, live.claimStatus]);
  return { owner: live.owner, claimStatus: live.claimStatus, title: live.title, status: live._status };
};

describe('a claim', () => {
  it('waits for staff; approved, the listing is the claimant’s in every version, and others’ claims fall', async () => {
    const { id, title } = await unclaimed();
    await market.payload.update({ collection: 'locations', id, data: { title: 'Not yet approved' }, draft: true });
    const [claimant, rival] = [await market.person(), await market.person()];
    const wanted = await claim(claimant, id);
    await claim(rival, id);
    expect(await ownerOf(id)).toMatchObject({ owner: null, claimStatus: 'pending' });
    expect((await market.takeMails()).map(({ type, payload }) => [type, payload['claimantName']])).toEqual([
      ['admin.claim.pending', claimant.displayName],
      ['admin.claim.pending', rival.displayName],
    ]);
    await decide(wanted.id, 'approved');
    expect(await ownerOf(id)).toEqual({ owner: claimant.id, claimStatus: 'claimed', title, status: 'published' });
    const mails = await market.takeMails();
    expect(mails.map(({ type }) => type).sort()).toEqual(['claim.approved', 'claim.rejected', 'user.welcome.host']);
    expect(mails.find(({ type }) => type === 'claim.rejected')?.payload).toMatchObject({ claimantId: rival.id });
    const owner = await market.payload.findByID({ collection: 'users', id: claimant.id });
    expect(owner.roles).toContain('host');
    const mine = await market.payload.update({
      collection: 'locations',
      id,
      data: { summary: 'Now mine to describe.' },
      ...as(owner),
    });
    expect(mine.summary).toBe('Now mine to describe.');
  });

  it('that is rejected leaves the listing to others, and is not decided again', async () => {
    const { id } = await unclaimed();
    const wanted = await claim(await market.person(), id);
    await market.takeMails();
    await decide(wanted.id, 'rejected', 'The bell says another name.');
    expect(await market.takeMails()).toMatchObject([
      { type: 'claim.rejected', payload: { reason: 'The bell says another name.' } },
    ]);
    expect(await ownerOf(id)).toMatchObject({ owner: null, claimStatus: 'unclaimed' });
    await expect(decide(wanted.id, 'approved')).rejects.toThrow('decided already');
  });

  it('of two that are approved at once wins one', async () => {
    const { id } = await unclaimed();
    const people = [await market.person(), await market.person()];
    const made = [await claim(people[0] as User, id), await claim(people[1] as User, id)];
    await market.takeMails();
    const results = await Promise.allSettled(made.map((one) => decide(one.id, 'approved')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const mails = await market.takeMails();
    expect(mails.filter(({ type }) => type === 'claim.approved')).toHaveLength(1);
    const winner = mails.find(({ type }) => type === 'claim.approved')?.payload['claimantId'];
    expect(await ownerOf(id)).toMatchObject({ owner: winner });
  });

  it('whose hand-over fails is not approved, and nobody is told', async () => {
    const { id } = await unclaimed();
    const wanted = await claim(await market.person(), id);
    await market.takeMails();
    await market.pool.query("UPDATE locations SET claim_status = 'claimed' WHERE id = $1", [id]);
    await expect(decide(wanted.id, 'approved')).rejects.toThrow('has an owner already');
    expect(await market.payload.findByID({ collection: 'claims', id: wanted.id })).toMatchObject({ status: 'pending' });
    expect(await types()).toEqual([]);
  });

  it('of what has an owner, or of the same person twice, is refused', async () => {
    const { id: owned } = await market.publish('locations');
    const person = await market.person();
    await expect(claim(person, owned)).rejects.toMatchObject({ code: 'conflict' });
    const { id } = await unclaimed();
    await claim(person, id);
    await expect(claim(person, id)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('an invitation', () => {
  const publishByStaff = async (changes: Partial<Location> = {}) => {
    const like = await market.publish('locations', { moderationStatus: 'draft', _status: 'draft' });
    return market.payload.create({
      collection: 'locations',
      data: {
        title: `Found on a walk ${like.id}`,
        slug: '',
        summary: 'A courtyard that nobody has listed yet.',
        type: like.type,
        city: market.city,
        claimStatus: 'unclaimed',
        contact: { email: 'courtyard@example.com' },
        moderationStatus: 'approved',
        ...changes,
      } as Location,
      ...as(market.moderator),
    });
  };

  it('goes to the address of an unclaimed listing that staff publish, in its language, and once', async () => {
    const listing = await publishByStaff();
    expect(listing.owner ?? null).toBeNull();
    expect(await market.takeMails()).toMatchObject([
      {
        type: 'listing.claim.invitation',
        payload: { listing: { id: listing.id }, email: 'courtyard@example.com', locale: 'ro' },
      },
    ]);
    const save = (data: Partial<Location>) =>
      market.payload.update({ collection: 'locations', id: listing.id, data, ...as(market.moderator) });
    await save({ summary: 'A courtyard with a fig tree.' });
    await save({ moderationStatus: 'rejected' });
    await save({ moderationStatus: 'approved' });
    expect(await types()).toEqual([]);
  });

  it('goes to nobody for a draft, a listing with an owner, without an address, or from the seed', async () => {
    await publishByStaff({ moderationStatus: 'draft' });
    await publishByStaff({ contact: {} });
    await publishByStaff({ claimStatus: 'claimed', owner: market.owner.id });
    await unclaimed({ contact: { email: 'seeded@example.com' } });
    expect((await types()).filter((type) => type === 'listing.claim.invitation')).toEqual([]);
  });

  it('hands the listing to who holds its token: once, in time, and not by guessing', async () => {
    const listing = await publishByStaff();
    const token = String((await market.takeMails())[0]?.payload['token']);
    const { rows } = await market.pool.query('SELECT token_hash FROM claims WHERE listing_id = $1', [listing.id]);
    expect(rows[0].token_hash).not.toContain(token);
    const person = await market.person();
    const session = await market.tokenOf(person);
    const guess = await call(routes.accept, { token: session, body: { token: `${token.slice(0, -1)}x` } });
    expect([guess.status, codeOf(guess.body)]).toEqual([400, 'invalid-token']);
    const anonymous = await call(routes.accept, { body: { token } });
    expect(anonymous.status).toBe(401);
    const accepted = await call(routes.accept, { token: session, body: { token } });
    expect(accepted).toMatchObject({ status: 200, body: { kind: 'locations', listingId: listing.id } });
    expect(await ownerOf(listing.id)).toMatchObject({ owner: person.id, claimStatus: 'claimed' });
    expect((await types()).sort()).toEqual(['claim.approved', 'user.welcome.host']);
    const again = await call(routes.accept, { token: session, body: { token } });
    expect([again.status, codeOf(again.body)]).toEqual([400, 'invalid-token']);
  });

  it('is worth nothing when its time is over', async () => {
    const listing = await publishByStaff();
    const token = String((await market.takeMails())[0]?.payload['token']);
    await market.pool.query('SELECT worker_expire_tokens($1)', [hoursFromNow(61 * 24)]);
    const answer = await call(routes.accept, { token: await market.tokenOf(market.client), body: { token } });
    expect(codeOf(answer.body)).toBe('invalid-token');
    expect(await ownerOf(listing.id)).toMatchObject({ owner: null });
  });
});
