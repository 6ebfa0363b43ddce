import { theUser } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph } from './components/Message';
import { EventFacts } from './components/Schedule';
import { defineMail } from './defineMail';
import { formatStart } from './format/dates';
import { safeTitle, shortTitle } from './safeText';
import { sampleEvent } from './samples';
import type { MailProps } from './types';

const EventParticipationConfirmed = ({
  payload: { bookingId, event, seats },
  reader,
  texts,
  links,
}: MailProps<'event.participation.confirmed'>) => (
  <>
    <Title>{texts.participationConfirmed.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.participationConfirmed.intro(safeTitle(event.title), seats)}</Paragraph>
    <EventFacts event={event} texts={texts} />
    <Paragraph>{texts.participationConfirmed.cannot}</Paragraph>
    <Action
      href={links.accountBooking(bookingId)}
      label={texts.participationConfirmed.button}
      fallback={texts.linkFallback}
    />
    <Note>{texts.noPayments}</Note>
  </>
);

export const eventParticipationConfirmed = defineMail('event.participation.confirmed', {
  recipients: theUser,
  subject: ({ texts, payload }) => texts.participationConfirmed.subject(shortTitle(payload.event.title)),
  preheader: ({ texts, payload }) => texts.participationConfirmed.preheader(formatStart(payload.event, texts.calendar)),
  template: EventParticipationConfirmed,
  why: 'booking',
  sample: { userId: 1, bookingId: 205, event: sampleEvent, seats: 2 },
});
