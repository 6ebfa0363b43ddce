import { theAuthor } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import { safeTitle, shortTitle } from './safeText';
import { sampleListing } from './samples';
import type { MailProps } from './types';

const ReviewApproved = ({ payload: { listing }, reader, texts, links }: MailProps<'review.approved'>) => (
  <>
    <Title>{texts.reviewApproved.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.reviewApproved.intro(safeTitle(listing.title))}</Paragraph>
    <Paragraph>{texts.reviewApproved.next}</Paragraph>
    <Action href={links.listing(listing)} label={texts.reviewApproved.button} fallback={texts.linkFallback} />
  </>
);

export const reviewApproved = defineMail('review.approved', {
  recipients: theAuthor,
  subject: ({ texts, payload }) => texts.reviewApproved.subject(shortTitle(payload.listing.title)),
  preheader: ({ texts }) => texts.reviewApproved.preheader,
  template: ReviewApproved,
  why: 'review',
  sample: { authorId: 1, reviewId: 77, listing: sampleListing },
});
