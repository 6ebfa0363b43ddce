import { theUser } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import type { MailProps } from './types';

const UserResetConfirmed = ({ reader, texts, links }: MailProps<'user.reset.confirmed'>) => (
  <>
    <Title>{texts.resetConfirmed.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.resetConfirmed.intro}</Paragraph>
    <Action href={links.signIn()} label={texts.resetConfirmed.button} fallback={texts.linkFallback} />
    <Note link={{ href: links.forgot(), label: texts.resetConfirmed.notYouLink }}>
      {texts.resetConfirmed.notYouBefore}
    </Note>
  </>
);

export const userResetConfirmed = defineMail('user.reset.confirmed', {
  recipients: theUser,
  subject: ({ texts }) => texts.resetConfirmed.subject,
  preheader: ({ texts }) => texts.resetConfirmed.preheader,
  template: UserResetConfirmed,
  why: 'account',
  sample: { userId: 1 },
});
