import { theRecipient } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph, Quote } from './components/Message';
import { defineMail } from './defineMail';
import { oneLineOf, safeTitle, shortTitle } from './safeText';
import { sampleListing } from './samples';
import type { MailProps } from './types';

const MessageNew = ({
  payload: { senderName, listing, excerpt, messages, conversationId },
  reader,
  texts,
  links,
}: MailProps<'message.new'>) => (
  <>
    <Title>{texts.messageNew.heading(messages)}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.messageNew.intro(safeTitle(senderName), safeTitle(listing.title), messages)}</Paragraph>
    <Quote text={excerpt} by="stranger" />
    <Action href={links.conversation(conversationId)} label={texts.messageNew.button} fallback={texts.linkFallback} />
    <Note>{texts.messageNew.note}</Note>
  </>
);

export const messageNew = defineMail('message.new', {
  recipients: theRecipient,
  subject: ({ texts, payload: { senderName, listing, messages } }) =>
    texts.messageNew.subject(shortTitle(senderName), shortTitle(listing.title), messages),
  preheader: ({ texts, payload }) => oneLineOf(payload.excerpt) || texts.messageNew.heading(payload.messages),
  template: MessageNew,
  why: 'message',
  sample: {
    recipientId: 1,
    conversationId: '64',
    senderName: 'Mihai Ionescu',
    listing: sampleListing,
    excerpt: 'Hello! We are forty people on 16 May.\nIs the terrace covered, in case it rains?',
    messages: 1,
  },
});
