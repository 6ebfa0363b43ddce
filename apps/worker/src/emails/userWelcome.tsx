import { theUser } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import { sampleToken } from './samples';
import type { MailProps } from './types';

const UserWelcome = ({ payload, reader, texts, links }: MailProps<'user.welcome'>) => (
  <>
    <Title>{texts.welcome.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.welcome.intro}</Paragraph>
    <Action href={links.verify(payload.token)} label={texts.welcome.button} fallback={texts.linkFallback} />
    <Note>{texts.welcome.notYou}</Note>
  </>
);

export const userWelcome = defineMail('user.welcome', {
  recipients: theUser,
  subject: ({ texts }) => texts.welcome.subject,
  preheader: ({ texts }) => texts.welcome.preheader,
  template: UserWelcome,
  why: 'address',
  sample: { userId: 1, token: sampleToken },
});
