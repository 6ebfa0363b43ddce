import { type ListingInput, openForSubmission } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import { type ListingKind, listingRoleByKind } from '@convene/common/listings';
import type { PayloadRequest } from 'payload';
import { isStaff } from '../../../access/isStaff';
import type { User } from '../../../payload-types';
import { inTransaction } from '../../../utils/inTransaction';
import { idOf } from '../../../utils/related';
import { sqlOfRequest } from '../../../utils/sqlOfRequest';
import { pictureTextsOf } from '../pictureTexts';
import { findOwn, type Listing, lockListing } from './findOwn';
import { checkReferences } from './references';

type Save = { req: PayloadRequest; user: User; input: ListingInput; submit: boolean; now?: Date };

/**
 * A new listing of this person, as a draft or to be approved.
 *
 * @throws ConveneError forbidden (reason needs-role), or invalid-input with the fields at fault
 */
export const createOwn = ({ req, user, input, submit, now = new Date() }: Save): Promise<Listing> =>
  inTransaction(req, async () => {
    requireRole(user, input.kind);
    await check({ req, user, input, submit, now, owned: [] });
    const whole = <T extends object>(own: T) => complete(input, { ...stateOf(submit), ...fieldsOf(input), ...own });
    const common = { req, overrideAccess: true, draft: true, depth: 0 } as const;
    switch (input.kind) {
      case 'locations':
        return req.payload.create({ ...common, collection: 'locations', data: whole(locationFields(input)) });
      case 'events':
        return req.payload.create({ ...common, collection: 'events', data: whole(eventFields(input)) });
      case 'services':
        return req.payload.create({ ...common, collection: 'services', data: whole(serviceFields(input)) });
    }
  });

/**
 * Saves an owner's changes as a draft beside what is live, or hands them to the moderators.
 *
 * @param options.expected the moment of the version that the owner has read
 * @throws ConveneError not-found for a listing of somebody else's, conflict (reason changed-meanwhile) where somebody has
 *   saved since, invalid-input with the fields at fault
 */
export const saveOwn = ({
  req,
  user,
  id,
  input,
  submit,
  expected,
  now = new Date(),
}: Save & { id: number; expected: Date }): Promise<Listing> =>
  inTransaction(req, async () => {
    const { kind } = input;
    await lockListing(req, { kind, id });
    const doc = await findOwn(req, { kind, id, user });
    if (new Date(doc.updatedAt).getTime() !== expected.getTime()) {
      throw new ConveneError('conflict', 'Somebody has saved this listing since you opened it.', {
        reason: 'changed-meanwhile',
      });
    }
    await check({ req, user, input, submit, now, owned: await picturesInVersions(req, { kind, id }) });
    if (input.kind === 'events' && input.capacity !== null) await checkSeats(req, id, input.capacity);
    // Without its slug Payload would make a new one of the title.
    const whole = <T extends object>(own: T) =>
      complete(input, { ...stateOf(submit), ...fieldsOf(input), slug: doc.slug, ...own });
    const common = { id, req, overrideAccess: true, draft: true, depth: 0 } as const;
    switch (input.kind) {
      case 'locations':
        return req.payload.update({ ...common, collection: 'locations', data: whole(locationFields(input)) });
      case 'events':
        return req.payload.update({ ...common, collection: 'events', data: whole(eventFields(input)) });
      case 'services':
        return req.payload.update({ ...common, collection: 'services', data: whole(serviceFields(input)) });
    }
  });

const requireRole = (user: User, kind: ListingKind): void => {
  const role = listingRoleByKind[kind];
  if (isStaff(user) || user.roles.includes(role)) return;
  throw new ConveneError('forbidden', `Listing ${kind} takes the role of a ${role}.`, { reason: 'needs-role' });
};

/** `routeToDraft` holds both to it, whoever saves. What was said about a version before is not said of this one. */
const stateOf = (submit: boolean) =>
  submit
    ? { moderationStatus: 'pending' as const, _status: 'draft' as const, rejectionReason: null }
    : { moderationStatus: 'draft' as const, _status: 'draft' as const };

const fieldsOf = ({
  title,
  summary,
  description,
  typeId,
  cityId,
  address,
  point,
  contact,
  price,
  gallery,
}: ListingInput) => ({
  title,
  summary,
  description,
  type: typeId ?? undefined,
  city: cityId ?? undefined,
  address,
  longitude: point?.[0] ?? null,
  latitude: point?.[1] ?? null,
  contact: { email: contact.email || null, phone: contact.phone, website: contact.website },
  price,
  gallery: gallery.map(({ id }) => id),
  pictureTexts: pictureTextsOf(gallery),
  cover: gallery[0]?.id ?? null,
});

type Of<Kind extends ListingKind> = Extract<ListingInput, { kind: Kind }>;

const locationFields = ({ capacity, facilityIds }: Of<'locations'>) => ({ capacity, facilities: facilityIds });
const eventFields = ({ startsAt, endsAt, timeZone, capacity }: Of<'events'>) => ({
  startsAt: startsAt ?? undefined,
  endsAt: endsAt ?? undefined,
  timeZone,
  capacity,
});
const serviceFields = ({ coverageArea }: Of<'services'>) => ({ coverageArea });

/** Fields of which a published listing has a value always, so that Payload's types know nothing of a draft without one. */
const emptied = (input: ListingInput): Record<string, null> => {
  const named = {
    type: input.typeId,
    city: input.cityId,
    ...(input.kind === 'events' ? { startsAt: input.startsAt, endsAt: input.endsAt } : {}),
  };
  return Object.fromEntries(Object.entries(named).flatMap(([name, value]) => (value === null ? [[name, null]] : [])));
};

const complete = <T extends object>(input: ListingInput, data: T): T => {
  Object.assign(data, emptied(input));
  return data;
};

const check = async ({ req, user, input, submit, now, owned }: Required<Save> & { owned: number[] }): Promise<void> => {
  const issues = [
    ...(submit ? openForSubmission(input, now) : []),
    ...(await checkReferences(await sqlOfRequest(req), { input, userId: user.id, owned })),
  ];
  if (issues.length > 0) throw new ConveneError('invalid-input', 'The listing is not complete.', { issues });
};

/** Postgres refuses it too, but only when the draft is published. */
const checkSeats = async (req: PayloadRequest, id: number, capacity: number): Promise<void> => {
  const { rows } = await (await sqlOfRequest(req)).query<{ taken: number }>(
    `SELECT coalesce(sum(seats), 0)::int AS taken FROM bookings
     WHERE kind = 'events' AND listing_id = $1::int AND status IN ('confirmed', 'completed')`,
    [id],
  );
  const taken = rows[0]?.taken ?? 0;
  if (taken <= capacity) return;
  const message = `${taken} seats are taken already.`;
  throw new ConveneError('invalid-input', message, { reason: 'seats-taken', issues: [{ path: 'capacity', message }] });
};

/** Pictures that stand in the public version or the newest one may stay, whoever has uploaded them. */
const picturesInVersions = async (
  req: PayloadRequest,
  { kind, id }: { kind: ListingKind; id: number },
): Promise<number[]> => {
  const versions = await Promise.all(
    [true, false].map((draft) =>
      req.payload.findByID({ collection: kind, id, draft, depth: 0, req, overrideAccess: true, disableErrors: true }),
    ),
  );
  return versions
    .flatMap((doc: Listing | null) => (doc ? [...(doc.gallery ?? []), doc.cover ?? null] : []))
    .map(idOf)
    .filter((media) => media !== null);
};
