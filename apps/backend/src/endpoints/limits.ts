import { rateLimit } from '../utils/rateLimit';

/* Per account, or per address of a visitor without one; each well above what people need. No Redis command is spent. */
export const favoriteLimit = rateLimit({ name: 'favorite', points: 60, durationSeconds: 60 });
/** Each saves up to as many as a visitor may keep. */
export const favoriteMergeLimit = rateLimit({ name: 'favorite-merge', points: 10, durationSeconds: 600 });
export const bookingLimit = rateLimit({ name: 'booking', points: 20, durationSeconds: 600 });
export const messageLimit = rateLimit({ name: 'message', points: 30, durationSeconds: 300 });
export const reviewLimit = rateLimit({ name: 'review', points: 10, durationSeconds: 600 });
export const claimLimit = rateLimit({ name: 'claim', points: 10, durationSeconds: 3_600 });
export const verificationLimit = rateLimit({ name: 'verification', points: 5, durationSeconds: 3_600 });
export const contactLimit = rateLimit({ name: 'contact', points: 5, durationSeconds: 3_600 });
export const reportLimit = rateLimit({ name: 'report', points: 10, durationSeconds: 3_600 });
/** Images: a gallery of twenty, three times. */
export const uploadLimit = rateLimit({ name: 'upload', points: 60, durationSeconds: 600 });
export const profileLimit = rateLimit({ name: 'profile', points: 30, durationSeconds: 300 });
/** Of mails to an address that nobody has confirmed to be theirs. */
export const newAddressLimit = rateLimit({ name: 'new-address', points: 3, durationSeconds: 3_600 });
/** Of guesses at one's own password. */
export const passwordLimit = rateLimit({ name: 'password', points: 10, durationSeconds: 600 });

/* What is read: for who asks by a program. People who type and drag maps stay far below. */
export const searchLimit = rateLimit({ name: 'search', points: 120, durationSeconds: 60 });
export const mapLimit = rateLimit({ name: 'map', points: 120, durationSeconds: 60 });
export const suggestLimit = rateLimit({ name: 'suggest', points: 300, durationSeconds: 60 });
export const personLimit = rateLimit({ name: 'person', points: 120, durationSeconds: 60 });
export const cardsLimit = rateLimit({ name: 'cards', points: 120, durationSeconds: 60 });
/** Of an owner's saves. */
export const listingLimit = rateLimit({ name: 'listing', points: 60, durationSeconds: 600 });
/** Each is decoded and encoded anew. */
export const avatarLimit = rateLimit({ name: 'avatar', points: 20, durationSeconds: 3_600 });
/** Everything that is kept of one person is read. */
export const exportLimit = rateLimit({ name: 'export', points: 5, durationSeconds: 3_600 });
