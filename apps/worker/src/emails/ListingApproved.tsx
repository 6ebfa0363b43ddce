import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph, Strong, TextLink } from './components/Message';
import { safeTitle } from './safeText';
import type { MailProps } from './types';

export const ListingApproved = ({ payload: { listing }, reader, texts, links }: MailProps<'listing.approved'>) => (
  <>
    <Title>{texts.listingApproved.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>
      {texts.listingApproved.before(listing.kind)} <Strong>{safeTitle(listing.title)}</Strong>{' '}
      {texts.listingApproved.after}
    </Paragraph>
    <Action
      href={links.listing(listing)}
      label={texts.listingApproved.button(listing.kind)}
      fallback={texts.linkFallback}
    />
    <Note>
      {texts.listingApproved.next} <TextLink href={links.accountListings()}>{texts.listingApproved.nextLink}</TextLink>
    </Note>
  </>
);
