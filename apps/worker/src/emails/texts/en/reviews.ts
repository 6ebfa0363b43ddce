import { strong } from '../../emphasis';

/** Reviews, for those who are reviewed and those who wrote them. */
export const reviews = {
  reviewNew: {
    subject: (title: string, rating: number) => `A new review of “${title}”: ${rating} of 5`,
    heading: 'A new review',
    intro: (author: string, title: string) => `${strong(author)} wrote a review of ${strong(title)}.`,
    button: 'Read it on Convene',
  },
  reviewApproved: {
    subject: (title: string) => `Your review of “${title}” is online`,
    preheader: 'Thank you: it helps others decide.',
    heading: 'Your review is online',
    intro: (title: string) =>
      `Your review of ${strong(title)} can now be read by everyone. Thank you for taking the time.`,
    next: 'Its stars count in the rating of the listing from now on.',
    button: 'See it on Convene',
  },
  reviewRejected: {
    subject: (title: string) => `Your review of “${title}” was not published`,
    preheader: 'Why, and how to go on.',
    heading: 'Not published',
    intro: (title: string) => `We have read your review of ${strong(title)} and could not publish it as it is.`,
    reason: 'The reason:',
    next: 'You can change it on the page of the listing; we will read it anew.',
    button: 'Go to the listing',
  },
};
