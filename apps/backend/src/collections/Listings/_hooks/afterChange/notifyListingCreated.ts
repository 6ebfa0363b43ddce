import type { ListingKind, Locale } from '@convene/common/listings';
import { DAY_MS } from '@convene/common/time';
import type { CollectionAfterChangeHook } from 'payload';
import { isSilenced } from '../../../../notifications/silence';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { hashOfToken, newToken } from '../../../../utils/secretTokens';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { findListing } from '../../findListing';
import { type Listing, listingInMail } from './listingInMail';

const INVITATION_DAYS = 60;

type State = Partial<Pick<Listing, '_status' | 'moderationStatus' | 'claimStatus'>> | undefined;

const invites = (state: State): boolean =>
  state?._status === 'published' && state.moderationStatus === 'approved' && state.claimStatus === 'unclaimed';

/** Staff have published a listing that is nobody's yet. */
export const becameClaimable = (before: State, after: State): boolean => invites(after) && !invites(before);

/** Where an owner speaks Romanian; all that is known of who has no account is where they are. */
const localeOf = (country: string | null): Locale => (country === 'Romania' || country === 'Moldova' ? 'ro' : 'en');

/** Whoever reads the mail of an unclaimed listing's own address is invited to take it over: once a listing. */
export const notifyListingCreated =
  (kind: ListingKind): CollectionAfterChangeHook<Listing> =>
  async ({ doc, previousDoc, req }) => {
    const email = doc.contact?.email;
    if (!email || isSilenced(req) || !becameClaimable(previousDoc, doc)) return doc;
    const sql = await sqlOfRequest(req);
    const token = newToken();
    const expiresAt = new Date(Date.now() + INVITATION_DAYS * DAY_MS).toISOString();
    const { rowCount } = await sql.query(
      `INSERT INTO claims (kind, listing_id, status, invited_email, token_hash, expires_at)
       SELECT $1::varchar, $2::numeric, 'invited', $3::varchar, $4::varchar, $5::timestamptz
       WHERE NOT EXISTS (SELECT FROM claims WHERE kind = $1 AND listing_id = $2 AND status IN ('invited', 'expired'))
       ON CONFLICT DO NOTHING`,
      [kind, doc.id, email, hashOfToken(token), expiresAt],
    );
    if (rowCount !== 1) return doc;
    const country = (await findListing(sql, { kind, id: doc.id }))?.country ?? null;
    await enqueueNotification(
      'listing.claim.invitation',
      { listing: listingInMail(kind, doc), email, locale: localeOf(country), token },
      { req },
    );
    return doc;
  };
