import { type ListingContent, listingContentSchema, type OwnPicture } from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import type { Media } from '../../../payload-types';
import { mediaUrl } from '../../../readModels/listingCards';
import { idOf } from '../../../utils/related';
import { pictureText } from '../pictureTexts';
import type { Listing } from './findOwn';

const iso = (moment: string | null | undefined): string | null => (moment ? new Date(moment).toISOString() : null);

/** A document of Payload's as its owner's form shows it. */
export const contentOf = (kind: ListingKind, doc: Listing): ListingContent =>
  listingContentSchema.parse({
    kind,
    title: doc.title ?? '',
    summary: doc.summary ?? '',
    description: doc.description ?? null,
    typeId: idOf(doc.type),
    cityId: idOf(doc.city),
    address: doc.address ?? '',
    point: typeof doc.longitude === 'number' && typeof doc.latitude === 'number' ? [doc.longitude, doc.latitude] : null,
    contact: {
      email: doc.contact?.email ?? '',
      phone: doc.contact?.phone ?? '',
      website: doc.contact?.website ?? '',
    },
    price: {
      amountMinor: doc.price?.amountMinor ?? null,
      currency: doc.price?.currency ?? 'EUR',
      unit: doc.price?.unit ?? null,
    },
    capacity: 'capacity' in doc ? (doc.capacity ?? null) : null,
    facilityIds: 'facilities' in doc ? (doc.facilities ?? []).map(idOf).filter((id) => id !== null) : [],
    startsAt: 'startsAt' in doc ? iso(doc.startsAt) : null,
    endsAt: 'endsAt' in doc ? iso(doc.endsAt) : null,
    timeZone: 'timeZone' in doc && doc.timeZone ? doc.timeZone : 'Europe/Bucharest',
    coverageArea: 'coverageArea' in doc ? (doc.coverageArea ?? '') : '',
  });

/** The smallest size that a form's preview needs. */
export const pictureOf = (media: Media, listing: Pick<Listing, 'pictureTexts'>): OwnPicture | null => {
  const { w400 } = media.sizes ?? {};
  const file = w400?.filename && w400.width && w400.height ? w400 : media;
  if (!file.filename || !file.width || !file.height) return null;
  return {
    id: media.id,
    alt: pictureText(listing, media),
    url: mediaUrl(file.filename),
    width: file.width,
    height: file.height,
  };
};

/** The gallery; of a listing that has none the picture on its cards. */
export const picturesOf = (doc: Listing): OwnPicture[] => {
  const gallery = doc.gallery?.length ? doc.gallery : [doc.cover];
  return gallery
    .map((media) => (media && typeof media === 'object' ? pictureOf(media, doc) : null))
    .filter((picture) => picture !== null);
};
