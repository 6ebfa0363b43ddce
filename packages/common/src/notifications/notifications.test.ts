import { describe, expect, it } from 'vitest';
import { notificationJobId } from '../queues/index';
import {
  excerptOf,
  isNotificationType,
  MAX_EXCERPT_LENGTH,
  MAX_RECIPIENTS_PER_ROW,
  notificationSchemas,
  notificationTypes,
  periodInMailSchema,
  secretPayloadFields,
} from './index';

/** As the founding document lists them. */
const founding = `user.welcome user.welcome.client user.welcome.host user.welcome.organizer user.welcome.provider
  user.reset.start user.reset.confirmed message.new listing.approved listing.rejected listing.finished
  listing.recommended listing.search-stats listing.view-stats listing.claim.invitation account.verified
  account.verification-rejected account.deleted listing.favorited review.new review.approved review.rejected
  event.reminder.24h event.participation.reminder event.participation.confirmed admin.listing.pending
  admin.review.pending admin.user.new admin.report.new admin.password.changed admin.verification.request
  admin.digest.daily admin.listing.report admin.profile.report admin.contact admin.claim.pending claim.approved
  claim.rejected`.split(/\s+/);

describe('notifications', () => {
  it('have all 38 names of the founding document', () => {
    expect(founding).toHaveLength(38);
    expect(Object.keys(notificationTypes)).toEqual(expect.arrayContaining(founding));
  });

  it('can be enqueued only with a schema, under a known name', () => {
    expect(Object.keys(notificationSchemas).sort()).toEqual(Object.keys(notificationTypes).sort());
    expect(isNotificationType('user.welcome')).toBe(true);
    expect(isNotificationType('toString')).toBe(false);
  });

  it('refuse a payload that a mail could not be made of', () => {
    const schema = notificationSchemas['listing.rejected'];
    const listing = { kind: 'locations', id: 1, title: 'Loft', slug: 'loft' };
    expect(schema.safeParse({ ownerId: 1, listing, reason: '' }).success).toBe(true);
    expect(schema.safeParse({ ownerId: 1, listing: { ...listing, title: '' }, reason: '' }).success).toBe(false);
    expect(schema.safeParse({ ownerId: '1', listing, reason: '' }).success).toBe(false);
  });

  it('carry an address or a token only in the fields that a closed row loses', () => {
    const secrets: readonly string[] = secretPayloadFields;
    const telling = Object.entries(notificationSchemas).flatMap(([type, schema]) =>
      Object.keys(schema.shape)
        .filter((field) => /mail|token|secret|address|password/i.test(field))
        .map((field) => ({ type, field })),
    );
    expect(telling).toHaveLength(10);
    for (const { field } of telling) expect(secrets).toContain(field);
  });

  it('go to at most a hundred people by one row', () => {
    const schema = notificationSchemas['event.reminder.24h'].shape.userIds;
    const ids = Array.from({ length: MAX_RECIPIENTS_PER_ROW }, (_, index) => index + 1);
    expect(schema.safeParse(ids).success).toBe(true);
    expect(schema.safeParse([...ids, 101]).success).toBe(false);
    expect(schema.safeParse([]).success).toBe(false);
  });

  it.each([
    ['2026-03-01T18:00:00.000Z', 'Europe/Bucharest', true],
    ['2026-03-01T18:00:00+02:00', 'Europe/Bucharest', true],
    ['2026-03-01 18:00', 'Europe/Bucharest', false],
    ['2026-03-01T18:00:00', 'Europe/Bucharest', false],
    ['2026-03-01T18:00:00Z', 'Europe/Atlantis', false],
  ])('tell the time %s in %s: %s', (startsAt, timeZone, ok) => {
    expect(periodInMailSchema.safeParse({ startsAt, endsAt: startsAt, timeZone }).success).toBe(ok);
  });

  it('have job ids that BullMQ takes: no colon, not digits alone', () => {
    expect(notificationJobId('7f9c24e8-3b12-4fef-91e0-5a1d2c6f8b90')).toMatch(/^n-[0-9a-f-]{36}$/);
  });
});

describe('an excerpt', () => {
  it('is what was written, when that is short', () => {
    expect(excerptOf('  Hello,\nis it free? ')).toBe('Hello,\nis it free?');
  });

  it('is as long as a payload allows, by whole characters', () => {
    for (const text of ['a'.repeat(1_000), '🏡'.repeat(300), `a${'🏡'.repeat(300)}`]) {
      const excerpt = excerptOf(text);
      expect(excerpt.length).toBeGreaterThanOrEqual(MAX_EXCERPT_LENGTH - 1);
      expect(excerpt.length).toBeLessThanOrEqual(MAX_EXCERPT_LENGTH);
      expect(excerpt).toMatch(/(a|🏡)…$/u);
      expect(excerpt).not.toMatch(/\p{Cs}/u);
    }
  });
});
