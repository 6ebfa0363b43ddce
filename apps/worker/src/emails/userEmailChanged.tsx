import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import { maskedAddress } from './safeText';
import type { MailProps } from './types';

const UserEmailChanged = ({ payload, reader, texts, links }: MailProps<'user.email.changed'>) => (
  <>
    <Title>{texts.emailChanged.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.emailChanged.intro(maskedAddress(payload.newEmail))}</Paragraph>
    <Paragraph>{texts.emailChanged.both}</Paragraph>
    <Action href={links.signIn()} label={texts.emailChanged.button} fallback={texts.linkFallback} />
    <Note link={{ href: links.contact(), label: texts.emailChanged.notYouLink }}>
      {texts.emailChanged.notYouBefore}
    </Note>
  </>
);

export const userEmailChanged = defineMail('user.email.changed', {
  recipients: ({ userId, oldEmail, newEmail }) => ({
    audience: 'addresses',
    emails: [oldEmail, newEmail],
    reader: { userId },
  }),
  subject: ({ texts }) => texts.emailChanged.subject,
  preheader: ({ texts }) => texts.emailChanged.preheader,
  template: UserEmailChanged,
  why: 'account',
  sample: { userId: 1, oldEmail: 'ana@example.com', newEmail: 'popescu@example.com' },
});
