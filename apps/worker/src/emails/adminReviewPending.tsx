import { staff } from './audiences';
import { Title } from './components/Layout';
import { Action, Facts, Quote } from './components/Message';
import { defineMail } from './defineMail';
import { oneLineOf, safeTitle, shortTitle } from './safeText';
import { sampleReview } from './samples';
import type { MailProps } from './types';

const AdminReviewPending = ({ payload: { review }, texts, links }: MailProps<'admin.review.pending'>) => (
  <>
    <Title>{texts.adminReviewPending.heading}</Title>
    <Facts
      facts={[
        { name: texts.facts.listing[review.listing.kind], value: safeTitle(review.listing.title) },
        { name: texts.facts.author, value: safeTitle(review.authorName) },
        { name: texts.facts.rating, value: texts.outOfFive(review.rating) },
      ]}
    />
    <Quote text={review.excerpt} by="stranger" />
    <Action href={links.adminRow('reviews', review.id)} label={texts.openAdmin} fallback={texts.linkFallback} />
  </>
);

export const adminReviewPending = defineMail('admin.review.pending', {
  recipients: staff,
  subject: ({ texts, payload }) => texts.adminReviewPending.subject(shortTitle(payload.review.listing.title)),
  preheader: ({ texts, payload: { review } }) =>
    texts.adminReviewPending.preheader(oneLineOf(review.authorName), review.rating),
  template: AdminReviewPending,
  why: 'staff',
  sample: { review: sampleReview },
});
