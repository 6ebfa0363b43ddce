import {
  listingCreateSchema,
  listingMoveSchema,
  listingSaveSchema,
  type OwnListing,
  ownListingSchema,
  type SavedListing,
  savedListingSchema,
} from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import type { ListingKind } from '@convene/common/listings';
import type { PayloadRequest } from 'payload';
import { audienceOf } from '../../collections/Events/audience';
import { contentOf, picturesOf } from '../../collections/Listings/own/contentOf';
import { findOwn, type Listing } from '../../collections/Listings/own/findOwn';
import { moveOwn } from '../../collections/Listings/own/moveOwn';
import { createOwn, saveOwn } from '../../collections/Listings/own/saveOwn';
import type { User } from '../../payload-types';
import { localRequest } from '../../utils/payload';
import { sqlOfRequest } from '../../utils/sqlOfRequest';
import { requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler, readJson } from '../http';
import { listingLimit } from '../limits';
import { signedIn } from '../signedIn';
import { type OwnListingPath, ownListingOfPath } from './ownListingPath';

/** A description of its greatest length, with a node around each few words. */
const MAX_LISTING_BYTES = 600_000;

const saved = (kind: ListingKind, { id, updatedAt, moderationStatus }: Listing): SavedListing =>
  savedListingSchema.parse({ kind, id, updatedAt: new Date(updatedAt).toISOString(), moderationStatus });

/** POST /api/account/listings */
export const createListing: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, listingLimit);
  const { listing, submit } = await readJson(request, listingCreateSchema, { maxBytes: MAX_LISTING_BYTES });
  return jsonAnswer(saved(listing.kind, await createOwn({ req, user, input: listing, submit })), 201);
};

/** GET /api/account/listings/:kind/:id */
export const ownListing: RouteHandler<OwnListingPath> = async (request, { params }) => {
  const user = await requireUser(request);
  return jsonAnswer(await readOwnListing(await localRequest(user), user, await ownListingOfPath(params)));
};

/** POST /api/account/listings/:kind/:id */
export const saveListing: RouteHandler<OwnListingPath> = async (request, { params }) => {
  const { user, req } = await signedIn(request, listingLimit);
  const { kind, id } = await ownListingOfPath(params);
  const { listing, submit, expected } = await readJson(request, listingSaveSchema, { maxBytes: MAX_LISTING_BYTES });
  if (listing.kind !== kind) {
    throw new ConveneError('invalid-input', 'The listing is of another kind.', {
      issues: [{ path: 'listing.kind', message: `must be ${kind}` }],
    });
  }
  const doc = await saveOwn({ req, user, id, input: listing, submit, expected: new Date(expected) });
  return jsonAnswer(saved(kind, doc));
};

/** POST /api/account/listings/:kind/:id/move: from visitors, into the bin, out of it. */
export const moveListing: RouteHandler<OwnListingPath> = async (request, { params }) => {
  const { user, req } = await signedIn(request, listingLimit);
  const { to } = await readJson(request, listingMoveSchema);
  await moveOwn({ req, user, ...(await ownListingOfPath(params)), to });
  return jsonAnswer({});
};

/** @throws ConveneError not-found for a listing of somebody else's */
export const readOwnListing = async (
  req: PayloadRequest,
  user: User,
  { kind, id }: { kind: ListingKind; id: number },
): Promise<OwnListing> => {
  const doc = await findOwn(req, { kind, id, user });
  const sql = await sqlOfRequest(req);
  const { rows } = await sql.query<{ isLive: boolean }>(
    `SELECT coalesce(_status = 'published' AND moderation_status = 'approved', false) AS "isLive"
     FROM ${kind} WHERE id = $1`,
    [id],
  );
  const isLive = rows[0]?.isLive ?? false;
  return ownListingSchema.parse({
    id,
    slug: doc.slug ?? '',
    listing: contentOf(kind, doc),
    pictures: picturesOf(doc),
    moderationStatus: doc.moderationStatus,
    rejectionReason: doc.moderationStatus === 'approved' ? null : (doc.rejectionReason ?? null),
    isLive,
    isBesideLive: isLive && doc._status !== 'published',
    updatedAt: new Date(doc.updatedAt).toISOString(),
    tier: doc.tier,
    event: kind === 'events' ? await eventOf(req, { id, isLive }) : null,
  });
};

const eventOf = async (
  req: PayloadRequest,
  { id, isLive }: { id: number; isLive: boolean },
): Promise<OwnListing['event']> => {
  const sql = await sqlOfRequest(req);
  const { rows } = await sql.query<{ cancelledAt: Date | string | null; isOver: boolean; participants: number }>(
    `SELECT cancelled_at AS "cancelledAt", coalesce(ends_at <= now(), true) AS "isOver",
            (SELECT count(*)::int FROM bookings
             WHERE kind = 'events' AND listing_id = event.id AND status = 'confirmed') AS participants
     FROM events AS event WHERE id = $1`,
    [id],
  );
  const event = rows[0];
  if (!event) return null;
  return {
    cancelledAt: event.cancelledAt ? new Date(event.cancelledAt).toISOString() : null,
    isOn: isLive && !event.cancelledAt && !event.isOver,
    participants: event.participants,
    audience: (await audienceOf(sql, id)).length,
  };
};
