import { describe, expect, it } from 'vitest';
import { notificationJobId } from '../queues/index';
import { isNotificationType, notificationSchemas, notificationTypes } from './index';

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
    for (const type of Object.keys(notificationSchemas)) expect(notificationTypes).toHaveProperty([type]);
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

  it('have job ids that BullMQ takes: no colon, not digits alone', () => {
    expect(notificationJobId('7f9c24e8-3b12-4fef-91e0-5a1d2c6f8b90')).toMatch(/^n-[0-9a-f-]{36}$/);
  });
});
