import type { ListingKind } from '@convene/common';
import { strong } from '../../emphasis';
import { kind, plural } from './words';

/** Bookings of locations and services, and events that one takes part in or saved. */
export const bookings = {
  bookingRequested: {
    subject: (client: string, title: string) => `${client} asks to book “${title}”`,
    preheader: (start: string) => `From ${start}. Your answer is awaited.`,
    heading: 'A booking request',
    intro: (client: string) => `${strong(client)} would like to book:`,
    note: 'They write:',
    next: 'Please answer soon. The time is not taken until you confirm it.',
    button: 'Answer the request',
  },
  bookingConfirmed: {
    subject: (title: string) => `Confirmed: “${title}”`,
    preheader: (start: string) => `From ${start}.`,
    heading: 'Your booking is confirmed',
    intro: 'Good news: your request was confirmed.',
    button: 'See my booking',
  },
  bookingDeclined: {
    subject: (title: string) => `Declined: “${title}”`,
    preheader: 'It did not work out this time.',
    heading: 'It did not work out',
    intro: 'Your request was declined:',
    reason: 'The reason that was given:',
    next: (of: ListingKind) => `Another time may work, or another ${kind[of]}.`,
    button: 'See what else there is',
  },
  bookingCancelled: {
    subject: (title: string) => `Cancelled: your booking of “${title}”`,
    subjectToOwner: (title: string) => `Cancelled: a booking of “${title}”`,
    preheader: (start: string) => `It was to begin on ${start}.`,
    heading: 'A booking was cancelled',
    intro: (name: string) => `${strong(name)} cancelled this booking:`,
    reason: 'The reason that was given:',
    button: 'See the booking',
  },
  eventCancelled: {
    subject: (title: string) => `Cancelled: “${title}”`,
    preheader: (start: string) => `It will not take place on ${start}.`,
    heading: 'The event is cancelled',
    intro: (title: string) => `${strong(title)} will not take place.`,
    reason: 'The organizer writes:',
    next: 'If you had a seat, it is cancelled too; you need do nothing.',
    button: 'See other events',
  },
  eventMoved: {
    subject: {
      time: (title: string) => `New time: “${title}”`,
      place: (title: string) => `New place: “${title}”`,
      both: (title: string) => `New time and place: “${title}”`,
    },
    preheader: (start: string) => `Now on ${start}.`,
    heading: { time: 'A new time', place: 'A new place', both: 'A new time and place' },
    intro: (title: string) => `${strong(title)} has changed. From now on:`,
    before: 'It was:',
    next: 'If you have a seat, it stays yours. You can’t come any more? Then please give it back in your account, so that somebody else can.',
    button: 'See the event',
  },
  eventReminder: {
    subject: (title: string, start: string) => `Coming up: “${title}”, ${start}`,
    preheader: 'You saved this event.',
    heading: 'Coming up',
    intro: (title: string) => `You saved ${strong(title)}. It starts soon:`,
    button: 'See the event',
  },
  participationConfirmed: {
    subject: (title: string) => `You are in: “${title}”`,
    preheader: (start: string) => `See you on ${start}.`,
    heading: 'You are in',
    intro: (title: string, seats: number) =>
      seats === 1
        ? `Your seat at ${strong(title)} is confirmed.`
        : `Your ${plural(seats, 'seat', 'seats')} at ${strong(title)} are confirmed.`,
    cannot: 'You can’t come any more? Please cancel in your account, so that somebody else can.',
    button: 'See my booking',
  },
  participationReminder: {
    subject: (title: string, start: string) => `See you soon: “${title}”, ${start}`,
    preheader: 'When and where it starts.',
    heading: 'See you soon',
    intro: (title: string) => `${strong(title)} starts soon, and you take part:`,
    cannot: 'You can’t come any more? Please cancel in your account, so that somebody else can.',
    button: 'See the event',
  },
};
