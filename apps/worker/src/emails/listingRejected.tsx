import { theOwner } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph, Reason } from './components/Message';
import { defineMail } from './defineMail';
import { safeTitle, shortTitle } from './safeText';
import { sampleListing } from './samples';
import type { MailProps } from './types';

const ListingRejected = ({ payload: { listing, reason }, reader, texts, links }: MailProps<'listing.rejected'>) => (
  <>
    <Title>{texts.listingRejected.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.listingRejected.intro(listing.kind, safeTitle(listing.title))}</Paragraph>
    <Reason lead={texts.listingRejected.reason} text={reason} by="staff" next={texts.listingRejected.next} />
    <Action href={links.accountListings()} label={texts.listingRejected.button} fallback={texts.linkFallback} />
  </>
);

export const listingRejected = defineMail('listing.rejected', {
  recipients: theOwner,
  subject: ({ texts, payload }) => texts.listingRejected.subject(shortTitle(payload.listing.title)),
  preheader: ({ texts, payload }) => texts.listingRejected.preheader(payload.listing.kind),
  template: ListingRejected,
  why: 'listing',
  sample: {
    ownerId: 1,
    listing: sampleListing,
    reason: 'The photos show another place than the description.\nPlease add at least one of the main hall.',
  },
});
