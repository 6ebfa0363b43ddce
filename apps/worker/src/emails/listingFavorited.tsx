import { theOwner } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import { safeTitle, shortTitle } from './safeText';
import { sampleListing } from './samples';
import type { MailProps } from './types';

const ListingFavorited = ({
  payload: { listing, count, total },
  reader,
  texts,
  links,
}: MailProps<'listing.favorited'>) => (
  <>
    <Title>{texts.favorited.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.favorited.intro(safeTitle(listing.title), count)}</Paragraph>
    <Paragraph>{texts.favorited.total(total)}</Paragraph>
    <Action href={links.listing(listing)} label={texts.favorited.button} fallback={texts.linkFallback} />
  </>
);

export const listingFavorited = defineMail('listing.favorited', {
  recipients: theOwner,
  subject: ({ texts, payload }) => texts.favorited.subject(shortTitle(payload.listing.title), payload.count),
  preheader: ({ texts, payload }) => texts.favorited.preheader(payload.total),
  template: ListingFavorited,
  why: 'listing',
  sample: { ownerId: 1, listing: sampleListing, count: 3, total: 58 },
});
