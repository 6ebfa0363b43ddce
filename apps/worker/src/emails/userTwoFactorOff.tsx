import { theUser } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import type { MailProps } from './types';

const UserTwoFactorOff = ({ reader, texts, links }: MailProps<'user.two-factor.off'>) => (
  <>
    <Title>{texts.twoFactorOff.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.twoFactorOff.intro}</Paragraph>
    <Action href={links.account()} label={texts.twoFactorOff.button} fallback={texts.linkFallback} />
    <Note link={{ href: links.forgot(), label: texts.twoFactorOff.notYouLink }}>{texts.twoFactorOff.notYouBefore}</Note>
  </>
);

export const userTwoFactorOff = defineMail('user.two-factor.off', {
  recipients: theUser,
  subject: ({ texts }) => texts.twoFactorOff.subject,
  preheader: ({ texts }) => texts.twoFactorOff.preheader,
  template: UserTwoFactorOff,
  why: 'account',
  sample: { userId: 1 },
});
