import {
  type BookingInMail,
  type EventInMail,
  type ListingInMail,
  type ReviewInMail,
  utcDayOf,
  type WeeklyCount,
} from '@convene/common';

/* What the mails' sample payloads share, for previews and tests. */

export const sampleToken = 'sample-token-that-leads-nowhere';

export const sampleListing: ListingInMail = {
  kind: 'locations',
  id: 12,
  title: 'The Glass House by the Lake',
  slug: 'the-glass-house-by-the-lake',
};

export const sampleService: ListingInMail = {
  kind: 'services',
  id: 31,
  title: 'Quartet for Small Rooms',
  slug: 'quartet-for-small-rooms',
};

export const sampleEvent: EventInMail = {
  kind: 'events',
  id: 48,
  title: 'Winter Jazz at Casa Filipescu',
  slug: 'winter-jazz-at-casa-filipescu',
  startsAt: '2026-03-07T18:00:00.000Z',
  endsAt: '2026-03-07T21:30:00.000Z',
  timeZone: 'Europe/Bucharest',
  place: 'Casa Filipescu, Strada Batiștei 14, București',
};

export const sampleBooking: BookingInMail = {
  id: 205,
  listing: sampleListing,
  period: { startsAt: '2026-05-16T08:00:00.000Z', endsAt: '2026-05-17T14:00:00.000Z', timeZone: 'Europe/Bucharest' },
  seats: null,
};

export const sampleReview: ReviewInMail = {
  id: 77,
  listing: sampleListing,
  authorName: 'Ioana Marinescu',
  rating: 4,
  excerpt: 'Bright, quiet, and ten steps from the water.\nParking is scarce on weekends, so come by train.',
};

export const sampleWeek = {
  firstDay: utcDayOf(new Date('2026-03-02')),
  lastDay: utcDayOf(new Date('2026-03-08')),
};

export const weekly = (week: number, weekBefore: number): WeeklyCount => ({ week, weekBefore });
