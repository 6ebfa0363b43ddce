import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph, TextLink } from './components/Message';
import type { MailProps } from './types';

export const UserSignupExisting = ({ reader, texts, links }: MailProps<'user.signup.existing'>) => (
  <>
    <Title>{texts.signupExisting.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.signupExisting.intro}</Paragraph>
    <Action href={links.signIn()} label={texts.signupExisting.button} fallback={texts.linkFallback} />
    <Note>
      {texts.signupExisting.forgotBefore} <TextLink href={links.forgot()}>{texts.signupExisting.forgotLink}</TextLink>
    </Note>
    <Note>{texts.signupExisting.notYou}</Note>
  </>
);
