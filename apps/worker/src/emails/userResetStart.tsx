import { theUser } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import { sampleToken } from './samples';
import type { MailProps } from './types';

const UserResetStart = ({ payload, reader, texts, links }: MailProps<'user.reset.start'>) => (
  <>
    <Title>{texts.resetStart.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.resetStart.intro}</Paragraph>
    <Paragraph>{texts.resetStart.expiry}</Paragraph>
    <Action href={links.reset(payload.token)} label={texts.resetStart.button} fallback={texts.linkFallback} />
    <Note>{texts.resetStart.notYou}</Note>
  </>
);

export const userResetStart = defineMail('user.reset.start', {
  recipients: theUser,
  subject: ({ texts }) => texts.resetStart.subject,
  preheader: ({ texts }) => texts.resetStart.preheader,
  template: UserResetStart,
  why: 'account',
  sample: { userId: 1, token: sampleToken },
});
