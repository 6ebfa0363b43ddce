import { theUsers } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph, Reason } from './components/Message';
import { EventFacts } from './components/Schedule';
import { defineMail } from './defineMail';
import { formatStart } from './format/dates';
import { safeTitle, shortTitle } from './safeText';
import { sampleEvent } from './samples';
import type { MailProps } from './types';

const EventCancelled = ({ payload: { event, reason }, reader, texts, links }: MailProps<'event.cancelled'>) => (
  <>
    <Title>{texts.eventCancelled.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.eventCancelled.intro(safeTitle(event.title))}</Paragraph>
    <EventFacts event={event} texts={texts} />
    <Reason lead={texts.eventCancelled.reason} text={reason} by="stranger" />
    <Paragraph>{texts.eventCancelled.next}</Paragraph>
    <Action href={links.archive('events')} label={texts.eventCancelled.button} fallback={texts.linkFallback} />
  </>
);

export const eventCancelled = defineMail('event.cancelled', {
  recipients: theUsers,
  subject: ({ texts, payload }) => texts.eventCancelled.subject(shortTitle(payload.event.title)),
  preheader: ({ texts, payload }) => texts.eventCancelled.preheader(formatStart(payload.event, texts.calendar)),
  template: EventCancelled,
  why: 'event',
  sample: { userIds: [1, 2], event: sampleEvent, reason: 'Our singer has lost her voice. We will try again in May.' },
});
