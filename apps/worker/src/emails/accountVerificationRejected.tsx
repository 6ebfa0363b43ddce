import { theUser } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph, Reason } from './components/Message';
import { defineMail } from './defineMail';
import type { MailProps } from './types';

const AccountVerificationRejected = ({ payload, reader, texts, links }: MailProps<'account.verification-rejected'>) => (
  <>
    <Title>{texts.verificationRejected.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.verificationRejected.intro}</Paragraph>
    <Reason lead={texts.verificationRejected.reason} text={payload.reason} by="staff" />
    <Paragraph>{texts.verificationRejected.next}</Paragraph>
    <Action href={links.account()} label={texts.verificationRejected.button} fallback={texts.linkFallback} />
  </>
);

export const accountVerificationRejected = defineMail('account.verification-rejected', {
  recipients: theUser,
  subject: ({ texts }) => texts.verificationRejected.subject,
  preheader: ({ texts }) => texts.verificationRejected.preheader,
  template: AccountVerificationRejected,
  why: 'account',
  sample: { userId: 1, reason: 'The document has expired. Please send one that is valid.' },
});
