import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import type { MailProps } from './types';

const AccountDeleted = ({ reader, texts, links }: MailProps<'account.deleted'>) => (
  <>
    <Title>{texts.accountDeleted.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.accountDeleted.intro}</Paragraph>
    <Paragraph>{texts.accountDeleted.next}</Paragraph>
    <Paragraph>{texts.accountDeleted.notYou}</Paragraph>
    <Action href={links.contact()} label={texts.accountDeleted.button} fallback={texts.linkFallback} />
  </>
);

export const accountDeleted = defineMail('account.deleted', {
  recipients: ({ email, name, locale }) => ({
    audience: 'addresses',
    emails: [email],
    reader: { displayName: name, locale },
  }),
  subject: ({ texts }) => texts.accountDeleted.subject,
  preheader: ({ texts }) => texts.accountDeleted.preheader,
  template: AccountDeleted,
  why: 'account',
  sample: { userId: 1, email: 'ana@example.com', name: 'Ana Popescu', locale: 'en' },
});
