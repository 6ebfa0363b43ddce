import { theOwner } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import { safeTitle, shortTitle } from './safeText';
import { sampleEvent } from './samples';
import type { MailProps } from './types';

const ListingFinished = ({ payload: { event, participants }, reader, texts, links }: MailProps<'listing.finished'>) => (
  <>
    <Title>{texts.listingFinished.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.listingFinished.intro(safeTitle(event.title), participants)}</Paragraph>
    <Paragraph>{texts.listingFinished.next}</Paragraph>
    <Action href={links.accountListings()} label={texts.listingFinished.button} fallback={texts.linkFallback} />
  </>
);

export const listingFinished = defineMail('listing.finished', {
  recipients: theOwner,
  subject: ({ texts, payload }) => texts.listingFinished.subject(shortTitle(payload.event.title)),
  preheader: ({ texts }) => texts.listingFinished.preheader,
  template: ListingFinished,
  why: 'listing',
  sample: { ownerId: 1, event: sampleEvent, participants: 42 },
});
