import { dateTimeFormat, numberFormat } from '@convene/common/formatters';
import { convertLexicalToPlaintext } from '@payloadcms/richtext-lexical/plaintext';
import { pictureText } from '../../collections/Listings/pictureTexts';
import type { Event, Location, Media, Service } from '../../payload-types';

export type ListingVersion = Location | Event | Service;

const nameOf = (related: unknown): string =>
  typeof related === 'object' && related !== null && 'name' in related ? String(related.name) : String(related ?? '');

const imageName = (listing: ListingVersion, image: number | Media | null | undefined): string => {
  if (image === null || image === undefined) return '';
  return typeof image === 'number'
    ? `Image ${image}`
    : `${pictureText(listing, image)} (${image.filename ?? image.id})`;
};

const momentIn = (timeZone: string, moment: string | null | undefined): string =>
  moment ? dateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone }).format(new Date(moment)) : '';

const priceText = ({ price }: ListingVersion): string => {
  if (price?.amountMinor === null || price?.amountMinor === undefined) return 'On request';
  const amount = numberFormat('en-GB', { style: 'currency', currency: price.currency ?? 'EUR' }).format(
    price.amountMinor / 100,
  );
  return price.unit ? `${amount} per ${price.unit}` : amount;
};

/** What a moderator reads of a listing, in the order in which they read it; empty texts are left out. */
const readers: [label: string, read: (listing: ListingVersion) => string][] = [
  ['Title', ({ title }) => title],
  ['Summary', ({ summary }) => summary],
  ['Description', ({ description }) => (description ? convertLexicalToPlaintext({ data: description }).trim() : '')],
  ['Type', ({ type }) => nameOf(type)],
  ['City', ({ city }) => nameOf(city)],
  ['Address', ({ address }) => address ?? ''],
  [
    'On the map',
    ({ latitude, longitude }) => (latitude == null || longitude == null ? '' : `${latitude}, ${longitude}`),
  ],
  ['Begins', (listing) => ('startsAt' in listing ? momentIn(listing.timeZone, listing.startsAt) : '')],
  ['Ends', (listing) => ('endsAt' in listing ? momentIn(listing.timeZone, listing.endsAt) : '')],
  ['Cancelled', (listing) => ('cancelledAt' in listing && listing.cancelledAt ? 'yes' : '')],
  ['Capacity', (listing) => ('capacity' in listing && listing.capacity ? String(listing.capacity) : '')],
  ['Facilities', (listing) => ('facilities' in listing ? (listing.facilities ?? []).map(nameOf).join(', ') : '')],
  ['Price', priceText],
  ['E-mail', ({ contact }) => contact?.email ?? ''],
  ['Telephone', ({ contact }) => contact?.phone ?? ''],
  ['Website', ({ contact }) => contact?.website ?? ''],
  ['Address of the page', ({ slug }) => slug],
  ['Cover', (listing) => imageName(listing, listing.cover)],
  ['Gallery', (listing) => (listing.gallery ?? []).map((image) => imageName(listing, image)).join('\n')],
];

/** What is shown elsewhere: the title above, the images as images. */
const shownElsewhere = new Set(['Title', 'Cover', 'Gallery', 'Address of the page']);

export const factsOf = (listing: ListingVersion): { label: string; text: string }[] =>
  readers
    .map(([label, read]) => ({ label, text: read(listing) }))
    .filter(({ label, text }) => text !== '' && !shownElsewhere.has(label));

/** What an edit would change of what visitors see. */
export const changesOf = (
  live: ListingVersion,
  edit: ListingVersion,
): { label: string; before: string; after: string }[] =>
  readers
    .map(([label, read]) => ({ label, before: read(live), after: read(edit) }))
    .filter(({ before, after }) => before !== after);

export const imagesOf = (listing: ListingVersion): { url: string; alt: string }[] =>
  [listing.cover, ...(listing.gallery ?? [])].flatMap((image) => {
    if (typeof image !== 'object' || image === null) return [];
    const url = image.sizes?.w400?.url ?? image.url;
    return url ? [{ url, alt: pictureText(listing, image) }] : [];
  });
