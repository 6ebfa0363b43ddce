import { staff } from './audiences';
import { Title } from './components/Layout';
import { Action, Facts } from './components/Message';
import { defineMail } from './defineMail';
import { oneLineOf, safeTitle, shortTitle } from './safeText';
import { sampleListing } from './samples';
import type { MailProps } from './types';

const AdminListingPending = ({ payload: { listing, ownerName }, texts, links }: MailProps<'admin.listing.pending'>) => (
  <>
    <Title>{texts.adminListingPending.heading(listing.kind)}</Title>
    <Facts
      facts={[
        { name: texts.facts.title, value: safeTitle(listing.title) },
        { name: texts.facts.kind, value: texts.kind[listing.kind] },
        { name: texts.facts.owner, value: safeTitle(ownerName) },
      ]}
    />
    <Action href={links.adminListing(listing)} label={texts.openAdmin} fallback={texts.linkFallback} />
  </>
);

export const adminListingPending = defineMail('admin.listing.pending', {
  recipients: staff,
  subject: ({ texts, payload: { listing } }) =>
    texts.adminListingPending.subject(listing.kind, shortTitle(listing.title)),
  preheader: ({ texts, payload }) => texts.adminListingPending.preheader(oneLineOf(payload.ownerName)),
  template: AdminListingPending,
  why: 'staff',
  sample: { ownerId: 1, ownerName: 'Ana Popescu', listing: sampleListing },
});
