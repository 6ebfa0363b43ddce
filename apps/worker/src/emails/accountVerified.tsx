import { theUser } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import type { MailProps } from './types';

const AccountVerified = ({ reader, texts, links }: MailProps<'account.verified'>) => (
  <>
    <Title>{texts.accountVerified.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.accountVerified.intro}</Paragraph>
    <Paragraph>{texts.accountVerified.next}</Paragraph>
    <Action href={links.account()} label={texts.accountVerified.button} fallback={texts.linkFallback} />
  </>
);

export const accountVerified = defineMail('account.verified', {
  recipients: theUser,
  subject: ({ texts }) => texts.accountVerified.subject,
  preheader: ({ texts }) => texts.accountVerified.preheader,
  template: AccountVerified,
  why: 'account',
  sample: { userId: 1 },
});
