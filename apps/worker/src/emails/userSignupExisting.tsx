import { theUser } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import type { MailProps } from './types';

const UserSignupExisting = ({ reader, texts, links }: MailProps<'user.signup.existing'>) => (
  <>
    <Title>{texts.signupExisting.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.signupExisting.intro}</Paragraph>
    <Action href={links.signIn()} label={texts.signupExisting.button} fallback={texts.linkFallback} />
    <Note link={{ href: links.forgot(), label: texts.signupExisting.forgotLink }}>
      {texts.signupExisting.forgotBefore}
    </Note>
    <Note>{texts.signupExisting.notYou}</Note>
  </>
);

export const userSignupExisting = defineMail('user.signup.existing', {
  recipients: theUser,
  subject: ({ texts }) => texts.signupExisting.subject,
  preheader: ({ texts }) => texts.signupExisting.preheader,
  template: UserSignupExisting,
  why: 'address',
  sample: { userId: 1 },
});
