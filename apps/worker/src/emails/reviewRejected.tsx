import { theAuthor } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph, Reason } from './components/Message';
import { defineMail } from './defineMail';
import { safeTitle, shortTitle } from './safeText';
import { sampleListing } from './samples';
import type { MailProps } from './types';

const ReviewRejected = ({ payload: { listing, reason }, reader, texts, links }: MailProps<'review.rejected'>) => (
  <>
    <Title>{texts.reviewRejected.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.reviewRejected.intro(safeTitle(listing.title))}</Paragraph>
    <Reason lead={texts.reviewRejected.reason} text={reason} by="staff" />
    <Paragraph>{texts.reviewRejected.next}</Paragraph>
    <Action href={links.listing(listing)} label={texts.reviewRejected.button} fallback={texts.linkFallback} />
  </>
);

export const reviewRejected = defineMail('review.rejected', {
  recipients: theAuthor,
  subject: ({ texts, payload }) => texts.reviewRejected.subject(shortTitle(payload.listing.title)),
  preheader: ({ texts }) => texts.reviewRejected.preheader,
  template: ReviewRejected,
  why: 'review',
  sample: {
    authorId: 1,
    reviewId: 77,
    listing: sampleListing,
    reason: 'Please write about the place, without the names of those who work there.',
  },
});
