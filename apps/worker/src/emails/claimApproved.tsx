import { theClaimant } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import { safeTitle, shortTitle } from './safeText';
import { sampleService } from './samples';
import type { MailProps } from './types';

const ClaimApproved = ({ payload: { listing }, reader, texts, links }: MailProps<'claim.approved'>) => (
  <>
    <Title>{texts.claimApproved.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.claimApproved.intro(listing.kind, safeTitle(listing.title))}</Paragraph>
    <Paragraph>{texts.claimApproved.next}</Paragraph>
    <Action href={links.accountListings()} label={texts.claimApproved.button} fallback={texts.linkFallback} />
  </>
);

export const claimApproved = defineMail('claim.approved', {
  recipients: theClaimant,
  subject: ({ texts, payload }) => texts.claimApproved.subject(shortTitle(payload.listing.title)),
  preheader: ({ texts }) => texts.claimApproved.preheader,
  template: ClaimApproved,
  why: 'claim',
  sample: { claimantId: 1, claimId: 9, listing: sampleService },
});
