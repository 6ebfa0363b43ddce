import { theClient } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph, Reason } from './components/Message';
import { BookingFacts } from './components/Schedule';
import { defineMail } from './defineMail';
import { shortTitle } from './safeText';
import { sampleBooking } from './samples';
import type { MailProps } from './types';

const BookingDeclined = ({ payload: { booking, reason }, reader, texts, links }: MailProps<'booking.declined'>) => (
  <>
    <Title>{texts.bookingDeclined.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.bookingDeclined.intro}</Paragraph>
    <BookingFacts booking={booking} texts={texts} />
    <Reason lead={texts.bookingDeclined.reason} text={reason} by="stranger" />
    <Paragraph>{texts.bookingDeclined.next(booking.listing.kind)}</Paragraph>
    <Action
      href={links.archive(booking.listing.kind)}
      label={texts.bookingDeclined.button}
      fallback={texts.linkFallback}
    />
  </>
);

export const bookingDeclined = defineMail('booking.declined', {
  recipients: theClient,
  subject: ({ texts, payload }) => texts.bookingDeclined.subject(shortTitle(payload.booking.listing.title)),
  preheader: ({ texts }) => texts.bookingDeclined.preheader,
  template: BookingDeclined,
  why: 'booking',
  sample: { clientId: 1, booking: sampleBooking, reason: 'The floor is being repaired that week. June is free.' },
});
