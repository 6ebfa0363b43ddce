import { staff } from './audiences';
import { Title } from './components/Layout';
import { Action, Facts, Reason } from './components/Message';
import { defineMail } from './defineMail';
import { oneLineOf, safeTitle, shortTitle } from './safeText';
import { sampleService } from './samples';
import type { MailProps } from './types';

const AdminClaimPending = ({
  payload: { claimId, claimantName, listing, evidence },
  texts,
  links,
}: MailProps<'admin.claim.pending'>) => (
  <>
    <Title>{texts.adminClaimPending.heading}</Title>
    <Facts
      facts={[
        { name: texts.facts.listing[listing.kind], value: safeTitle(listing.title) },
        { name: texts.adminClaimPending.claimant, value: safeTitle(claimantName) },
      ]}
    />
    <Reason lead={texts.adminClaimPending.evidence} text={evidence} by="stranger" />
    <Action href={links.adminRow('claims', claimId)} label={texts.openAdmin} fallback={texts.linkFallback} />
  </>
);

export const adminClaimPending = defineMail('admin.claim.pending', {
  recipients: staff,
  subject: ({ texts, payload }) => texts.adminClaimPending.subject(shortTitle(payload.listing.title)),
  preheader: ({ texts, payload }) => texts.adminClaimPending.preheader(oneLineOf(payload.claimantName)),
  template: AdminClaimPending,
  why: 'staff',
  sample: {
    claimId: 9,
    claimantId: 1,
    claimantName: 'Ioana Marinescu',
    listing: sampleService,
    evidence: 'I play the viola in it. You can call us at the number on our posters.',
  },
});
