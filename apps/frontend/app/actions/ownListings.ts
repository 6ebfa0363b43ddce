'use server';

import { eventCancelSchema, type ListingInput, listingMoveSchema, type SavedListing } from '@convene/common/api';
import { listingKindSchema, listingRoleByKind, selfGrantableRoles } from '@convene/common/listings';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { changeProfile, getAccount } from '@/lib/backend/account';
import { isConveneError } from '@/lib/backend/errors';
import { cancelEvent, createListing, getOwnListing, moveListing, saveListing } from '@/lib/backend/ownListings';
import { pathsOf, refused, withBackendError, withFieldErrors } from '@/lib/forms/answers';
import { fieldOfIssue, type ListingFieldName, type ListingValues, readListing, typedOf } from '@/lib/forms/listingForm';
import type { FormState } from '@/lib/forms/state';
import { textOf } from '@/lib/forms/textOf';
import { asVisitor } from '@/lib/session/asVisitor';
import { getSession, startSession } from '@/lib/session/cookie';

const LISTINGS = '/account/listings';

const idSchema = z.coerce.number().int().positive();
const listingSchema = z.object({ kind: listingKindSchema, id: idSchema });
const intentSchema = z.enum(['draft', 'preview', 'submit']).catch('draft');

const failed = async (
  { previous, values }: { previous: FormState; values: ListingValues },
  {
    issues,
    message,
    special = {},
  }: {
    issues: { path: string }[];
    message?: string;
    special?: Partial<Record<ListingFieldName, string>>;
  },
): Promise<FormState> => {
  const t = await getTranslations('owner.errors');
  const names = [...new Set(issues.map(({ path }) => fieldOfIssue(path)).filter((name) => name !== undefined))];
  return {
    attempt: previous.attempt + 1,
    status: 'failed',
    values,
    fieldErrors: Object.fromEntries(names.map((name) => [name, special[name] ?? t(name)])),
    message: message ?? t('faults', { count: names.length }),
    isLinkSpent: false,
  };
};

/**
 * The form as it is, with a way to sign in beside it: leading to sign-in would leave behind a text and pictures that
 * may have taken an hour.
 */
const signedOut = async ({ previous, values }: { previous: FormState; values: ListingValues }): Promise<FormState> => {
  const t = await getTranslations('owner.errors');
  return failed({ previous, values: { ...values, signedOut: '1' } }, { issues: [], message: t('signedOut') });
};

const save = async (
  token: string,
  { id, listing, submit, form }: { id: number | undefined; listing: ListingInput; submit: boolean; form: FormData },
): Promise<SavedListing> => {
  if (!id) return createListing(token, listing, submit);
  // Who was told of another's save may still want their own.
  const expected = form.has('overwrite')
    ? (await getOwnListing(token, { kind: listing.kind, id })).updatedAt
    : textOf(form, 'expected');
  return saveListing(token, id, { listing, submit, expected });
};

/** Keeps a draft, shows it as visitors will see it, or asks for approval, by the button that was pressed. */
export const saveListingAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: typedOf(form) };
  const kind = listingKindSchema.safeParse(form.get('kind'));
  if (!kind.success) return refused(sent);
  const id = form.has('id') ? idSchema.safeParse(form.get('id')).data : undefined;
  const intent = intentSchema.parse(form.get('intent'));
  const submit = intent === 'submit';
  const read = readListing(form, { kind: kind.data, submit, now: new Date() });
  if ('issues' in read) return failed(sent, { issues: read.issues });
  const session = await getSession();
  if (!session) return signedOut(sent);
  let saved: SavedListing;
  try {
    saved = await save(session.token, { id, listing: read.input, submit, form });
  } catch (error) {
    if (!isConveneError(error)) throw error;
    if (error.code === 'unauthenticated') return signedOut(sent);
    const t = await getTranslations('owner.errors');
    if (error.reason === 'changed-meanwhile') {
      const values = { ...sent.values, conflict: '1' };
      return failed({ ...sent, values }, { issues: [], message: t('conflict') });
    }
    if (error.reason === 'needs-role') return failed(sent, { issues: [], message: t('role') });
    if (error.code === 'invalid-input') {
      const special = error.reason === 'seats-taken' ? { capacity: t('seatsTaken') } : {};
      return failed(sent, { issues: error.issues ?? [], special });
    }
    return withBackendError(sent, error);
  }
  revalidatePath(LISTINGS);
  const at = `${LISTINGS}/${saved.kind}/${saved.id}`;
  if (intent === 'preview') redirect(`${at}/preview`);
  redirect(`${at}?saved=${submit ? 'pending' : 'draft'}`);
};

/** One click to the role that the listing takes, and on to its form. */
export const takeRoleAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const kind = listingKindSchema.safeParse(form.get('kind'));
  if (!kind.success) return refused(sent);
  const next = `${LISTINGS}/new?kind=${kind.data}`;
  const session = await getSession();
  try {
    const account = await asVisitor(next, async (token) => {
      // The cookie may not know yet of a role that was taken elsewhere.
      const { roles } = await getAccount(token);
      const wanted = [...roles, listingRoleByKind[kind.data]];
      return changeProfile(token, { roles: selfGrantableRoles.filter((role) => wanted.includes(role)) });
    });
    if (session) await startSession({ token: session.token, expiresAt: session.expiresAt, account });
  } catch (error) {
    return withBackendError(sent, error);
  }
  redirect(next);
};

/** Withdraws a listing, bins it, or takes it out of the bin. */
export const moveListingAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const sent = { previous, values: {} };
  const listing = listingSchema.safeParse({ kind: form.get('kind'), id: form.get('id') });
  const move = listingMoveSchema.safeParse({ to: form.get('to') });
  if (!listing.success || !move.success) return refused(sent);
  try {
    await asVisitor(LISTINGS, (token) => moveListing(token, listing.data, move.data.to));
  } catch (error) {
    if (!isConveneError(error)) throw error;
    const t = await getTranslations('owner.errors');
    if (error.reason === 'has-participants') return failed(sent, { issues: [], message: t('participants') });
    if (error.reason === 'not-live') return failed(sent, { issues: [], message: t('notLive') });
    if (error.reason === 'removed-by-staff') return failed(sent, { issues: [], message: t('removedByStaff') });
    return withBackendError(sent, error);
  }
  revalidatePath(LISTINGS);
  redirect(`${LISTINGS}?done=${move.data.to}`);
};

/** Calls an event off, at once and for all who wait for it. */
export const cancelEventAction = async (previous: FormState, form: FormData): Promise<FormState> => {
  const reason = textOf(form, 'reason');
  const sent = { previous, values: { reason } };
  const id = idSchema.safeParse(form.get('id'));
  const input = eventCancelSchema.safeParse({ reason });
  if (!id.success) return refused(sent);
  if (!input.success) return withFieldErrors(sent, pathsOf(input.error));
  const path = `${LISTINGS}/events/${id.data}/cancel`;
  try {
    await asVisitor(path, (token) => cancelEvent(token, id.data, input.data.reason));
  } catch (error) {
    if (isConveneError(error) && error.code === 'conflict') {
      const t = await getTranslations('owner.errors');
      return failed({ previous, values: { reason } }, { issues: [], message: t('notCancellable') });
    }
    return withBackendError(sent, error);
  }
  revalidatePath(LISTINGS);
  redirect(`${LISTINGS}?done=cancelled`);
};
