import { theClient } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph } from './components/Message';
import { BookingFacts } from './components/Schedule';
import { defineMail } from './defineMail';
import { formatStart } from './format/dates';
import { shortTitle } from './safeText';
import { sampleBooking } from './samples';
import type { MailProps } from './types';

const BookingConfirmed = ({ payload: { booking }, reader, texts, links }: MailProps<'booking.confirmed'>) => (
  <>
    <Title>{texts.bookingConfirmed.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.bookingConfirmed.intro}</Paragraph>
    <BookingFacts booking={booking} texts={texts} />
    <Action
      href={links.accountBooking(booking.id)}
      label={texts.bookingConfirmed.button}
      fallback={texts.linkFallback}
    />
    <Note>{texts.noPayments}</Note>
  </>
);

export const bookingConfirmed = defineMail('booking.confirmed', {
  recipients: theClient,
  subject: ({ texts, payload }) => texts.bookingConfirmed.subject(shortTitle(payload.booking.listing.title)),
  preheader: ({ texts, payload }) =>
    texts.bookingConfirmed.preheader(formatStart(payload.booking.period, texts.calendar)),
  template: BookingConfirmed,
  why: 'booking',
  sample: { clientId: 1, booking: sampleBooking },
});
