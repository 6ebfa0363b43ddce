import { staff } from './audiences';
import { Title } from './components/Layout';
import { Action, Facts, Reason } from './components/Message';
import { defineMail } from './defineMail';
import { safeTitle, shortTitle } from './safeText';
import type { MailProps } from './types';

const AdminVerificationRequest = ({
  payload: { verificationId, displayName, note },
  texts,
  links,
}: MailProps<'admin.verification.request'>) => (
  <>
    <Title>{texts.adminVerificationRequest.heading}</Title>
    <Facts facts={[{ name: texts.facts.name, value: safeTitle(displayName) }]} />
    <Reason lead={texts.adminVerificationRequest.note} text={note} by="stranger" />
    <Action
      href={links.adminRow('verifications', verificationId)}
      label={texts.openAdmin}
      fallback={texts.linkFallback}
    />
  </>
);

export const adminVerificationRequest = defineMail('admin.verification.request', {
  recipients: staff,
  subject: ({ texts, payload }) => texts.adminVerificationRequest.subject(shortTitle(payload.displayName)),
  preheader: ({ texts }) => texts.adminVerificationRequest.preheader,
  template: AdminVerificationRequest,
  why: 'staff',
  sample: {
    verificationId: 5,
    userId: 1,
    displayName: 'Ana Popescu',
    note: 'The extract of the trade register is attached.',
  },
});
