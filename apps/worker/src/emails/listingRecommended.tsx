import { theOwner } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import { safeTitle, shortTitle } from './safeText';
import { sampleListing } from './samples';
import type { MailProps } from './types';

const ListingRecommended = ({ payload: { listing }, reader, texts, links }: MailProps<'listing.recommended'>) => (
  <>
    <Title>{texts.listingRecommended.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.listingRecommended.intro(listing.kind, safeTitle(listing.title))}</Paragraph>
    <Paragraph>{texts.listingRecommended.next}</Paragraph>
    <Action
      href={links.listing(listing)}
      label={texts.listingRecommended.button(listing.kind)}
      fallback={texts.linkFallback}
    />
  </>
);

export const listingRecommended = defineMail('listing.recommended', {
  recipients: theOwner,
  subject: ({ texts, payload }) => texts.listingRecommended.subject(shortTitle(payload.listing.title)),
  preheader: ({ texts }) => texts.listingRecommended.preheader,
  template: ListingRecommended,
  why: 'listing',
  sample: { ownerId: 1, listing: sampleListing },
});
