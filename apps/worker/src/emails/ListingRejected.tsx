import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph, Quote, Strong } from './components/Message';
import { paragraphsOf, safeTitle } from './safeText';
import type { MailProps } from './types';

export const ListingRejected = ({
  payload: { listing, reason },
  reader,
  texts,
  links,
}: MailProps<'listing.rejected'>) => {
  const reasons = paragraphsOf(reason);
  return (
    <>
      <Title>{texts.listingRejected.heading}</Title>
      <Greeting reader={reader} texts={texts} />
      <Paragraph>
        {texts.listingRejected.before(listing.kind)} <Strong>{safeTitle(listing.title)}</Strong>{' '}
        {texts.listingRejected.after}
      </Paragraph>
      {reasons.length > 0 ? (
        <>
          <Paragraph>{texts.listingRejected.reason}</Paragraph>
          <Quote paragraphs={reasons} />
          <Paragraph>{texts.listingRejected.next}</Paragraph>
        </>
      ) : null}
      <Action href={links.accountListings()} label={texts.listingRejected.button} fallback={texts.linkFallback} />
    </>
  );
};
