import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DecisionInput, Subject } from '../src/dashboards/moderation/subjects';
import type { User } from '../src/payload-types';
import { as, createMarket, hoursFromNow, type Market } from './marketFixture';
import { call } from './payloadHarness';

let market: Market;
let decide: typeof import('../src/dashboards/moderation/decide').decide;
let waiting: typeof import('../src/dashboards/moderation/waiting');
let route: typeof import('../src/app/api/moderation/route');

beforeAll(async () => {
  market = await createMarket();
  ({ decide } = await import('../src/dashboards/moderation/decide'));
  waiting = await import('../src/dashboards/moderation/waiting');
  route = await import('../src/app/api/moderation/route');
});
afterAll(() => market.dispose());
beforeEach(async () => {
  await market.takeMails();
});

const mailTypes = async () => (await market.takeMails()).map(({ type }) => type).sort();

/** What waits, made by its author, as the queue shows it. */
const submit: Record<Subject, () => Promise<number>> = {
  listing: async () => {
    const { payload, owner } = market;
    const live = await market.publish('locations');
    await payload.update({
      collection: 'locations',
      id: live.id,
      data: { title: 'With a new name', moderationStatus: 'pending' },
      ...as(owner),
    });
    return live.id;
  },
  review: async () => {
    const { id: listingId } = await market.publish('locations');
    const review = await market.payload.create({
      collection: 'reviews',
      data: {
        kind: 'locations',
        listingId,
        author: market.client.id,
        rating: 4,
        text: 'A fine place to be.',
        moderationStatus: 'pending',
      },
    });
    return review.id;
  },
  claim: async () => {
    const { id: listingId } = await market.publish('locations', { owner: null, claimStatus: 'unclaimed' });
    const claim = await market.payload.create({
      collection: 'claims',
      data: { kind: 'locations', listingId, claimant: market.client.id, text: 'It is mine.', status: 'pending' },
    });
    return claim.id;
  },
  verification: async () => {
    const { id: user } = await market.person();
    const request = await market.payload.create({
      collection: 'verifications',
      data: { user, legalName: 'Cleo Client', status: 'pending' },
    });
    return request.id;
  },
  report: async () => {
    const report = await market.payload.create({
      collection: 'reports',
      data: { subject: 'other', reason: 'spam', details: 'Look at this.', status: 'open' },
    });
    return report.id;
  },
  contact: async () => {
    const letter = await market.payload.create({
      collection: 'contact-messages',
      data: { name: 'Vera', email: 'vera@example.com', subject: 'Hello', text: 'Is there a ramp?', status: 'open' },
    });
    return letter.id;
  },
};

const inQueue = async (subject: Subject, id: number) => {
  const { items } = await waiting.listWaiting({ subject, page: 1, pageSize: 100 });
  return items.find((item) => item.id === id);
};

const inputFor = async (subject: Subject, id: number, decision: 'approve' | 'reject'): Promise<DecisionInput> => {
  const item = await inQueue(subject, id);
  if (!item) throw new Error(`${subject} ${id} does not wait`);
  return {
    subject,
    id,
    seen: item.seen,
    decision,
    ...(item.kind ? { kind: item.kind } : {}),
    ...(decision === 'reject' || subject === 'report' ? { reason: 'Because it is so.' } : {}),
  };
};

const actions = async (subjectId: number, collection: string) =>
  (
    await market.pool.query<{ action: string; reason: string | null }>(
      'SELECT action, reason FROM audit_log WHERE subject_collection = $1 AND subject_id = $2 ORDER BY id',
      [collection, String(subjectId)],
    )
  ).rows;

type Case = {
  subject: Subject;
  collection: 'locations' | 'reviews' | 'claims' | 'verifications' | 'reports' | 'contact-messages';
  approved: { doc: Record<string, unknown>; mails: string[]; action: string };
  rejected: { doc: Record<string, unknown>; mails: string[]; action: string };
};

const cases: Case[] = [
  {
    subject: 'listing',
    collection: 'locations',
    approved: {
      doc: { moderationStatus: 'approved', _status: 'published', title: 'With a new name' },
      mails: ['listing.approved'],
      action: 'approved',
    },
    // The live version stays as it was.
    rejected: {
      doc: { moderationStatus: 'approved', _status: 'published' },
      mails: ['listing.rejected'],
      action: 'rejected',
    },
  },
  {
    subject: 'review',
    collection: 'reviews',
    approved: { doc: { moderationStatus: 'approved' }, mails: ['review.approved', 'review.new'], action: 'approved' },
    rejected: {
      doc: { moderationStatus: 'rejected', reason: 'Because it is so.' },
      mails: ['review.rejected'],
      action: 'rejected',
    },
  },
  {
    subject: 'claim',
    collection: 'claims',
    approved: { doc: { status: 'approved' }, mails: ['claim.approved', 'user.welcome.host'], action: 'approved' },
    rejected: {
      doc: { status: 'rejected', reason: 'Because it is so.' },
      mails: ['claim.rejected'],
      action: 'rejected',
    },
  },
  {
    subject: 'verification',
    collection: 'verifications',
    approved: { doc: { status: 'approved' }, mails: ['account.verified'], action: 'approved' },
    rejected: {
      doc: { status: 'rejected', reason: 'Because it is so.' },
      mails: ['account.verification-rejected'],
      action: 'rejected',
    },
  },
  {
    subject: 'report',
    collection: 'reports',
    approved: { doc: { status: 'resolved', staffNote: 'Because it is so.' }, mails: [], action: 'resolved' },
    rejected: { doc: { status: 'dismissed', staffNote: 'Because it is so.' }, mails: [], action: 'dismissed' },
  },
  {
    subject: 'contact',
    collection: 'contact-messages',
    approved: { doc: { status: 'resolved' }, mails: [], action: 'resolved' },
    rejected: { doc: { status: 'dismissed', staffNote: 'Because it is so.' }, mails: [], action: 'dismissed' },
  },
];

describe.each(cases)('$subject', ({ subject, collection, approved, rejected }) => {
  it.each([
    ['approve', approved],
    ['reject', rejected],
  ] as const)('%s: the document, the mails and one row of the audit trail', async (decision, expected) => {
    const id = await submit[subject]();
    const input = await inputFor(subject, id, decision);
    await market.takeMails();
    await decide(await market.requestOf(market.moderator), input);
    expect(await market.payload.findByID({ collection, id, depth: 0 })).toMatchObject(expected.doc);
    expect(await mailTypes()).toEqual(expected.mails);
    expect(await actions(id, collection)).toEqual([{ action: expected.action, reason: input.reason ?? null }]);
    expect(await inQueue(subject, id)).toBeUndefined();
  });

  it('of two who decide at once one is told that the other was faster', async () => {
    const id = await submit[subject]();
    const [approve, reject] = [await inputFor(subject, id, 'approve'), await inputFor(subject, id, 'reject')];
    const results = await Promise.allSettled([
      decide(await market.requestOf(market.moderator), approve),
      decide(await market.requestOf(market.admin), reject),
    ]);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({ code: 'conflict', reason: 'decided' });
    expect(String(refused[0]?.reason.message)).toMatch(/^(Mo|Ada) was faster/);
    expect(await actions(id, collection)).toHaveLength(1);
  });
});

describe('the queue', () => {
  it('counts what waits, tells edits from new ones, and finds by text', async () => {
    const id = await submit.listing();
    const fresh = await market.payload.create({
      collection: 'locations',
      data: {
        title: 'A brand-new 100% place',
        slug: 'brand-new',
        summary: 'Nobody has seen it.',
        type: 1,
        city: market.city,
        owner: market.owner.id,
        moderationStatus: 'pending',
        tier: 'new',
        claimStatus: 'claimed',
      },
      draft: true,
    });
    const { bySubject } = await waiting.countWaiting();
    const { items, total } = await waiting.listWaiting({ subject: 'listing', page: 1, pageSize: 50 });
    expect(bySubject.listing.count).toBe(total);
    expect(items.find((item) => item.id === id)).toMatchObject({ isEdit: true, kind: 'locations' });
    expect(items.find((item) => item.id === fresh.id)).toMatchObject({ isEdit: false });
    expect(items.map(({ since }) => since.getTime())).toEqual(items.map(({ since }) => since.getTime()).sort());
    const found = await waiting.listWaiting({ text: '100% place', page: 1, pageSize: 50 });
    expect(found.items.map((item) => item.id)).toEqual([fresh.id]);
    expect((await waiting.listWaiting({ text: '100_ place', page: 1, pageSize: 50 })).total).toBe(0);
    const second = await waiting.listWaiting({ subject: 'listing', page: 2, pageSize: 1 });
    expect(second.items).toEqual([items[1]]);
    const behind = await waiting.listWaiting({ subject: 'listing', page: 99, pageSize: 1 });
    expect(behind).toMatchObject({ items: [items.at(-1)], page: total });
  });

  it('refuses to decide about what was changed since it was seen, and leaves it waiting', async () => {
    const id = await submit.listing();
    const input = await inputFor('listing', id, 'approve');
    await market.payload.update({
      collection: 'locations',
      id,
      data: { title: 'Another name still', moderationStatus: 'pending' },
      ...as(market.owner),
    });
    const attempt = decide(await market.requestOf(market.moderator), input);
    await expect(attempt).rejects.toMatchObject({ code: 'conflict', reason: 'changed' });
    expect(await inQueue('listing', id)).toBeDefined();
    expect(await actions(id, 'locations')).toEqual([]);
  });

  it('describes an edit by what differs from what visitors see', async () => {
    const id = await submit.listing();
    const { describe: describeItems } = await import('../src/dashboards/moderation/describe');
    const item = await inQueue('listing', id);
    const req = await market.requestOf(market.moderator);
    const [described] = await describeItems({ payload: market.payload, req }, item ? [item] : [], new Date());
    expect(described).toMatchObject({
      title: 'With a new name',
      badge: 'Edit of a live location',
      changes: [{ label: 'Title', after: 'With a new name' }],
      adminHref: `/admin/collections/locations/${id}`,
    });
    expect(described?.publicHref).toMatch(/\/locations\/locations-\d+$/);
  });
});

describe('POST /api/moderation', () => {
  const post = async (user: User | null, body: unknown) =>
    call(route, { body, ...(user ? { token: await market.tokenOf(user) } : {}) });

  it('is for staff, checks what it is given, and says what became of it', async () => {
    const id = await submit.report();
    const input = await inputFor('report', id, 'approve');
    expect((await post(null, input)).status).toBe(401);
    expect((await post(market.owner, input)).status).toBe(403);
    expect(await post(market.moderator, { ...input, reason: ' ' })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid-input', issues: [{ path: 'reason', message: 'must say why' }] } },
    });
    expect((await post(market.moderator, input)).status).toBe(200);
    expect(await post(market.moderator, input)).toMatchObject({
      body: { error: { reason: 'decided', message: 'You have resolved this already.' } },
    });
    expect(await post(market.admin, input)).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict', reason: 'decided', message: 'Mo was faster: this is resolved already.' } },
    });
  });
});

describe('what Postgres refuses', () => {
  it('is a clear conflict where staff confirm an overlapping booking by hand, also many at once', async () => {
    const { id: listingId } = await market.publish('locations');
    const times = { startsAt: hoursFromNow(30), endsAt: hoursFromNow(32), timeZone: 'Europe/Bucharest' };
    const bookings = [];
    for (const status of ['confirmed', 'requested'] as const) {
      bookings.push(
        await market.payload.create({
          collection: 'bookings',
          data: {
            kind: 'locations',
            listingId,
            ...times,
            type: 'stay',
            status,
            client: market.client.id,
            owner: market.owner.id,
            seats: 1,
          },
        }),
      );
    }
    const id = bookings[1]?.id ?? 0;
    const confirm = market.payload.update({
      collection: 'bookings',
      id,
      data: { status: 'confirmed' },
      ...as(market.moderator),
    });
    await expect(confirm).rejects.toMatchObject({ status: 409, isPublic: true, message: /That time is taken/ });
    const { errors } = await market.payload.update({
      collection: 'bookings',
      where: { id: { equals: id } },
      data: { status: 'confirmed' },
      ...as(market.moderator),
    });
    expect(errors).toEqual([{ id, isPublic: true, message: expect.stringMatching(/That time is taken/) }]);
    expect(await market.payload.findByID({ collection: 'bookings', id })).toMatchObject({ status: 'requested' });
    expect(await actions(id, 'bookings')).toEqual([]);
  });
});
