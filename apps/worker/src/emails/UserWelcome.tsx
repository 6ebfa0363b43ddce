import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph } from './components/Message';
import type { MailProps } from './types';

export const UserWelcome = ({ payload, reader, texts, links }: MailProps<'user.welcome'>) => (
  <>
    <Title>{texts.welcome.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.welcome.intro}</Paragraph>
    <Action href={links.verify(payload.token)} label={texts.welcome.button} fallback={texts.linkFallback} />
    <Note>{texts.welcome.notYou}</Note>
  </>
);
