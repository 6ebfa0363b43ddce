import { Title } from './components/Layout';
import { Action, Facts } from './components/Message';
import { safeTitle } from './safeText';
import type { MailProps } from './types';

export const AdminListingPending = ({
  payload: { listing, ownerName },
  texts,
  links,
}: MailProps<'admin.listing.pending'>) => (
  <>
    <Title>{texts.adminListingPending.heading(listing.kind)}</Title>
    <Facts
      facts={[
        { name: texts.adminListingPending.title, value: safeTitle(listing.title) },
        { name: texts.adminListingPending.kindLabel, value: texts.kind[listing.kind] },
        { name: texts.adminListingPending.owner, value: safeTitle(ownerName) },
      ]}
    />
    <Action href={links.adminListing(listing)} label={texts.adminListingPending.button} fallback={texts.linkFallback} />
  </>
);
