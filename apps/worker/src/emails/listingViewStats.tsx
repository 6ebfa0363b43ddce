import { theOwner } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Note, Paragraph } from './components/Message';
import { Figures, ListingLines } from './components/Statistics';
import { defineMail } from './defineMail';
import { formatUtcDays } from './format/dates';
import { changeOf } from './format/numbers';
import { sampleListing, sampleService, sampleWeek, weekly } from './samples';
import type { MailProps } from './types';

const ListingViewStats = ({
  payload: { week, totals, listings, otherListings },
  reader,
  texts,
  links,
}: MailProps<'listing.view-stats'>) => (
  <>
    <Title>{texts.viewStats.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.viewStats.intro(formatUtcDays(week, texts.calendar))}</Paragraph>
    <Figures
      figures={[
        { name: texts.viewStats.views, count: totals.views },
        { name: texts.viewStats.favorites, count: totals.favorites },
        { name: texts.viewStats.bookings, count: totals.bookings },
      ]}
      texts={texts}
    />
    <ListingLines
      lines={listings.map(({ listing, views, favorites, bookings }) => ({
        listing,
        told: texts.viewStats.line(views.week, texts.change(changeOf(views)), favorites.week, bookings.week),
      }))}
      otherListings={otherListings}
      texts={texts}
    />
    <Action href={links.accountListings()} label={texts.viewStats.button} fallback={texts.linkFallback} />
    <Note>{texts.viewStats.note}</Note>
  </>
);

export const listingViewStats = defineMail('listing.view-stats', {
  recipients: theOwner,
  subject: ({ texts, payload }) => texts.viewStats.subject(payload.totals.views.week),
  preheader: ({ texts, payload: { totals } }) => texts.viewStats.preheader(totals.favorites.week, totals.bookings.week),
  template: ListingViewStats,
  why: 'listing',
  sample: {
    ownerId: 1,
    week: sampleWeek,
    totals: { views: weekly(320, 285), favorites: weekly(21, 24), bookings: weekly(3, 0) },
    listings: [
      { listing: sampleListing, views: weekly(290, 241), favorites: weekly(19, 20), bookings: weekly(2, 0) },
      { listing: sampleService, views: weekly(30, 44), favorites: weekly(2, 4), bookings: weekly(1, 0) },
    ],
    otherListings: 0,
  },
});
