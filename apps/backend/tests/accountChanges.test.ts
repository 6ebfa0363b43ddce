import { errorAnswerSchema } from '@convene/common/errors';
import { initTransaction, killTransaction } from 'payload';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../src/payload-types';
import { as, createMarket, hoursFromNow, humanForm, type Market } from './marketFixture';
import { call, PASSWORD } from './payloadHarness';

let market: Market;
let routes: Awaited<ReturnType<typeof loadRoutes>>;

const loadRoutes = async () => ({
  email: await import('../src/app/api/account/email/route'),
  confirm: await import('../src/app/api/account/email/confirm/route'),
  reset: await import('../src/app/api/auth/reset/route'),
  close: await import('../src/app/api/account/delete/route'),
  account: await import('../src/app/api/account/route'),
  verification: await import('../src/app/api/verifications/route'),
  contact: await import('../src/app/api/contact/route'),
  report: await import('../src/app/api/report/route'),
});

beforeAll(async () => {
  market = await createMarket();
  routes = await loadRoutes();
});
afterAll(() => market.dispose());
beforeEach(() => market.pool.query('DELETE FROM notification_outbox'));

const codeOf = (body: unknown): string => errorAnswerSchema.parse(body).error.code;
const types = async (): Promise<string[]> => (await market.takeMails()).map(({ type }) => type);
const reload = (user: User) => market.payload.findByID({ collection: 'users', id: user.id, showHiddenFields: true });

describe('a new e-mail address', () => {
  it('becomes the account’s when its link is opened, and both addresses hear of it', async () => {
    const person = await market.person();
    const token = await market.tokenOf(person);
    const asked = await call(routes.email, { token, body: { email: 'New@Example.com', password: PASSWORD } });
    expect(asked).toMatchObject({ status: 202, body: {} });
    const [mail, ...others] = await market.takeMails();
    expect(mail).toMatchObject({
      type: 'user.email.confirm',
      payload: { userId: person.id, email: 'new@example.com' },
    });
    expect(others).toEqual([]);
    expect((await reload(person)).email).toBe(person.email);
    const link = String(mail?.payload['token']);
    expect((await reload(person)).pendingEmailTokenHash).not.toContain(link);
    expect((await call(routes.confirm, { body: { token: `${link}x` } })).status).toBe(400);
    expect((await call(routes.confirm, { body: { token: link } })).status).toBe(200);
    expect((await reload(person)).email).toBe('new@example.com');
    expect(await market.takeMails()).toMatchObject([
      { type: 'user.email.changed', payload: { oldEmail: person.email, newEmail: 'new@example.com' } },
    ]);
    expect(codeOf((await call(routes.confirm, { body: { token: link } })).body)).toBe('invalid-token');
  });

  it('needs the password, and tells nobody whether somebody else has it', async () => {
    const person = await market.person();
    const token = await market.tokenOf(person);
    const wrong = await call(routes.email, { token, body: { email: 'x@example.com', password: 'not the password' } });
    expect([wrong.status, codeOf(wrong.body)]).toEqual([401, 'wrong-credentials']);
    const taken = await call(routes.email, { token, body: { email: market.client.email, password: PASSWORD } });
    expect(taken).toMatchObject({ status: 202, body: {} });
    expect(await types()).toEqual([]);
  });

  it('that somebody takes before its link is opened is not given twice', async () => {
    const person = await market.person();
    const token = await market.tokenOf(person);
    await call(routes.email, { token, body: { email: 'wanted@example.com', password: PASSWORD } });
    const link = String((await market.takeMails())[0]?.payload['token']);
    await market.createUser({ email: 'wanted@example.com' });
    expect(codeOf((await call(routes.confirm, { body: { token: link } })).body)).toBe('invalid-token');
    expect((await reload(person)).email).toBe(person.email);
  });

  it('is not confirmed after a day', async () => {
    const person = await market.person();
    const token = await market.tokenOf(person);
    await call(routes.email, { token, body: { email: 'late@example.com', password: PASSWORD } });
    const link = String((await market.takeMails())[0]?.payload['token']);
    await market.pool.query('SELECT worker_expire_tokens($1)', [hoursFromNow(25)]);
    expect(codeOf((await call(routes.confirm, { body: { token: link } })).body)).toBe('invalid-token');
    expect((await reload(person)).pendingEmail ?? null).toBeNull();
  });
});

describe('a password', () => {
  it('that changes is told to the person, and to staff where it is one of theirs', async () => {
    const change = (user: User) =>
      market.payload.update({
        collection: 'users',
        id: user.id,
        data: { password: 'another-long-password' },
        ...as(user),
      });
    await change(await market.person());
    expect(await types()).toEqual(['user.reset.confirmed']);
    const moderator = await market.person(['moderator']);
    await change(moderator);
    const mails = await market.takeMails();
    expect(mails.map(({ type }) => type)).toEqual(['admin.password.changed', 'user.reset.confirmed']);
    expect(mails[0]?.payload).toEqual({ userId: moderator.id, displayName: moderator.displayName });
    await market.payload.update({ collection: 'users', id: moderator.id, data: { locale: 'ro' }, ...as(moderator) });
    expect(await types()).toEqual([]);
    const byList = {
      collection: 'users' as const,
      where: { id: { equals: moderator.id } },
      data: { password: 'by-way-of-a-list' },
    };
    await expect(market.payload.update({ ...byList, ...as(moderator) })).rejects.toMatchObject({ status: 403 });
    expect(await types()).toEqual([]);
    await market.payload.update(byList);
    expect(await types()).toEqual(['admin.password.changed', 'user.reset.confirmed']);
  });
});

describe('a password that is reset', () => {
  const resetTokenOf = async (user: User) => {
    await market.payload.forgotPassword({ collection: 'users', data: { email: user.email } });
    return String((await market.takeMails())[0]?.payload['token']);
  };

  it('is told in the transaction that sets it, to staff too where it is one of theirs', async () => {
    const moderator = await market.person(['moderator']);
    const token = await resetTokenOf(moderator);
    const req = await market.requestAs();
    await initTransaction(req);
    const data = { token, password: 'a-third-long-password' };
    await market.payload.resetPassword({ collection: 'users', data, overrideAccess: true, req });
    await killTransaction(req);
    expect(await types()).toEqual([]);
    await market.payload.resetPassword({ collection: 'users', data, overrideAccess: true });
    expect(await types()).toEqual(['admin.password.changed', 'user.reset.confirmed']);
  });

  it('ends a change of address that somebody had asked for with the old one', async () => {
    const { id, email } = await market.person();
    await market.pool.query(
      `UPDATE users SET pending_email = 'thief@example.com', pending_email_token_hash = 'hash',
                        pending_email_expires_at = now() + interval '1 day' WHERE id = $1`,
      [id],
    );
    const token = await market.payload.forgotPassword({ collection: 'users', data: { email }, disableEmail: true });
    expect((await call(routes.reset, { body: { token, password: 'a-third-long-password' } })).status).toBe(200);
    expect(await market.payload.findByID({ collection: 'users', id, showHiddenFields: true })).toMatchObject({
      pendingEmail: null,
      pendingEmailTokenHash: null,
    });
  });

  it('is told each time', async () => {
    const { email } = await market.person();
    for (const password of ['a-third-long-password', 'a-fourth-long-password']) {
      const token = await market.payload.forgotPassword({ collection: 'users', data: { email }, disableEmail: true });
      expect((await call(routes.reset, { body: { token, password } })).status).toBe(200);
    }
    expect(await types()).toEqual(['user.reset.confirmed', 'user.reset.confirmed']);
  });

  it('is not told where the mail can’t be written, and then is not set either', async () => {
    const person = await market.person();
    const token = await resetTokenOf(person);
    await market.pool.query('ALTER TABLE notification_outbox ADD CONSTRAINT no_more CHECK (false) NOT VALID');
    const attempt = await call(routes.reset, { body: { token, password: 'a-third-long-password' } });
    expect([attempt.status, codeOf(attempt.body)]).toEqual([500, 'internal']);
    await market.pool.query('ALTER TABLE notification_outbox DROP CONSTRAINT no_more');
    await market.tokenOf(person);
    expect(await types()).toEqual([]);
  });
});

describe('a verification', () => {
  it('is asked for once, decided by staff, and its decision is the account’s', async () => {
    const person = await market.person();
    const token = await market.tokenOf(person);
    const body = { legalName: 'Person\r\nOne', text: 'My register number is 12.', form: humanForm() };
    expect(await call(routes.verification, { token, body })).toMatchObject({
      status: 201,
      body: { status: 'pending' },
    });
    const again = await call(routes.verification, { token, body });
    expect([again.status, codeOf(again.body)]).toEqual([409, 'conflict']);
    const [mail] = await market.takeMails();
    expect(mail).toMatchObject({
      type: 'admin.verification.request',
      payload: { userId: person.id, displayName: person.displayName, note: 'My register number is 12.' },
    });
    expect((await reload(person)).verification).toBe('pending');
    const id = Number(mail?.payload['verificationId']);
    expect(await market.payload.findByID({ collection: 'verifications', id })).toMatchObject({
      legalName: 'Person One',
    });
    const decide = (status: 'approved' | 'rejected', reason = '') =>
      market.payload.update({ collection: 'verifications', id, data: { status, reason }, ...as(market.moderator) });
    await decide('rejected', 'The number is somebody else’s.');
    expect(await market.takeMails()).toMatchObject([
      {
        type: 'account.verification-rejected',
        payload: { userId: person.id, reason: 'The number is somebody else’s.' },
      },
    ]);
    await expect(decide('approved')).rejects.toThrow('decided already');
    expect((await reload(person)).verification).toBe('rejected');
    const second = await call(routes.verification, { token, body });
    await market.takeMails();
    await market.payload.update({
      collection: 'verifications',
      id: (second.body as { id: number }).id,
      data: { status: 'approved' },
      ...as(market.moderator),
    });
    expect(await types()).toEqual(['account.verified']);
    expect((await reload(person)).verification).toBe('verified');
  });
});

describe('a deleted account', () => {
  const withPast = async () => {
    const person = await market.person(['organizer', 'moderator']);
    const { book } = await import('../src/collections/Bookings/book');
    const { sendMessage } = await import('../src/collections/Messages/send');
    const event = await market.publish('events', { owner: person.id });
    const hall = await market.publish('locations');
    const req = await market.requestOf(person);
    await book({
      req: await market.requestOf(market.client),
      user: market.client,
      input: { kind: 'events', listingId: event.id, seats: 2 },
    });
    await book({
      req,
      user: person,
      input: {
        kind: 'locations',
        listingId: hall.id,
        seats: 1,
        startsAt: new Date(hoursFromNow(10)),
        endsAt: new Date(hoursFromNow(12)),
        note: 'It is for my own wedding.',
      },
    });
    const conversation = { kind: 'locations' as const, listingId: hall.id, clientId: person.id };
    await sendMessage({ req: await market.requestOf(person), user: person, conversation, text: 'My number is 0712.' });
    await market.takeMails();
    return { person, event, hall };
  };

  it('has lost what is personal, calls off what is to come, tells whom that concerns, and gets one last mail', async () => {
    const { person, event, hall } = await withPast();
    const token = await market.tokenOf(person);
    const wrong = await call(routes.close, { token, body: { password: 'not the password' } });
    expect([wrong.status, codeOf(wrong.body)]).toEqual([401, 'wrong-credentials']);
    expect((await call(routes.close, { token, body: { password: PASSWORD } })).status).toBe(200);
    const mails = await market.takeMails();
    expect(mails.map(({ type }) => type).sort()).toEqual(['account.deleted', 'booking.cancelled', 'booking.cancelled']);
    expect(mails.find(({ type }) => type === 'account.deleted')?.payload).toEqual({
      userId: person.id,
      email: person.email,
      name: person.displayName,
      locale: 'en',
    });
    const cancelled = mails.filter(({ type }) => type === 'booking.cancelled').map(({ payload }) => payload);
    expect(cancelled.map(({ recipientId, cancelledBy }) => [recipientId, cancelledBy]).toSorted()).toEqual(
      [
        [market.owner.id, 'client'],
        [market.client.id, 'owner'],
      ].toSorted(),
    );
    const { rows } = await market.pool.query(
      `SELECT account.email, account.display_name, account.hash, account.salt, account.deleted_at IS NOT NULL AS gone,
              (SELECT array_agg(value::text) FROM users_roles WHERE parent_id = account.id) AS roles,
              (SELECT count(*)::int FROM users_sessions WHERE _parent_id = account.id) AS sessions,
              (SELECT text FROM messages WHERE sender_id = account.id) AS said,
              (SELECT note FROM bookings WHERE client_id = account.id) AS note
       FROM users AS account WHERE id = $1`,
      [person.id],
    );
    expect(rows).toEqual([
      {
        email: `deleted-${person.id}@deleted.invalid`,
        display_name: 'Deleted account',
        hash: null,
        salt: null,
        gone: true,
        roles: ['client'],
        sessions: 0,
        said: '…',
        note: null,
      },
    ]);
    const listings = await market.pool.query('SELECT id FROM visible_listings WHERE id = $1 AND kind = $2', [
      event.id,
      'events',
    ]);
    expect(listings.rowCount).toBe(0);
    expect(await market.payload.findByID({ collection: 'locations', id: hall.id })).toMatchObject({ id: hall.id });
    expect((await call(routes.account, { method: 'GET', token })).status).toBe(401);
    await expect(
      market.payload.login({ collection: 'users', data: { email: person.email, password: PASSWORD } }),
    ).rejects.toThrow();
    await market.createUser({ email: person.email });
  });

  it('by an admin’s hand is the same', async () => {
    const { person } = await withPast();
    await market.payload.update({
      collection: 'users',
      id: person.id,
      data: { deletedAt: new Date().toISOString() },
      ...as(market.admin),
    });
    const mails = await market.takeMails();
    expect(mails.map(({ type }) => type).sort()).toEqual(['account.deleted', 'booking.cancelled', 'booking.cancelled']);
    const cancelled = mails.filter(({ type }) => type === 'booking.cancelled').map(({ payload }) => payload);
    expect(cancelled.map(({ cancelledBy }) => cancelledBy).toSorted()).toEqual(['client', 'owner']);
  });

  it('is not deleted where the change is rolled back, and the last admin’s not at all', async () => {
    const person = await market.person();
    const req = await market.requestOf(person);
    await initTransaction(req);
    await market.payload.update({
      collection: 'users',
      id: person.id,
      data: { deletedAt: new Date().toISOString() },
      req,
    });
    await killTransaction(req);
    expect((await reload(person)).email).toBe(person.email);
    const token = await market.tokenOf(market.admin);
    const answer = await call(routes.close, { token, body: { password: PASSWORD } });
    expect([answer.status, codeOf(answer.body)]).toEqual([409, 'conflict']);
    expect(await types()).toEqual([]);
  });
});

describe('the contact form', () => {
  const message = {
    name: 'Vera Visitor',
    email: 'Vera@Example.com',
    subject: 'Opening\r\nBcc: everybody@example.com',
    message: 'When do you open?\r\n\r\nVera',
  };

  it('is kept and mailed to staff, its subject one line', async () => {
    const answer = await call(routes.contact, { body: { ...message, form: humanForm() }, ip: '203.0.113.20' });
    expect(answer).toMatchObject({ status: 202, body: {} });
    const [mail] = await market.takeMails();
    expect(mail).toMatchObject({
      type: 'admin.contact',
      payload: {
        name: 'Vera Visitor',
        email: 'vera@example.com',
        subject: 'Opening Bcc: everybody@example.com',
        message: 'When do you open?\n\nVera',
      },
    });
    const id = Number(mail?.payload['contactMessageId']);
    expect(await market.payload.findByID({ collection: 'contact-messages', id })).toMatchObject({
      status: 'open',
      email: 'vera@example.com',
    });
  });

  it('refuses programs, floods and what is not valid, and keeps nothing of them', async () => {
    const ip = '203.0.113.21';
    const count = () => market.payload.count({ collection: 'contact-messages' });
    const before = await count();
    const program = await call(routes.contact, { body: { ...message, form: { stamp: '1.x' } }, ip });
    expect([program.status, codeOf(program.body)]).toEqual([400, 'not-human']);
    const invalid = await call(routes.contact, { body: { ...message, email: 'nowhere', form: humanForm() }, ip });
    expect([invalid.status, codeOf(invalid.body)]).toEqual([400, 'invalid-input']);
    const long = await call(routes.contact, {
      body: { ...message, message: 'x'.repeat(40_000), form: humanForm() },
      ip,
    });
    expect(long.status).toBe(413);
    const statuses: number[] = [];
    for (let tries = 0; tries < 4; tries += 1) {
      statuses.push((await call(routes.contact, { body: { ...message, form: { stamp: '' } }, ip })).status);
    }
    expect(statuses.at(-1)).toBe(429);
    expect(await count()).toEqual(before);
    expect(await types()).toEqual([]);
  });
});

describe('a report', () => {
  let next = 30;
  const report = async (body: Record<string, unknown>, token?: string) => {
    next += 1;
    return call(routes.report, {
      body: { reason: 'spam', details: 'Look at this.', form: humanForm(), ...body },
      ip: `203.0.113.${next}`,
      ...(token ? { token } : {}),
    });
  };

  it('of a listing and of a profile have mails of their own; a visitor’s has no name', async () => {
    const { id } = await market.publish('services');
    expect((await report({ subject: 'listing', kind: 'services', listingId: id })).status).toBe(202);
    const token = await market.tokenOf(market.client);
    expect((await report({ subject: 'profile', userId: market.owner.id, reason: 'fraud' }, token)).status).toBe(202);
    const mails = await market.takeMails();
    expect(mails).toMatchObject([
      {
        type: 'admin.listing.report',
        payload: { listing: { kind: 'services', id }, reporterName: null, reason: 'spam' },
      },
      {
        type: 'admin.profile.report',
        payload: { userId: market.owner.id, displayName: 'Olga Owner', reporterName: 'Cleo Client', reason: 'fraud' },
      },
    ]);
    const { docs } = await market.payload.find({ collection: 'reports', sort: 'id', depth: 0 });
    expect(docs).toMatchObject([
      { subject: 'listing', subjectKind: 'services', subjectId: id, reporter: null, status: 'open' },
      { subject: 'profile', subjectId: market.owner.id, reporter: market.client.id },
    ]);
  });

  it('of a message comes from its readers alone; of a review from whoever sees it', async () => {
    const { id } = await market.publish('services');
    const { sendMessage } = await import('../src/collections/Messages/send');
    const conversation = { kind: 'services' as const, listingId: id, clientId: market.client.id };
    const message = await sendMessage({
      req: await market.requestOf(market.client),
      user: market.client,
      conversation,
      text: 'Buy my pills.',
    });
    const { silentContext } = await import('../src/notifications/silence');
    const hidden = await market.payload.create({
      collection: 'reviews',
      data: {
        kind: 'services',
        listingId: id,
        author: market.client.id,
        rating: 1,
        text: 'Not approved yet.',
        moderationStatus: 'pending',
      },
      context: silentContext,
    });
    await market.takeMails();
    const body = { subject: 'message', messageId: message.id };
    expect((await report(body)).status).toBe(401);
    expect((await report(body, await market.tokenOf(await market.person()))).status).toBe(404);
    expect((await report({ subject: 'review', reviewId: hidden.id })).status).toBe(404);
    expect(await types()).toEqual([]);
    expect((await report(body, await market.tokenOf(market.owner))).status).toBe(202);
    expect((await report({ subject: 'other' })).status).toBe(202);
    expect((await market.takeMails()).map(({ type, payload }) => [type, payload['subject']])).toEqual([
      ['admin.report.new', 'message'],
      ['admin.report.new', 'other'],
    ]);
  });
});
