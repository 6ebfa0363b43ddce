import type { BookingInMail, EventSchedule, PeriodInMail } from '@convene/common';
import { formatPeriod } from '../format/dates';
import { safeTitle } from '../safeText';
import type { MailTexts } from '../texts/index';
import { type Fact, Facts } from './Message';

export const whenFact = (period: PeriodInMail, texts: MailTexts): Fact => ({
  name: texts.facts.when,
  value: formatPeriod(period, texts.calendar),
});

export const whereFacts = ({ place }: Pick<EventSchedule, 'place'>, texts: MailTexts): Fact[] =>
  place === null ? [] : [{ name: texts.facts.where, value: safeTitle(place) }];

/** When and where an event takes place, on its own clocks. */
export const EventFacts = ({ event, texts }: { event: EventSchedule; texts: MailTexts }) => (
  <Facts facts={[whenFact(event, texts), ...whereFacts(event, texts)]} />
);

/** What is booked, for when, and for how many. */
export const BookingFacts = ({ booking, texts }: { booking: BookingInMail; texts: MailTexts }) => (
  <Facts
    facts={[
      { name: texts.facts.listing[booking.listing.kind], value: safeTitle(booking.listing.title) },
      whenFact(booking.period, texts),
      ...(booking.seats === null ? [] : [{ name: texts.facts.seats, value: texts.count(booking.seats) }]),
    ]}
  />
);
