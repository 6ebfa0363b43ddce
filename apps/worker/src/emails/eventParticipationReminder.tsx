import { theUsers } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph } from './components/Message';
import { EventFacts } from './components/Schedule';
import { defineMail } from './defineMail';
import { formatStart } from './format/dates';
import { safeTitle, shortTitle } from './safeText';
import { sampleEvent } from './samples';
import type { MailProps } from './types';

const EventParticipationReminder = ({
  payload: { event },
  reader,
  texts,
  links,
}: MailProps<'event.participation.reminder'>) => (
  <>
    <Title>{texts.participationReminder.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.participationReminder.intro(safeTitle(event.title))}</Paragraph>
    <EventFacts event={event} texts={texts} />
    <Action href={links.listing(event)} label={texts.participationReminder.button} fallback={texts.linkFallback} />
    <Note>{texts.participationReminder.cannot}</Note>
  </>
);

export const eventParticipationReminder = defineMail('event.participation.reminder', {
  recipients: theUsers,
  subject: ({ texts, payload: { event } }) =>
    texts.participationReminder.subject(shortTitle(event.title), formatStart(event, texts.calendar)),
  preheader: ({ texts }) => texts.participationReminder.preheader,
  template: EventParticipationReminder,
  why: 'booking',
  sample: { userIds: [1, 2], event: sampleEvent },
});
