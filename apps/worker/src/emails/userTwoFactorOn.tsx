import { theUser } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import type { MailProps } from './types';

const UserTwoFactorOn = ({ reader, texts, links }: MailProps<'user.two-factor.on'>) => (
  <>
    <Title>{texts.twoFactorOn.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.twoFactorOn.intro}</Paragraph>
    <Paragraph>{texts.twoFactorOn.next}</Paragraph>
    <Action href={links.account()} label={texts.twoFactorOn.button} fallback={texts.linkFallback} />
    <Note link={{ href: links.contact(), label: texts.twoFactorOn.notYouLink }}>{texts.twoFactorOn.notYouBefore}</Note>
  </>
);

export const userTwoFactorOn = defineMail('user.two-factor.on', {
  recipients: theUser,
  subject: ({ texts }) => texts.twoFactorOn.subject,
  preheader: ({ texts }) => texts.twoFactorOn.preheader,
  template: UserTwoFactorOn,
  why: 'account',
  sample: { userId: 1 },
});
