import {
  claimStatuses,
  currencies,
  type ListingKind,
  moderationStatuses,
  priceUnits,
  tiers,
} from '@convene/common/listings';
import type { Field } from 'payload';
import { authorOrStaffField } from '../access/authorOrStaffField';
import { nobodyField } from '../access/nobodyField';
import { staffField } from '../access/staffField';
import { checkPictureTexts, validatePictureTexts } from '../collections/Listings/pictureTexts';
import { slugField } from './slugField';

/** What the three kinds of listing have in common; the tab in the middle holds what is the kind's own. */
export const listingFields = (kind: ListingKind, ownFields: Field[]): Field[] => [
  { name: 'title', type: 'text', required: true, minLength: 3, maxLength: 120 },
  {
    type: 'tabs',
    tabs: [
      { label: 'Description', fields: descriptionFields(kind) },
      { label: 'Details', fields: [...ownFields, priceField] },
      { label: 'Place and contact', fields: placeFields },
    ],
  },
  slugField('title'),
  ...moderationFields,
];

const descriptionFields = (kind: ListingKind): Field[] => [
  {
    name: 'summary',
    type: 'textarea',
    required: true,
    maxLength: 220,
    admin: { description: 'One or two sentences for cards and search results.' },
  },
  { name: 'description', type: 'richText' },
  {
    name: 'type',
    type: 'relationship',
    relationTo: 'listing-types',
    required: true,
    index: true,
    filterOptions: { kind: { equals: kind } },
  },
  { name: 'cover', type: 'upload', relationTo: 'media' },
  { name: 'gallery', type: 'upload', relationTo: 'media', hasMany: true, maxRows: 20 },
  {
    // Here, not at the image: an edit that waits says it for itself alone.
    name: 'pictureTexts',
    type: 'json',
    label: 'What the pictures show',
    validate: validatePictureTexts,
    hooks: { beforeChange: [checkPictureTexts] },
    admin: {
      description: 'For who can’t see them. Where it is empty the image’s own text is read.',
      components: { Field: '/dashboards/listings/PictureTextsField#PictureTextsField' },
    },
  },
];

const priceField: Field = {
  name: 'price',
  type: 'group',
  admin: { description: 'In minor units (cents, bani). Leave the amount empty for a price on request.' },
  fields: [
    {
      type: 'row',
      fields: [
        { name: 'amountMinor', type: 'number', min: 0, max: 1_000_000_000 },
        { name: 'currency', type: 'select', defaultValue: 'EUR', options: [...currencies] },
        { name: 'unit', type: 'select', options: [...priceUnits] },
      ],
    },
  ],
};

const placeFields: Field[] = [
  { name: 'city', type: 'relationship', relationTo: 'cities', required: true, index: true },
  { name: 'address', type: 'text', maxLength: 200 },
  {
    type: 'row',
    fields: [
      { name: 'latitude', type: 'number', min: -90, max: 90 },
      { name: 'longitude', type: 'number', min: -180, max: 180 },
    ],
  },
  {
    name: 'contact',
    type: 'group',
    fields: [
      { name: 'email', type: 'email' },
      { name: 'phone', type: 'text', maxLength: 40 },
      { name: 'website', type: 'text', maxLength: 200, validate: validateWebsite },
    ],
  },
];

function validateWebsite(value: string | null | undefined): true | string {
  if (!value) return true;
  const isWebAddress = URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
  return isWebAddress || 'Enter an address that begins with https:// or http://';
}

const sidebar = { position: 'sidebar' } as const;

/** Fields that decide how a listing is shown: owners may ask for approval, all else is the staff's. */
const moderationFields: Field[] = [
  {
    name: 'moderationStatus',
    type: 'select',
    required: true,
    index: true,
    defaultValue: 'draft',
    options: [...moderationStatuses],
    admin: { ...sidebar, description: 'Set it to pending, or publish, to ask for approval.' },
  },
  {
    name: 'rejectionReason',
    type: 'textarea',
    maxLength: 2_000,
    access: { read: authorOrStaffField('owner'), create: staffField, update: staffField },
    admin: { ...sidebar, condition: (data) => data['moderationStatus'] === 'rejected' },
  },
  {
    name: 'owner',
    type: 'relationship',
    relationTo: 'users',
    index: true,
    access: { create: staffField, update: staffField },
    admin: sidebar,
  },
  {
    name: 'tier',
    type: 'select',
    required: true,
    defaultValue: 'new',
    options: [...tiers],
    access: { create: staffField, update: staffField },
    admin: sidebar,
  },
  {
    name: 'claimStatus',
    type: 'select',
    required: true,
    defaultValue: 'claimed',
    options: [...claimStatuses],
    access: { create: staffField, update: staffField },
    admin: sidebar,
  },
  {
    name: 'verified',
    type: 'checkbox',
    defaultValue: false,
    access: { create: staffField, update: staffField },
    admin: sidebar,
  },
  {
    name: 'approvedAt',
    type: 'date',
    index: true,
    access: { create: nobodyField, update: nobodyField },
    admin: { ...sidebar, readOnly: true, description: 'First approval' },
  },
  {
    name: 'previousSlugs',
    type: 'text',
    hasMany: true,
    access: { create: nobodyField, update: nobodyField },
    admin: { hidden: true },
  },
  {
    name: 'ranking',
    type: 'ui',
    admin: { components: { Field: '/dashboards/ranking/RankPanel#RankPanel' } },
  },
];
