import 'server-only';
import {
  type ListingInput,
  type ListingMove,
  listingDetailSchema,
  listingOptionsSchema,
  listingStatisticsSchema,
  type OwnListings,
  type OwnListingsQuery,
  ownListingSchema,
  ownListingsSchema,
  savedListingSchema,
} from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import { z } from 'zod';
import { doneSchema, getOwn, post } from './calls';

export type OwnRef = { kind: ListingKind; id: number };

const pathOf = ({ kind, id }: OwnRef): string => `account/listings/${kind}/${id}`;

const queryOf = (query: Record<string, string | number | undefined>): string => {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
};

/** @throws ConveneError unauthenticated */
export const getOwnListings = (
  token: string,
  { kind, state, page, pageSize }: OwnListingsQuery,
): Promise<OwnListings> =>
  getOwn(
    `account/listings${queryOf({ kind, state, page: Number(page ?? 1), pageSize: Number(pageSize ?? 20) })}`,
    token,
    ownListingsSchema,
  );

export const getListingOptions = (token: string) => getOwn('account/listing-options', token, listingOptionsSchema);

/** @throws ConveneError not-found for a listing of somebody else's, here and below */
export const getOwnListing = (token: string, listing: OwnRef) => getOwn(pathOf(listing), token, ownListingSchema);

export const getPreview = async (token: string, listing: OwnRef) =>
  (await getOwn(`${pathOf(listing)}/preview`, token, z.object({ listing: listingDetailSchema }))).listing;

export const getStatistics = (token: string, listing: OwnRef, days: number) =>
  getOwn(`${pathOf(listing)}/statistics${queryOf({ days })}`, token, listingStatisticsSchema);

/** @throws ConveneError forbidden without the role, invalid-input with the fields at fault */
export const createListing = (token: string, listing: ListingInput, submit: boolean) =>
  post('account/listings', { listing, submit }, savedListingSchema, token);

/** @throws ConveneError conflict (changed-meanwhile) where `expected` is not the newest version any more */
export const saveListing = (
  token: string,
  id: number,
  { listing, submit, expected }: { listing: ListingInput; submit: boolean; expected: string },
) => post(pathOf({ kind: listing.kind, id }), { listing, submit, expected }, savedListingSchema, token);

/** @throws ConveneError conflict (has-participants, not-live) */
export const moveListing = (token: string, listing: OwnRef, to: ListingMove) =>
  post(`${pathOf(listing)}/move`, { to }, doneSchema, token);

/** @throws ConveneError conflict where it is over or cancelled already */
export const cancelEvent = (token: string, id: number, reason: string) =>
  post(`events/${id}/cancel`, { reason }, doneSchema, token);
