import type { ListingInMail, ListingKind } from '@convene/common';

/** Every address that a mail leads to. */
export type MailLinks = {
  home: () => string;
  signIn: () => string;
  forgot: () => string;
  verify: (token: string) => string;
  reset: (token: string) => string;
  listing: (listing: Pick<ListingInMail, 'kind' | 'slug'>) => string;
  accountListings: () => string;
  adminListing: (listing: { kind: ListingKind; id: number }) => string;
  adminUser: (userId: number) => string;
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
  const adminPage = (collection: string, id: number) => `${backendUrl}/admin/collections/${collection}/${id}`;
  return {
    home: () => frontendUrl,
    signIn: () => `${frontendUrl}/sign-in`,
    forgot: () => `${frontendUrl}/forgot`,
    verify: (token) => withToken('verify', token),
    reset: (token) => withToken('reset', token),
    listing: ({ kind, slug }) => `${frontendUrl}/${kind}/${encodeURIComponent(slug)}`,
    accountListings: () => `${frontendUrl}/account/listings`,
    adminListing: ({ kind, id }) => adminPage(kind, id),
    adminUser: (userId) => adminPage('users', userId),
  };
};
