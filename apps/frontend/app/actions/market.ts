'use server';

import {
  blockRequestSchema,
  bookingRequestSchema,
  claimRequestSchema,
  contactSchema,
  messageRequestSchema,
  reportSchema,
  reviewRequestSchema,
  reviewWithdrawalSchema,
} from '@convene/common/api';
import { isTimeZone } from '@convene/common/time';
import { redirect } from 'next/navigation';
import {
  blockTime,
  book,
  claimListing,
  sendContact,
  sendMessage,
  sendReport,
  withdrawReview,
  writeReview,
} from '@/lib/backend/market';
import { instantOf } from '@/lib/format/wallClock';
import { pathsOf, succeeded, withBackendError, withFieldErrors } from '@/lib/forms/answers';
import { formProofOf } from '@/lib/forms/formProof';
import type { FormState } from '@/lib/forms/state';
import { textOf } from '@/lib/forms/textOf';
import { asVisitor } from '@/lib/session/asVisitor';
import { getSession } from '@/lib/session/cookie';
import { safeNextPath } from '@/lib/session/safeNextPath';

const listingOf = (form: FormData) => ({ kind: textOf(form, 'kind'), listingId: textOf(form, 'listingId') });

/** The page that the form was on, to come back to after signing in. */
const pathOf = (form: FormData): string => safeNextPath(form.get('path'), '/');

/** What a browser's field for a day and a time sends, in the listing's own zone. */
const momentOf = (form: FormData, name: string): string | undefined => {
  const timeZone = textOf(form, 'timeZone');
  return isTimeZone(timeZone) ? instantOf(textOf(form, name), timeZone)?.toISOString() : undefined;
};

export const bookAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const typed = Object.fromEntries(['seats', 'startsAt', 'endsAt', 'note'].map((name) => [name, textOf(form, name)]));
  const sent = { previous, values: typed };
  const isStay = textOf(form, 'kind') !== 'events';
  const [startsAt, endsAt] = [momentOf(form, 'startsAt'), momentOf(form, 'endsAt')];
  if (isStay && !(startsAt && endsAt && startsAt < endsAt)) {
    return withFieldErrors(sent, [{ path: startsAt ? 'endsAt' : 'startsAt' }]);
  }
  const input = bookingRequestSchema.safeParse({
    ...listingOf(form),
    ...(isStay ? { startsAt, endsAt } : { seats: Number(typed['seats']) }),
    note: typed['note'],
    form: await formProofOf(form),
  });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  let id: number;
  try {
    ({ id } = await asVisitor(pathOf(form), (token) => book(token, input.data)));
  } catch (error) {
    return withBackendError(sent, error);
  }
  redirect(`/account/bookings?done=${isStay ? 'requested' : 'taking'}&booking=${id}#booking-${id}`);
};

/** The owner keeps a time of a location or service free of bookings. */
export const blockAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const typed = Object.fromEntries(['startsAt', 'endsAt', 'note'].map((name) => [name, textOf(form, name)]));
  const sent = { previous, values: typed };
  const [startsAt, endsAt] = [momentOf(form, 'startsAt'), momentOf(form, 'endsAt')];
  if (!(startsAt && endsAt && startsAt < endsAt)) {
    return withFieldErrors(sent, [{ path: startsAt ? 'endsAt' : 'startsAt' }]);
  }
  const input = blockRequestSchema.safeParse({ ...listingOf(form), startsAt, endsAt, note: typed['note'] });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  let id: number;
  try {
    ({ id } = await asVisitor(pathOf(form), (token) => blockTime(token, input.data)));
  } catch (error) {
    return withBackendError(sent, error);
  }
  redirect(`/account/bookings?done=blocked&booking=${id}#booking-${id}`);
};

/** The first message about a listing, and every one after it, from either side. */
export const messageAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: { text: textOf(form, 'text') } };
  const clientId = textOf(form, 'clientId');
  const input = messageRequestSchema.safeParse({
    ...listingOf(form),
    ...(clientId ? { clientId: Number(clientId) } : {}),
    text: textOf(form, 'text'),
    form: await formProofOf(form),
  });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  let conversationId: string;
  try {
    ({ conversationId } = await asVisitor(pathOf(form), (token) => sendMessage(token, input.data)));
  } catch (error) {
    return withBackendError(sent, error);
  }
  redirect(`/account/messages/${encodeURIComponent(conversationId)}?sent=1`);
};

export const reviewAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const typed = { rating: textOf(form, 'rating'), text: textOf(form, 'text') };
  const sent = { previous, values: typed };
  const input = reviewRequestSchema.safeParse({
    ...listingOf(form),
    rating: Number(typed.rating),
    text: typed.text,
    form: await formProofOf(form),
  });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  try {
    await asVisitor(pathOf(form), (token) => writeReview(token, input.data));
  } catch (error) {
    return withBackendError(sent, error);
  }
  return succeeded(previous);
};

export const withdrawReviewAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const input = reviewWithdrawalSchema.safeParse(listingOf(form));
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  try {
    await asVisitor(pathOf(form), (token) => withdrawReview(token, input.data));
  } catch (error) {
    return withBackendError(sent, error);
  }
  redirect(`${pathOf(form)}?withdrawn=1`);
};

export const claimAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: { text: textOf(form, 'text') } };
  const input = claimRequestSchema.safeParse({
    ...listingOf(form),
    text: textOf(form, 'text'),
    form: await formProofOf(form),
  });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error), { text: 'claimText' });
  try {
    await asVisitor(pathOf(form), (token) => claimListing(token, input.data));
  } catch (error) {
    return withBackendError(sent, error);
  }
  return succeeded(previous);
};

const idsOf = (form: FormData): Record<string, number> =>
  Object.fromEntries(
    ['reviewId', 'userId', 'messageId'].filter((name) => form.has(name)).map((name) => [name, Number(form.get(name))]),
  );

/** Also from visitors who are not signed in; a message only from its reader. */
export const reportAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const typed = { reason: textOf(form, 'reason'), details: textOf(form, 'details') };
  const sent = { previous, values: typed };
  const input = reportSchema.safeParse({
    subject: textOf(form, 'subject'),
    ...(form.has('kind') ? listingOf(form) : {}),
    ...idsOf(form),
    ...typed,
    form: await formProofOf(form),
  });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  try {
    await sendReport((await getSession())?.token, input.data);
  } catch (error) {
    return withBackendError(sent, error);
  }
  return succeeded(previous);
};

export const contactAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const names = ['name', 'email', 'subject', 'message'];
  const typed = Object.fromEntries(names.map((name) => [name, textOf(form, name)]));
  const sent = { previous, values: typed };
  const input = contactSchema.safeParse({ ...typed, form: await formProofOf(form) });
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  try {
    await sendContact((await getSession())?.token, input.data);
  } catch (error) {
    return withBackendError(sent, error);
  }
  return succeeded(previous);
};
