import { type ListingKind, listingRoleByKind } from '@convene/common/listings';
import type { CollectionSlug, GlobalSlug } from 'payload';
import {
  admins,
  anyone,
  nobody,
  own,
  ownOrAdmins,
  ownOrStaff,
  signedIn,
  staff,
  staffAnd,
  whoeverLists,
} from './audiences';
import type { CollectionRules, FieldRule, GlobalRules } from './types';

/*
 * Who may do what, in one place: what `tests/accessMatrix.test.ts` holds the running backend to, by REST, GraphQL and
 * from inside, and what docs/access.md says (`pnpm docs:access`). It grants nothing itself. A new collection, global or
 * field without a rule here doesn't compile.
 */

/** As the row: whoever may read it reads this, whoever may write it writes this. */
const asRow: FieldRule = {};
/** Written by staff, where they may write the row. */
const byStaff: FieldRule = { create: staff, update: staff };
const byAdmins: FieldRule = { create: admins, update: admins };
/** Given when the row is made. */
const once: FieldRule = { update: nobody };
/** Written by Convene's own code alone. */
const byCode: FieldRule = { create: nobody, update: nobody };
const secret: FieldRule = { read: nobody, create: nobody, update: nobody };
const ofStaff: FieldRule = { ...byCode, read: staff };

const moments = { id: byCode, createdAt: byCode, updatedAt: byCode } as const;

const listingFields = {
  ...moments,
  deletedAt: asRow,
  _status: byStaff,
  title: asRow,
  summary: asRow,
  description: asRow,
  type: asRow,
  cover: asRow,
  gallery: asRow,
  pictureTexts: asRow,
  price: asRow,
  city: asRow,
  address: asRow,
  latitude: asRow,
  longitude: asRow,
  contact: asRow,
  slug: asRow,
  moderationStatus: byStaff,
  rejectionReason: { ...byStaff, read: ownOrStaff },
  owner: byStaff,
  tier: byStaff,
  claimStatus: byStaff,
  verified: byStaff,
  approvedAt: byCode,
  previousSlugs: byCode,
} as const;

/** What people delete goes into the bin, from where staff bring it back until its time is over. */
const binned = { delete: admins, trash: ownOrStaff, restore: staff } as const;

const listing = (kind: ListingKind) =>
  ({
    belongsTo: ['owner'],
    create: staffAnd(listingRoleByKind[kind]),
    read: { live: anyone, hidden: ownOrStaff, trashed: ownOrStaff },
    update: ownOrStaff,
    ...binned,
    readVersions: ownOrStaff,
    restoreVersion: staff,
    publish: staff,
    duplicate: staffAnd(listingRoleByKind[kind]),
  }) as const;

const taxonomy = {
  belongsTo: [],
  create: staff,
  read: { live: anyone },
  update: staff,
  delete: staff,
  duplicate: staff,
} as const;

/** Rows that people make at an endpoint, and staff decide about. */
const decided = { create: nobody, update: staff, delete: admins } as const;

/** Tables that Convene's own SQL writes. */
const system = {
  belongsTo: [],
  create: nobody,
  read: { live: staff },
  update: nobody,
  delete: nobody,
} as const;

const decisionFields = { reason: byStaff, decidedAt: byCode, decidedBy: ofStaff } as const;
const listingReference = { kind: once, listingId: once } as const;

export const accessTable = {
  locations: { ...listing('locations'), fields: { ...listingFields, capacity: asRow, facilities: asRow } },
  events: {
    ...listing('events'),
    fields: {
      ...listingFields,
      startsAt: asRow,
      endsAt: asRow,
      timeZone: asRow,
      status: byCode,
      cancelledAt: asRow,
      capacity: asRow,
    },
  },
  services: { ...listing('services'), fields: { ...listingFields, coverageArea: asRow } },
  media: {
    belongsTo: ['uploadedBy'],
    create: whoeverLists,
    read: { live: anyone, trashed: ownOrStaff },
    update: staff,
    ...binned,
    fields: {
      ...moments,
      deletedAt: asRow,
      alt: asRow,
      uploadedBy: byCode,
      url: byCode,
      thumbnailURL: byCode,
      filename: byCode,
      mimeType: byCode,
      filesize: byCode,
      width: byCode,
      height: byCode,
      focalX: asRow,
      focalY: asRow,
      sizes: byCode,
    },
  },
  users: {
    belongsTo: ['id'],
    create: admins,
    read: { live: ownOrStaff, trashed: staff },
    update: ownOrAdmins,
    delete: admins,
    trash: admins,
    restore: admins,
    unlock: admins,
    fields: {
      ...moments,
      deletedAt: asRow,
      collection: byCode,
      email: byAdmins,
      displayName: asRow,
      // No more than host, organizer and provider by oneself: see tests/attacks.
      roles: asRow,
      locale: asRow,
      bio: asRow,
      avatar: byCode,
      twoFactorSince: byCode,
      suspendedAt: byCode,
      suspensionReason: { ...byCode, read: staff },
      verification: { create: staff, update: staff },
      notificationPreferences: asRow,
      pendingEmail: byCode,
      pendingEmailTokenHash: secret,
      pendingEmailExpiresAt: secret,
      resetPasswordToken: secret,
      resetPasswordExpiration: secret,
      resetPasswordRequestedAt: secret,
      salt: secret,
      hash: secret,
      _verified: byAdmins,
      _verificationToken: secret,
      loginAttempts: secret,
      lockUntil: secret,
      sessions: { ...byCode, read: own },
      password: { read: nobody },
    },
  },
  cities: {
    ...taxonomy,
    fields: {
      ...moments,
      name: asRow,
      slug: asRow,
      country: asRow,
      timeZone: asRow,
      latitude: asRow,
      longitude: asRow,
    },
  },
  'listing-types': { ...taxonomy, fields: { ...moments, name: asRow, slug: asRow, kind: asRow } },
  facilities: { ...taxonomy, fields: { ...moments, name: asRow, slug: asRow } },
  reviews: {
    ...decided,
    belongsTo: ['author'],
    read: { live: anyone, hidden: ownOrStaff, trashed: ownOrStaff },
    ...binned,
    duplicate: nobody,
    fields: {
      ...moments,
      deletedAt: asRow,
      ...listingReference,
      author: once,
      rating: asRow,
      text: asRow,
      moderationStatus: byStaff,
      reason: { ...byStaff, read: ownOrStaff },
      verified: byCode,
      listingIsLive: byCode,
    },
  },
  favorites: {
    belongsTo: ['user'],
    create: nobody,
    read: { live: ownOrStaff },
    update: nobody,
    delete: ownOrStaff,
    fields: { ...moments, ...listingReference, user: once },
  },
  bookings: {
    ...decided,
    belongsTo: ['client', 'owner'],
    read: { live: ownOrStaff },
    fields: {
      ...moments,
      ...listingReference,
      type: byCode,
      status: byStaff,
      client: once,
      owner: once,
      seats: byCode,
      startsAt: once,
      endsAt: once,
      timeZone: once,
      price: byCode,
      note: once,
      reason: asRow,
      decidedAt: byCode,
      cancelledBy: byCode,
    },
  },
  messages: {
    belongsTo: ['client', 'owner'],
    create: nobody,
    read: { live: ownOrStaff },
    update: nobody,
    delete: admins,
    fields: {
      ...moments,
      ...listingReference,
      client: once,
      owner: once,
      sender: once,
      text: asRow,
      readAt: byCode,
      notificationId: secret,
    },
  },
  claims: {
    ...decided,
    belongsTo: ['claimant'],
    read: { live: ownOrStaff },
    fields: {
      ...moments,
      ...listingReference,
      ...decisionFields,
      claimant: once,
      text: once,
      status: byStaff,
      invitedEmail: ofStaff,
      tokenHash: secret,
      expiresAt: byCode,
    },
  },
  reports: {
    ...decided,
    belongsTo: ['reporter'],
    read: { live: staff },
    fields: {
      ...moments,
      subject: once,
      subjectKind: once,
      subjectId: once,
      reason: once,
      details: once,
      reporter: once,
      status: byStaff,
      staffNote: asRow,
      decidedAt: byCode,
      decidedBy: ofStaff,
    },
  },
  'contact-messages': {
    ...decided,
    belongsTo: ['user'],
    read: { live: staff },
    fields: {
      ...moments,
      name: once,
      email: once,
      subject: once,
      text: once,
      user: once,
      status: byStaff,
      staffNote: asRow,
      decidedAt: byCode,
      decidedBy: ofStaff,
    },
  },
  verifications: {
    ...decided,
    belongsTo: ['user'],
    read: { live: ownOrStaff },
    fields: {
      ...moments,
      ...decisionFields,
      user: once,
      legalName: once,
      text: once,
      website: once,
      status: byStaff,
    },
  },
  'audit-log': {
    belongsTo: [],
    create: nobody,
    // Moderators what they did themselves, which the table can't say of a number: see tests/auditTrail.
    read: { live: admins },
    update: nobody,
    delete: nobody,
    fields: {
      id: byCode,
      at: asRow,
      actorName: asRow,
      actorId: asRow,
      action: asRow,
      subjectCollection: asRow,
      subjectId: asRow,
      changes: asRow,
      reason: asRow,
    },
  },
  blocks: {
    belongsTo: ['blocker'],
    create: nobody,
    read: { live: ownOrStaff },
    update: nobody,
    delete: ownOrStaff,
    fields: { ...moments, blocker: once, blocked: once },
  },
  'metrics-daily': {
    ...system,
    fields: {
      ...moments,
      kind: asRow,
      listingId: asRow,
      day: asRow,
      views: asRow,
      impressions: asRow,
      favorites: asRow,
      bookings: asRow,
    },
  },
  aggregates: {
    ...system,
    fields: {
      ...moments,
      kind: asRow,
      listingId: asRow,
      views_7d: asRow,
      views_30d: asRow,
      views_all: asRow,
      impressions_7d: asRow,
      impressions_30d: asRow,
      impressions_all: asRow,
      favorites_7d: asRow,
      favorites_30d: asRow,
      favorites_all: asRow,
      bookings_7d: asRow,
      bookings_30d: asRow,
      bookings_all: asRow,
      reviewCount: asRow,
      ratingAverage: asRow,
      ratingBayesian: asRow,
      computedAt: asRow,
    },
  },
  'listing-rank': {
    ...system,
    fields: {
      id: byCode,
      kind: asRow,
      city: asRow,
      type: asRow,
      listingId: asRow,
      score: asRow,
      parts: asRow,
      computedAt: asRow,
    },
  },
  'flush-batches': {
    ...system,
    fields: { ...moments, counters: asRow, events: asRow, dropped: asRow, appliedAt: asRow, acknowledgedAt: asRow },
  },
  'counter-outbox': {
    ...system,
    fields: {
      ...moments,
      kind: asRow,
      listingId: asRow,
      metric: asRow,
      day: asRow,
      firstTriedAt: asRow,
      recordedAt: asRow,
      gaveUpAt: asRow,
    },
  },
  'notification-outbox': {
    ...system,
    fields: {
      ...moments,
      type: asRow,
      // Can hold tokens and addresses.
      payload: { read: nobody },
      recipients: { read: nobody },
      status: asRow,
      priority: asRow,
      notBefore: asRow,
      relayedAt: asRow,
      relayCount: asRow,
      firstAttemptAt: asRow,
      closedAt: asRow,
      error: asRow,
      traceParent: asRow,
    },
  },
  'notification-log': {
    ...system,
    fields: {
      ...moments,
      outboxId: asRow,
      recipientNo: asRow,
      type: asRow,
      recipient: asRow,
      userId: asRow,
      status: asRow,
      messageId: asRow,
      error: asRow,
      batchId: asRow,
      attemptedAt: asRow,
      settledAt: asRow,
      lastEvent: asRow,
      lastEventAt: asRow,
    },
  },
  'notification-batches': {
    ...system,
    fields: {
      ...moments,
      type: asRow,
      status: asRow,
      leader: asRow,
      entries: asRow,
      tries: asRow,
      firstTriedAt: asRow,
      lastTriedAt: asRow,
      settledAt: asRow,
      error: asRow,
    },
  },
  'notification-decisions': {
    ...system,
    fields: {
      ...moments,
      outboxId: asRow,
      type: asRow,
      decision: asRow,
      decidedBy: asRow,
      statusBefore: asRow,
      errorBefore: asRow,
    },
  },
  'webhook-events': {
    ...system,
    fields: { ...moments, type: asRow, messageId: asRow, logId: asRow, outcome: asRow, occurredAt: asRow },
  },
  suppressions: {
    ...system,
    // Staff suppress an address by hand, and lift what a bounce has done.
    create: staff,
    delete: staff,
    fields: { ...moments, email: asRow, reason: byCode, category: byCode, detail: asRow },
  },
  'job-runs': {
    ...system,
    fields: {
      ...moments,
      name: asRow,
      period: asRow,
      status: asRow,
      dueAt: asRow,
      startedAt: asRow,
      finishedAt: asRow,
      outcome: asRow,
      error: asRow,
    },
  },
  leases: { ...system, fields: { ...moments, name: asRow, holder: asRow, expiresAt: asRow } },
  'redis-usage': {
    ...system,
    fields: { ...moments, day: asRow, app: asRow, source: asRow, command: asRow, count: asRow },
  },
  'redis-usage-reports': { ...system, fields: { ...moments, app: asRow, commands: asRow } },
  'payload-kv': {
    ...system,
    read: { live: nobody },
    duplicate: nobody,
    fields: { id: byCode, key: asRow, data: asRow },
  },
  'payload-locked-documents': {
    belongsTo: ['user'],
    create: nobody,
    // Who edits what, for the admin's own pages.
    read: { live: whoeverLists },
    update: ownOrStaff,
    delete: ownOrStaff,
    duplicate: nobody,
    fields: { ...moments, document: asRow, globalSlug: asRow, user: asRow },
  },
  'payload-preferences': {
    belongsTo: ['user'],
    create: signedIn,
    read: { live: own },
    update: own,
    delete: own,
    duplicate: own,
    fields: { ...moments, user: byCode, key: asRow, value: asRow },
  },
  'payload-migrations': {
    ...system,
    read: { live: nobody },
    duplicate: nobody,
    fields: { ...moments, name: asRow, batch: asRow },
  },
} satisfies { [Slug in CollectionSlug]: CollectionRules<Slug> };

export const globalTable = {
  'feed-weights': {
    read: staff,
    update: admins,
    fields: {
      ...moments,
      rating: asRow,
      reviews: asRow,
      views: asRow,
      favorites: asRow,
      bookings: asRow,
      clickThrough: asRow,
    },
  },
} satisfies { [Slug in GlobalSlug]: GlobalRules<Slug> };

/** The rules of a collection, without knowing which. */
export type AnyRules = Omit<CollectionRules, 'belongsTo' | 'fields'> & {
  belongsTo: readonly string[];
  fields: Record<string, FieldRule>;
};

export const rulesOf = (slug: CollectionSlug): AnyRules => accessTable[slug];
