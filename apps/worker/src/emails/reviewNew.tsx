import { theOwner } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, Facts, Paragraph, Quote } from './components/Message';
import { defineMail } from './defineMail';
import { oneLineOf, safeTitle, shortTitle } from './safeText';
import { sampleReview } from './samples';
import type { MailProps } from './types';

const ReviewNew = ({ payload: { review }, reader, texts, links }: MailProps<'review.new'>) => (
  <>
    <Title>{texts.reviewNew.heading}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.reviewNew.intro(safeTitle(review.authorName), safeTitle(review.listing.title))}</Paragraph>
    <Facts facts={[{ name: texts.facts.rating, value: texts.outOfFive(review.rating) }]} />
    <Quote text={review.excerpt} by="stranger" />
    <Action href={links.listing(review.listing)} label={texts.reviewNew.button} fallback={texts.linkFallback} />
  </>
);

export const reviewNew = defineMail('review.new', {
  recipients: theOwner,
  subject: ({ texts, payload: { review } }) => texts.reviewNew.subject(shortTitle(review.listing.title), review.rating),
  preheader: ({ texts, payload: { review } }) => oneLineOf(review.excerpt) || texts.outOfFive(review.rating),
  template: ReviewNew,
  why: 'listing',
  sample: { ownerId: 1, review: sampleReview },
});
