import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import { sampleToken } from './samples';
import type { MailProps } from './types';

const UserEmailConfirm = ({ payload, reader, texts, links }: MailProps<'user.email.confirm'>) => (
  <>
    <Title>{texts.emailConfirm.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.emailConfirm.intro}</Paragraph>
    <Action href={links.confirmEmail(payload.token)} label={texts.emailConfirm.button} fallback={texts.linkFallback} />
    <Note>{texts.emailConfirm.notYou}</Note>
  </>
);

export const userEmailConfirm = defineMail('user.email.confirm', {
  recipients: ({ userId, email }) => ({ audience: 'addresses', emails: [email], reader: { userId } }),
  subject: ({ texts }) => texts.emailConfirm.subject,
  preheader: ({ texts }) => texts.emailConfirm.preheader,
  template: UserEmailConfirm,
  why: 'account',
  sample: { userId: 1, email: 'popescu@example.com', token: sampleToken },
});
