import { theUsers } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph } from './components/Message';
import { EventFacts } from './components/Schedule';
import { defineMail } from './defineMail';
import { formatStart } from './format/dates';
import { safeTitle, shortTitle } from './safeText';
import { sampleEvent } from './samples';
import type { MailProps } from './types';

const EventReminder24h = ({ payload: { event }, reader, texts, links }: MailProps<'event.reminder.24h'>) => (
  <>
    <Title>{texts.eventReminder.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.eventReminder.intro(safeTitle(event.title))}</Paragraph>
    <EventFacts event={event} texts={texts} />
    <Action href={links.listing(event)} label={texts.eventReminder.button} fallback={texts.linkFallback} />
  </>
);

export const eventReminder24h = defineMail('event.reminder.24h', {
  recipients: theUsers,
  subject: ({ texts, payload: { event } }) =>
    texts.eventReminder.subject(shortTitle(event.title), formatStart(event, texts.calendar)),
  preheader: ({ texts }) => texts.eventReminder.preheader,
  template: EventReminder24h,
  why: 'saved',
  sample: { userIds: [1, 2], event: sampleEvent },
});
