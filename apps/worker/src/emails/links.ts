import type { ListingInMail, ListingKind } from '@convene/common';

/** The collections whose rows a mail to staff leads to. */
export type AdminCollection = 'users' | 'reviews' | 'claims' | 'reports' | 'verifications' | 'contact-messages';

/** Every address that a mail leads to. */
export type MailLinks = {
  home: () => string;
  signIn: () => string;
  forgot: () => string;
  verify: (token: string) => string;
  reset: (token: string) => string;
  /** Where a new address becomes the account's. */
  confirmEmail: (token: string) => string;
  contact: () => string;
  /** All listings of a kind. */
  archive: (kind: ListingKind) => string;
  listing: (listing: Pick<ListingInMail, 'kind' | 'slug'>) => string;
  /** Where somebody takes an unclaimed listing over. */
  claim: (token: string) => string;
  account: () => string;
  accountListings: () => string;
  accountBooking: (bookingId: number) => string;
  conversation: (conversationId: string) => string;
  /** Which mails one gets. */
  preferences: () => string;
  admin: () => string;
  adminListing: (listing: { kind: ListingKind; id: number }) => string;
  adminRow: (collection: AdminCollection, id: number) => string;
};

/** Payloads give tokens, slugs and ids; each is encoded, so that none can lead elsewhere. */
export const createMailLinks = ({
  frontendUrl,
  backendUrl,
}: {
  frontendUrl: string;
  backendUrl: string;
}): MailLinks => {
  const withToken = (page: string, token: string) => `${frontendUrl}/${page}?${new URLSearchParams({ token })}`;
  const adminRow = (collection: string, id: number) => `${backendUrl}/admin/collections/${collection}/${id}`;
  return {
    home: () => frontendUrl,
    signIn: () => `${frontendUrl}/sign-in`,
    forgot: () => `${frontendUrl}/forgot`,
    verify: (token) => withToken('verify', token),
    reset: (token) => withToken('reset', token),
    confirmEmail: (token) => withToken('confirm-email', token),
    contact: () => `${frontendUrl}/contact`,
    archive: (kind) => `${frontendUrl}/${kind}`,
    listing: ({ kind, slug }) => `${frontendUrl}/${kind}/${encodeURIComponent(slug)}`,
    claim: (token) => withToken('claim', token),
    account: () => `${frontendUrl}/account`,
    accountListings: () => `${frontendUrl}/account/listings`,
    accountBooking: (bookingId) => `${frontendUrl}/account/bookings#booking-${bookingId}`,
    conversation: (conversationId) => `${frontendUrl}/account/messages/${encodeURIComponent(conversationId)}`,
    preferences: () => `${frontendUrl}/account/notifications`,
    admin: () => `${backendUrl}/admin`,
    adminListing: ({ kind, id }) => adminRow(kind, id),
    adminRow,
  };
};
