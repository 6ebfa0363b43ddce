import 'server-only';
import {
  bookingSchema,
  type ConversationMessages,
  type Conversations,
  conversationMessagesSchema,
  conversationsSchema,
  type FavoriteCards,
  favoriteAnswerSchema,
  favoriteCardsSchema,
  type ListingOfMine,
  listingOfMineSchema,
  messageAnswerSchema,
  type OwnBookings,
  ownBookingsSchema,
  reviewAnswerSchema,
} from '@convene/common/api';
import { type ListingKind, listingKindSchema } from '@convene/common/listings';
import { z } from 'zod';
import { doneSchema, getOwn, post } from './calls';

/* What people do with listings. Every input has been checked against the backend's own schema by its action. */

type ListingPath = { kind: ListingKind; slug: string };

export const getMine = (sessionToken: string, { kind, slug }: ListingPath): Promise<ListingOfMine> =>
  getOwn(`listings/${kind}/${encodeURIComponent(slug)}/mine`, sessionToken, listingOfMineSchema);

export const setFavorite = (
  sessionToken: string,
  input: { kind: ListingKind; listingId: number; favorite: boolean },
): Promise<{ favorite: boolean }> => post('favorites/toggle', input, favoriteAnswerSchema, sessionToken);

export const getFavorites = (sessionToken: string): Promise<FavoriteCards> =>
  getOwn('account/favorites', sessionToken, favoriteCardsSchema);

/** @throws ConveneError conflict where it is full or taken */
export const book = (sessionToken: string, input: object) => post('bookings', input, bookingSchema, sessionToken);

/** Of one's own location or service. @throws ConveneError conflict where it is taken */
export const blockTime = (sessionToken: string, input: object) =>
  post('bookings/block', input, bookingSchema, sessionToken);

export const getBookings = (sessionToken: string): Promise<OwnBookings> =>
  getOwn('account/bookings', sessionToken, ownBookingsSchema);

export const decideBooking = (
  sessionToken: string,
  { id, ...input }: { id: number; decision: 'confirmed' | 'declined'; reason: string },
) => post(`bookings/${id}/decide`, input, bookingSchema, sessionToken);

export const cancelBooking = (sessionToken: string, { id, reason }: { id: number; reason: string }) =>
  post(`bookings/${id}/cancel`, { reason }, bookingSchema, sessionToken);

export const sendMessage = (sessionToken: string, input: object) =>
  post('messages', input, messageAnswerSchema, sessionToken);

export const getConversations = (sessionToken: string): Promise<Conversations> =>
  getOwn('account/messages', sessionToken, conversationsSchema);

/** @throws ConveneError not-found for who is no party of it */
export const getConversation = (sessionToken: string, conversationId: string): Promise<ConversationMessages> =>
  getOwn(`account/messages/${encodeURIComponent(conversationId)}`, sessionToken, conversationMessagesSchema);

export const markConversationRead = (sessionToken: string, conversationId: string) =>
  post(`account/messages/${encodeURIComponent(conversationId)}/read`, {}, doneSchema, sessionToken);

export const writeReview = (sessionToken: string, input: object) =>
  post('reviews', input, reviewAnswerSchema, sessionToken);

/** @throws ConveneError not-found where it is gone already */
export const withdrawReview = (sessionToken: string, input: object) =>
  post('reviews/withdraw', input, doneSchema, sessionToken);

export const claimListing = (sessionToken: string, input: object) => post('claims', input, doneSchema, sessionToken);

const claimedSchema = z.object({ kind: listingKindSchema, listingId: z.number().int() });

/** @throws ConveneError invalid-token */
export const acceptInvitation = (sessionToken: string, token: string) =>
  post('claims/accept', { token }, claimedSchema, sessionToken);

export const requestVerification = (sessionToken: string, input: object) =>
  post('verifications', input, doneSchema, sessionToken);

export const sendReport = (sessionToken: string | undefined, input: object) =>
  post('report', input, doneSchema, sessionToken);

export const sendContact = (sessionToken: string | undefined, input: object) =>
  post('contact', input, doneSchema, sessionToken);
