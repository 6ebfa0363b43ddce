import { theRecipient } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph, Reason } from './components/Message';
import { BookingFacts } from './components/Schedule';
import { defineMail } from './defineMail';
import { formatStart } from './format/dates';
import { safeTitle, shortTitle } from './safeText';
import { sampleBooking } from './samples';
import type { MailProps } from './types';

const BookingCancelled = ({
  payload: { booking, cancelledByName, reason },
  reader,
  texts,
  links,
}: MailProps<'booking.cancelled'>) => (
  <>
    <Title>{texts.bookingCancelled.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.bookingCancelled.intro(safeTitle(cancelledByName))}</Paragraph>
    <BookingFacts booking={booking} texts={texts} />
    <Reason lead={texts.bookingCancelled.reason} text={reason} by="stranger" />
    <Action
      href={links.accountBooking(booking.id)}
      label={texts.bookingCancelled.button}
      fallback={texts.linkFallback}
    />
  </>
);

export const bookingCancelled = defineMail('booking.cancelled', {
  recipients: theRecipient,
  subject: ({ texts, payload: { booking, cancelledBy } }) => {
    const title = shortTitle(booking.listing.title);
    return cancelledBy === 'client'
      ? texts.bookingCancelled.subjectToOwner(title)
      : texts.bookingCancelled.subject(title);
  },
  preheader: ({ texts, payload }) =>
    texts.bookingCancelled.preheader(formatStart(payload.booking.period, texts.calendar)),
  template: BookingCancelled,
  why: 'bookingParty',
  sample: {
    recipientId: 1,
    booking: sampleBooking,
    cancelledBy: 'client',
    cancelledByName: 'Mihai Ionescu',
    reason: 'Half of us have the flu. We are sorry!',
  },
});
