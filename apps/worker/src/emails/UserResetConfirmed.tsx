import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph, TextLink } from './components/Message';
import type { MailProps } from './types';

export const UserResetConfirmed = ({ reader, texts, links }: MailProps<'user.reset.confirmed'>) => (
  <>
    <Title>{texts.resetConfirmed.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.resetConfirmed.intro}</Paragraph>
    <Action href={links.signIn()} label={texts.resetConfirmed.button} fallback={texts.linkFallback} />
    <Note>
      {texts.resetConfirmed.notYouBefore} <TextLink href={links.forgot()}>{texts.resetConfirmed.notYouLink}</TextLink>.
    </Note>
  </>
);
