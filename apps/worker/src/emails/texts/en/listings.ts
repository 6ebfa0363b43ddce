import type { ListingKind } from '@convene/common';
import { strong } from '../../emphasis';
import { kind, plural } from './words';

/** What becomes of a listing. */
export const listings = {
  listingApproved: {
    subject: (title: string) => `“${title}” is live`,
    preheader: (of: ListingKind) => `Your ${kind[of]} can now be found on Convene.`,
    heading: 'Approved, and live',
    intro: (of: ListingKind, title: string) =>
      `Good news: your ${kind[of]} ${strong(title)} has been approved. Everyone can find it from now on.`,
    button: (of: ListingKind) => `See your ${kind[of]}`,
    next: 'Views, favourites and bookings are shown with your listings:',
    nextLink: 'my listings',
  },
  listingRejected: {
    subject: (title: string) => `“${title}” needs a change`,
    preheader: (of: ListingKind) => `Your ${kind[of]} could not be approved yet.`,
    heading: 'Not approved yet',
    intro: (of: ListingKind, title: string) =>
      `We have looked at your ${kind[of]} ${strong(title)} and could not approve it as it is.`,
    reason: 'The reason:',
    next: 'Change what is named above and send it in again; we will look at it anew.',
    button: 'Go to my listings',
  },
  listingFinished: {
    subject: (title: string) => `“${title}” is over`,
    preheader: 'Those who came can now write a review.',
    heading: 'Your event is over',
    intro: (title: string, participants: number) =>
      participants === 0
        ? `${strong(title)} has come to its end.`
        : `${strong(title)} has come to its end, with ${plural(participants, 'participant', 'participants')}.`,
    next: 'Those who came can now write a review. Is there a next time? Announce it while people remember this one.',
    button: 'Go to my listings',
  },
  listingRecommended: {
    subject: (title: string) => `“${title}” is recommended`,
    preheader: 'It now stands higher in lists and searches.',
    heading: 'Recommended by Convene',
    intro: (of: ListingKind, title: string) =>
      `We like your ${kind[of]} ${strong(title)}, and recommend it from now on: it carries a mark, and stands higher in lists and searches.`,
    next: 'It costs nothing, and you need do nothing for it.',
    button: (of: ListingKind) => `See your ${kind[of]}`,
  },
  claimInvitation: {
    subject: (title: string) => `Is “${title}” yours?`,
    preheader: 'It is listed on Convene. Take it over, free of charge.',
    heading: (of: ListingKind) => `Is this ${kind[of]} yours?`,
    intro: (title: string) =>
      `${strong(title)} is listed on Convene with what is publicly known about it, and with this address as its contact.`,
    next: 'If it is yours, take it over: put right what is wrong, add photos, and answer those who ask. It is free of charge.',
    button: 'Take it over',
    lookBefore: 'You would like to look at it first?',
    lookLink: 'See the listing',
    notYoursBefore: 'It is not yours, or should not be listed?',
    notYoursLink: 'Write to us',
  },
  claimApproved: {
    subject: (title: string) => `“${title}” is yours now`,
    preheader: 'You can edit it and answer those who ask.',
    heading: 'It is yours now',
    intro: (of: ListingKind, title: string) =>
      `We have looked at your claim: the ${kind[of]} ${strong(title)} belongs to your account from now on.`,
    next: 'Look through what it says, add photos, and answer those who ask.',
    button: 'Go to my listings',
  },
  claimRejected: {
    subject: (title: string) => `Your claim to “${title}”`,
    preheader: 'We could not confirm that it is yours.',
    heading: 'Claim not confirmed',
    intro: (of: ListingKind, title: string) =>
      `We have looked at your claim to the ${kind[of]} ${strong(title)} and could not confirm that it is yours.`,
    reason: 'The reason:',
    next: 'You have something else that shows it? Then claim it once more.',
    button: 'See the listing',
  },
};
