import { type ListingCard, type ListingDetail, listingCardSchema } from '@convene/common/api';
import { eventStatusAt, type ListingKind } from '@convene/common/listings';
import { findOwn, type Listing } from '../../collections/Listings/own/findOwn';
import { localRequest } from '../../utils/payload';
import { requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler } from '../http';
import { detailWithCard, imageOf } from '../listings/listing';
import { type OwnListingPath, ownListingOfPath } from './ownListingPath';

/** GET /api/account/listings/:kind/:id/preview: the newest version as visitors would see it, for its owner alone. */
export const preview: RouteHandler<OwnListingPath> = async (request, { params }) => {
  const user = await requireUser(request);
  const { kind, id } = await ownListingOfPath(params);
  const doc = await findOwn(await localRequest(user), { kind, id, user });
  const detail: ListingDetail = await detailWithCard(cardOfDraft(kind, doc, new Date()), doc);
  return jsonAnswer({ listing: detail });
};

const filled = <T extends object>(related: number | T | null | undefined): T | null =>
  related !== null && typeof related === 'object' ? related : null;

/** Reviews and ranks belong to what is live; a draft has none. */
const cardOfDraft = (kind: ListingKind, doc: Listing, now: Date): ListingCard => {
  const { amountMinor, currency, unit } = doc.price ?? {};
  const cover = filled(doc.cover);
  return listingCardSchema.parse({
    kind,
    id: doc.id,
    slug: doc.slug || 'preview',
    title: doc.title ?? '',
    summary: doc.summary ?? '',
    city: filled(doc.city),
    type: filled(doc.type),
    image: cover ? imageOf(cover, doc) : null,
    price: typeof amountMinor === 'number' && unit ? { amountMinor, currency: currency ?? 'EUR', unit } : null,
    tier: doc.tier ?? 'new',
    rating: null,
    capacity: 'capacity' in doc ? (doc.capacity ?? null) : null,
    point: typeof doc.longitude === 'number' && typeof doc.latitude === 'number' ? [doc.longitude, doc.latitude] : null,
    event: 'startsAt' in doc ? eventOf(doc, now) : null,
  });
};

type Times = {
  startsAt?: string | null;
  endsAt?: string | null;
  cancelledAt?: string | null;
  timeZone?: string | null;
};

const eventOf = ({ startsAt, endsAt, cancelledAt, timeZone }: Times, now: Date): ListingCard['event'] => {
  if (!startsAt || !endsAt) return null;
  const times = {
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
    cancelledAt: cancelledAt ? new Date(cancelledAt) : null,
  };
  return {
    startsAt: times.startsAt.toISOString(),
    endsAt: times.endsAt.toISOString(),
    timeZone: timeZone ?? 'UTC',
    status: eventStatusAt(times, now),
  };
};
