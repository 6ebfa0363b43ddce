import { theClaimant } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph, Reason } from './components/Message';
import { defineMail } from './defineMail';
import { safeTitle, shortTitle } from './safeText';
import { sampleService } from './samples';
import type { MailProps } from './types';

const ClaimRejected = ({ payload: { listing, reason }, reader, texts, links }: MailProps<'claim.rejected'>) => (
  <>
    <Title>{texts.claimRejected.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.claimRejected.intro(listing.kind, safeTitle(listing.title))}</Paragraph>
    <Reason lead={texts.claimRejected.reason} text={reason} by="staff" />
    <Paragraph>{texts.claimRejected.next}</Paragraph>
    <Action href={links.listing(listing)} label={texts.claimRejected.button} fallback={texts.linkFallback} />
  </>
);

export const claimRejected = defineMail('claim.rejected', {
  recipients: theClaimant,
  subject: ({ texts, payload }) => texts.claimRejected.subject(shortTitle(payload.listing.title)),
  preheader: ({ texts }) => texts.claimRejected.preheader,
  template: ClaimRejected,
  why: 'claim',
  sample: { claimantId: 1, claimId: 9, listing: sampleService, reason: 'The name on the invoice is another one.' },
});
