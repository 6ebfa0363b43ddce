import {
  type ListingContent,
  type ListingInput,
  listingInputSchema,
  type OwnListing,
  openForSubmission,
} from '@convene/common/api';
import { currencies, type ListingKind } from '@convene/common/listings';
import { isTimeZone } from '@convene/common/time';
import { instantOf, wallClockOf } from '../format/wallClock';
import { textOf } from './textOf';

/* The form of a listing: what its fields hold of a listing, and which listing was typed into them. */

export const listingFieldNames = [
  'title',
  'typeId',
  'summary',
  'description',
  'cityId',
  'address',
  'latitude',
  'longitude',
  'startsAt',
  'endsAt',
  'timeZone',
  'capacity',
  'facilityIds',
  'coverageArea',
  'amount',
  'currency',
  'unit',
  'email',
  'phone',
  'website',
  'gallery',
] as const;
export type ListingFieldName = (typeof listingFieldNames)[number];
export type ListingValues = Record<string, string | string[]>;

/** Which field an issue of the schema's belongs to. */
const fieldOfPath: Record<string, ListingFieldName> = {
  'price.amountMinor': 'amount',
  'price.currency': 'currency',
  'price.unit': 'unit',
  'contact.email': 'email',
  'contact.phone': 'phone',
  'contact.website': 'website',
  'point.0': 'longitude',
  'point.1': 'latitude',
  point: 'latitude',
};

export const fieldOfIssue = (path: string): ListingFieldName | undefined => {
  const own = path.replace(/^listing\./, '');
  return fieldOfPath[own] ?? listingFieldNames.find((name) => name === own.split('.')[0]);
};

/** "120.5" for 12,050 cents. */
const amountText = (minor: number | null): string =>
  minor === null ? '' : minor % 100 === 0 ? String(minor / 100) : (minor / 100).toFixed(2);

/** Cents of "120", "120.5" or "1 200,50"; null for an empty text, not a number for any other. */
export const minorOf = (text: string): number | null => {
  const typed = text.replace(/\s/g, '');
  if (typed === '') return null;
  const [, whole, fraction = ''] = /^(\d{1,8})(?:[.,](\d{1,2}))?$/.exec(typed) ?? [];
  return whole === undefined ? Number.NaN : Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
};

const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text.trim().replace(',', '.')));
const idOfText = (text: string): number | null => (text === '' ? null : Number(text));
const numberText = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);

/** What the fields hold at first. */
export const valuesOf = (content: ListingContent, pictures: OwnListing['pictures']): ListingValues => {
  const zone = isTimeZone(content.timeZone) ? content.timeZone : 'Europe/Bucharest';
  const clock = (moment: string | null) => (moment ? wallClockOf(new Date(moment), zone) : '');
  return {
    title: content.title,
    typeId: numberText(content.typeId),
    summary: content.summary,
    cityId: numberText(content.cityId),
    address: content.address,
    longitude: numberText(content.point?.[0]),
    latitude: numberText(content.point?.[1]),
    startsAt: clock(content.startsAt),
    endsAt: clock(content.endsAt),
    timeZone: content.timeZone,
    capacity: numberText(content.capacity),
    facilityIds: content.facilityIds.map(String),
    coverageArea: content.coverageArea,
    amount: amountText(content.price.amountMinor),
    currency: content.price.currency,
    unit: content.price.unit ?? '',
    email: content.contact.email,
    phone: content.contact.phone,
    website: content.contact.website,
    gallery: JSON.stringify(pictures.map(({ id, alt }) => ({ id, alt }))),
  };
};

export const emptyContent = (kind: ListingKind): ListingContent => ({
  kind,
  title: '',
  summary: '',
  description: null,
  typeId: null,
  cityId: null,
  address: '',
  point: null,
  contact: { email: '', phone: '', website: '' },
  price: { amountMinor: null, currency: currencies[0], unit: null },
  capacity: null,
  facilityIds: [],
  startsAt: null,
  endsAt: null,
  timeZone: 'Europe/Bucharest',
  coverageArea: '',
});

/** What was typed, to be shown again. */
export const typedOf = (form: FormData): ListingValues => ({
  ...Object.fromEntries(listingFieldNames.map((name) => [name, textOf(form, name)])),
  facilityIds: form.getAll('facilityIds').map(String),
});

const jsonOf = (text: string): unknown => {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    // Made by script; whatever else comes is no such thing, and the schema says so.
    return Number.NaN;
  }
};

export type ReadListing = { input: ListingInput } | { issues: { path: string }[] };

/** The listing that was typed, or which fields are at fault; with `submit` also those that are still empty. */
export const readListing = (
  form: FormData,
  { kind, submit, now }: { kind: ListingKind; submit: boolean; now: Date },
): ReadListing => {
  const text = (name: ListingFieldName) => textOf(form, name);
  const timeZone = text('timeZone');
  const moment = (name: 'startsAt' | 'endsAt') =>
    text(name) === '' || !isTimeZone(timeZone) ? null : (instantOf(text(name), timeZone)?.toISOString() ?? text(name));
  const [longitude, latitude] = [numberOf(text('longitude')), numberOf(text('latitude'))];
  const parsed = listingInputSchema.safeParse({
    kind,
    title: text('title'),
    summary: text('summary'),
    description: jsonOf(text('description')),
    typeId: idOfText(text('typeId')),
    cityId: idOfText(text('cityId')),
    address: text('address'),
    point: longitude === null && latitude === null ? null : [longitude, latitude],
    contact: { email: text('email').trim(), phone: text('phone'), website: text('website').trim() },
    price: { amountMinor: minorOf(text('amount')), currency: text('currency'), unit: text('unit') || null },
    gallery: jsonOf(text('gallery')) ?? [],
    ...(kind === 'locations'
      ? { capacity: numberOf(text('capacity')), facilityIds: form.getAll('facilityIds').map(Number) }
      : {}),
    ...(kind === 'events'
      ? { startsAt: moment('startsAt'), endsAt: moment('endsAt'), timeZone, capacity: numberOf(text('capacity')) }
      : {}),
    ...(kind === 'services' ? { coverageArea: text('coverageArea') } : {}),
  });
  if (!parsed.success) return { issues: parsed.error.issues.map(({ path }) => ({ path: path.map(String).join('.') })) };
  const open = submit ? openForSubmission(parsed.data, now) : [];
  return open.length > 0 ? { issues: open } : { input: parsed.data };
};
