import { theOwner } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import { safeTitle, shortTitle } from './safeText';
import { sampleListing } from './samples';
import type { MailProps } from './types';

const ListingApproved = ({ payload: { listing }, reader, texts, links }: MailProps<'listing.approved'>) => (
  <>
    <Title>{texts.listingApproved.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.listingApproved.intro(listing.kind, safeTitle(listing.title))}</Paragraph>
    <Action
      href={links.listing(listing)}
      label={texts.listingApproved.button(listing.kind)}
      fallback={texts.linkFallback}
    />
    <Note link={{ href: links.accountListings(), label: texts.listingApproved.nextLink }}>
      {texts.listingApproved.next}
    </Note>
  </>
);

export const listingApproved = defineMail('listing.approved', {
  recipients: theOwner,
  subject: ({ texts, payload }) => texts.listingApproved.subject(shortTitle(payload.listing.title)),
  preheader: ({ texts, payload }) => texts.listingApproved.preheader(payload.listing.kind),
  template: ListingApproved,
  why: 'listing',
  sample: { ownerId: 1, listing: sampleListing },
});
