import { theOwner } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph, Reason } from './components/Message';
import { BookingFacts } from './components/Schedule';
import { defineMail } from './defineMail';
import { formatStart } from './format/dates';
import { safeTitle, shortTitle } from './safeText';
import { sampleBooking } from './samples';
import type { MailProps } from './types';

const BookingRequested = ({
  payload: { booking, clientName, note },
  reader,
  texts,
  links,
}: MailProps<'booking.requested'>) => (
  <>
    <Title>{texts.bookingRequested.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.bookingRequested.intro(safeTitle(clientName))}</Paragraph>
    <BookingFacts booking={booking} texts={texts} />
    <Reason lead={texts.bookingRequested.note} text={note} by="stranger" />
    <Paragraph>{texts.bookingRequested.next}</Paragraph>
    <Action
      href={links.accountBooking(booking.id)}
      label={texts.bookingRequested.button}
      fallback={texts.linkFallback}
    />
  </>
);

export const bookingRequested = defineMail('booking.requested', {
  recipients: theOwner,
  subject: ({ texts, payload: { booking, clientName } }) =>
    texts.bookingRequested.subject(shortTitle(clientName), shortTitle(booking.listing.title)),
  preheader: ({ texts, payload }) =>
    texts.bookingRequested.preheader(formatStart(payload.booking.period, texts.calendar)),
  template: BookingRequested,
  why: 'bookingParty',
  sample: {
    ownerId: 1,
    booking: sampleBooking,
    clientName: 'Mihai Ionescu',
    note: 'A company retreat for forty. We would need the kitchen as well.',
  },
});
