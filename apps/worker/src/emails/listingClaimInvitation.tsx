import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import { safeTitle, shortTitle } from './safeText';
import { sampleService, sampleToken } from './samples';
import type { MailProps } from './types';

const ListingClaimInvitation = ({
  payload: { listing, token },
  reader,
  texts,
  links,
}: MailProps<'listing.claim.invitation'>) => (
  <>
    <Title>{texts.claimInvitation.heading(listing.kind)}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.claimInvitation.intro(safeTitle(listing.title))}</Paragraph>
    <Paragraph>{texts.claimInvitation.next}</Paragraph>
    <Action href={links.claim(token)} label={texts.claimInvitation.button} fallback={texts.linkFallback} />
    <Note link={{ href: links.listing(listing), label: texts.claimInvitation.lookLink }}>
      {texts.claimInvitation.lookBefore}
    </Note>
    <Note link={{ href: links.contact(), label: texts.claimInvitation.notYoursLink }}>
      {texts.claimInvitation.notYoursBefore}
    </Note>
  </>
);

export const listingClaimInvitation = defineMail('listing.claim.invitation', {
  recipients: ({ email, locale }) => ({
    audience: 'addresses',
    emails: [email],
    reader: { displayName: '', locale },
  }),
  subject: ({ texts, payload }) => texts.claimInvitation.subject(shortTitle(payload.listing.title)),
  preheader: ({ texts }) => texts.claimInvitation.preheader,
  template: ListingClaimInvitation,
  why: 'invitation',
  sample: { listing: sampleService, email: 'quartet@example.com', locale: 'en', token: sampleToken },
});
