import { staff } from './audiences';
import { Title } from './components/Layout';
import { Action, Facts, Note, Quote } from './components/Message';
import { defineMail } from './defineMail';
import { oneLineOf, safeTitle, shortTitle } from './safeText';
import type { MailProps } from './types';

const AdminContact = ({
  payload: { contactMessageId, name, email, subject, message },
  texts,
  links,
}: MailProps<'admin.contact'>) => (
  <>
    <Title>{texts.adminContact.heading}</Title>
    <Facts
      facts={[
        { name: texts.facts.name, value: safeTitle(name) },
        { name: texts.facts.email, value: safeTitle(email) },
        ...(subject === '' ? [] : [{ name: texts.facts.subject, value: safeTitle(subject) }]),
      ]}
    />
    <Quote text={message} by="stranger" />
    <Action
      href={links.adminRow('contact-messages', contactMessageId)}
      label={texts.openAdmin}
      fallback={texts.linkFallback}
    />
    <Note>{texts.adminContact.note}</Note>
  </>
);

export const adminContact = defineMail('admin.contact', {
  recipients: staff,
  subject: ({ texts, payload: { name, subject } }) => texts.adminContact.subject(shortTitle(name), shortTitle(subject)),
  preheader: ({ payload }) => oneLineOf(payload.message),
  template: AdminContact,
  why: 'staff',
  replyTo: ({ email }) => email,
  sample: {
    contactMessageId: 33,
    name: 'Elena Dumitru',
    email: 'elena@example.com',
    subject: 'Listing our school hall',
    message: 'Good morning,\nour school would like to rent out its hall at weekends. Whom should we talk to?',
  },
});
