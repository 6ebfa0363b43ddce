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

const ListingSearchStats = ({
  payload: { week, totals, listings, otherListings },
  reader,
  texts,
  links,
}: MailProps<'listing.search-stats'>) => (
  <>
    <Title>{texts.searchStats.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.searchStats.intro(formatUtcDays(week, texts.calendar))}</Paragraph>
    <Figures figures={[{ name: texts.searchStats.shown, count: totals.impressions }]} texts={texts} />
    <ListingLines
      lines={listings.map(({ listing, impressions }) => ({
        listing,
        told: texts.searchStats.line(impressions.week, texts.change(changeOf(impressions))),
      }))}
      otherListings={otherListings}
      texts={texts}
    />
    <Action href={links.accountListings()} label={texts.searchStats.button} fallback={texts.linkFallback} />
    <Note>{texts.searchStats.note}</Note>
  </>
);

export const listingSearchStats = defineMail('listing.search-stats', {
  recipients: theOwner,
  subject: ({ texts, payload }) => texts.searchStats.subject(payload.totals.impressions.week),
  preheader: ({ texts, payload }) => texts.searchStats.preheader(formatUtcDays(payload.week, texts.calendar)),
  template: ListingSearchStats,
  why: 'listing',
  sample: {
    ownerId: 1,
    week: sampleWeek,
    totals: { impressions: weekly(1_240, 1_105) },
    listings: [
      { listing: sampleListing, impressions: weekly(1_020, 840) },
      { listing: sampleService, impressions: weekly(180, 265) },
    ],
    otherListings: 3,
  },
});
