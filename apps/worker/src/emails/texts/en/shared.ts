import type { ListingKind, ReportReason, ReportSubject, Role } from '@convene/common';
import type { Calendar } from '../../format/dates';
import { type Change, formatChange } from '../../format/numbers';
import { count, kind, plural } from './words';

const calendar: Calendar = {
  weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  months: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
};

const factOfKind: Record<ListingKind, string> = { locations: 'Location', events: 'Event', services: 'Service' };

const role: Record<Role, string> = {
  client: 'client',
  host: 'host',
  organizer: 'organizer',
  provider: 'provider',
  moderator: 'moderator',
  admin: 'admin',
};

const reportReason: Record<ReportReason, string> = {
  spam: 'Spam',
  misleading: 'Misleading',
  offensive: 'Offensive',
  fraud: 'Fraud',
  illegal: 'Illegal',
  other: 'Something else',
};

const reportSubject: Record<ReportSubject, string> = {
  listing: 'a listing',
  profile: 'a profile',
  review: 'a review',
  message: 'a message',
  other: 'something else',
};

/** What several mails say. */
export const shared = {
  greeting: (name: string | null) => (name ? `Hello ${name},` : 'Hello,'),
  linkFallback: 'If the button does not work, copy this address into your browser:',
  tagline: 'Convene: places to meet, events to go to, people to hire.',
  footer: { preferences: 'Choose which mails you get', unsubscribe: 'Unsubscribe from such mails' },
  calendar,
  kind,
  role,
  reportReason,
  reportSubject,
  count,
  facts: {
    when: 'When',
    where: 'Where',
    seats: 'Seats',
    before: 'Before',
    listing: factOfKind,
    title: 'Title',
    kind: 'Kind',
    owner: 'Owner',
    name: 'Name',
    author: 'By',
    rating: 'Rating',
    reason: 'Reason',
    reporter: 'Reported by',
    email: 'E-mail',
    subject: 'Subject',
  },
  noAccount: 'somebody without an account',
  outOfFive: (rating: number) => `${'★'.repeat(rating)}${'☆'.repeat(5 - rating)} ${rating} of 5`,
  openAdmin: 'Open in the admin',
  noPayments: 'Convene takes no payments: you pay where you agreed to.',
  change: (change: Change) => formatChange(change, ','),
  otherListings: (value: number) => `And ${plural(value, 'more listing', 'more listings')}.`,
  why: {
    account: 'You receive this mail because it is about your account at Convene.',
    address: 'You receive this mail because somebody entered this address at Convene.',
    listing: 'You receive this mail because you have a listing on Convene.',
    invitation: 'You receive this mail because this address stands in a listing on Convene.',
    message: 'You receive this mail because somebody wrote to you on Convene.',
    review: 'You receive this mail because you wrote a review on Convene.',
    claim: 'You receive this mail because you asked to take over a listing on Convene.',
    booking: 'You receive this mail because you booked something on Convene.',
    bookingParty: 'You receive this mail because you are a party to a booking on Convene.',
    event: 'You receive this mail because you saved this event on Convene or take part in it.',
    saved: 'You receive this mail because you saved this event on Convene.',
    staff: 'You receive this mail because you are on the staff of Convene.',
  },
};
