import { strong } from '../../emphasis';

/** About the account itself. */
export const account = {
  welcome: {
    subject: 'Confirm your address',
    preheader: 'One click, and your account at Convene is ready.',
    heading: 'Welcome to Convene',
    intro: 'Thank you for signing up. Please confirm that this address is yours, and your account is ready.',
    button: 'Confirm my address',
    notYou: 'You did not sign up? Then you need do nothing: without the confirmation the account stays unused.',
  },
  welcomeClient: {
    subject: 'Your account is ready',
    preheader: 'Find places, events and people for your next gathering.',
    heading: 'You are in',
    intro:
      'Your address is confirmed. Convene is a place to find where to meet, what to go to and whom to hire for it.',
    next: 'Save what you like, write to whoever offers it, and book when you are ready.',
    button: 'Look around',
  },
  welcomeHost: {
    subject: 'Welcome, host: list your first location',
    preheader: 'A few photos and a price, and people can find your place.',
    heading: 'Let people in',
    intro: 'You can now list your locations on Convene: rooms, halls, gardens, whatever people can meet in.',
    next: 'A listing needs a title, a description, photos and a price. We look at each before it goes live, mostly within a day.',
    button: 'List a location',
  },
  welcomeOrganizer: {
    subject: 'Welcome, organizer: announce your first event',
    preheader: 'Dates, place and tickets, and people can come.',
    heading: 'Bring people together',
    intro: 'You can now announce your events on Convene, from a workshop for ten to a festival.',
    next: 'An event needs its dates, a place, a description and photos. We look at each before it goes live, mostly within a day.',
    button: 'Announce an event',
  },
  welcomeProvider: {
    subject: 'Welcome, provider: offer your first service',
    preheader: 'Tell what you do and where, and people can hire you.',
    heading: 'Show what you do',
    intro: 'You can now offer your services on Convene: catering, music, photography, whatever makes a gathering.',
    next: 'An offer needs a description, the area that you cover, photos and a price. We look at each before it goes live, mostly within a day.',
    button: 'Offer a service',
  },
  signupExisting: {
    subject: 'You already have an account',
    preheader: 'Somebody tried to sign up with your address.',
    heading: 'You already have an account',
    intro: 'Somebody, probably you, tried to sign up at Convene with this address. It has an account already.',
    button: 'Sign in',
    forgotBefore: 'You forgot your password?',
    forgotLink: 'Choose a new one',
    notYou: 'It was not you? Then you need do nothing: nobody got into your account, and nothing in it has changed.',
  },
  resetStart: {
    subject: 'Choose a new password',
    preheader: 'The link in this mail works once and for a short time.',
    heading: 'Choose a new password',
    intro: 'Somebody, hopefully you, asked for a new password for your account at Convene.',
    button: 'Choose a new password',
    expiry: 'The link works once and for a short time.',
    notYou: 'It was not you? Then you need do nothing: your password stays as it is.',
  },
  resetConfirmed: {
    subject: 'Your password was changed',
    preheader: 'If it was not you, act now.',
    heading: 'Your password was changed',
    intro: 'The password of your account at Convene has just been changed. From now on only the new one works.',
    button: 'Sign in',
    notYouBefore: 'It was not you? Then',
    notYouLink: 'choose a new password at once',
  },
  twoFactorOn: {
    subject: 'Two-factor sign-in is on',
    preheader: 'If it was not you, act now.',
    heading: 'Two-factor sign-in is on',
    intro:
      'Signing in to your account at Convene now takes a code from your authenticator app beside the password. Every other session has ended.',
    next: 'Keep your recovery codes where you find them without your telephone: each lets you in once.',
    button: 'Go to my account',
    notYouBefore: 'It was not you? Then somebody knows your password and may shut you out:',
    notYouLink: 'write to us at once',
  },
  twoFactorOff: {
    subject: 'Two-factor sign-in is off',
    preheader: 'If it was not you, act now.',
    heading: 'Two-factor sign-in is off',
    intro:
      'Signing in to your account at Convene takes the password alone again. The recovery codes are worth nothing now.',
    button: 'Go to my account',
    notYouBefore: 'It was not you? Then',
    notYouLink: 'choose a new password at once',
  },
  emailConfirm: {
    subject: 'Confirm your new e-mail address',
    preheader: 'One click, and it is the address of your account.',
    heading: 'Confirm your new address',
    intro:
      'Somebody, hopefully you, wants to use this address for an account at Convene. It becomes the account’s address when you confirm it; the link works once and for a day.',
    button: 'Confirm my new address',
    notYou: 'It was not you? Then you need do nothing: without the confirmation nothing changes.',
  },
  emailChanged: {
    subject: 'Your e-mail address was changed',
    preheader: 'If it was not you, act now.',
    heading: 'Your e-mail address was changed',
    intro: (address: string) =>
      `The address of your account at Convene is now ${strong(address)}. You sign in with it, and our mails go there.`,
    both: 'This mail goes to the old address and to the new one.',
    button: 'Sign in',
    notYouBefore: 'It was not you? Then',
    notYouLink: 'write to us at once',
  },
  accountVerified: {
    subject: 'Your account is verified',
    preheader: 'Your profile and your listings now show it.',
    heading: 'You are verified',
    intro: 'We have checked what you sent us: your account is verified. Your profile and your listings now show it.',
    next: 'People like to know whom they deal with. You need do nothing more.',
    button: 'Open my account',
  },
  verificationRejected: {
    subject: 'Your account could not be verified yet',
    preheader: 'What was missing, and how to go on.',
    heading: 'Not verified yet',
    intro: 'We have looked at what you sent us and could not verify your account with it.',
    reason: 'The reason:',
    next: 'Everything else in your account works as before. You can ask for it again at any time.',
    button: 'Open my account',
  },
  accountDeleted: {
    subject: 'Your account was deleted',
    preheader: 'Your data is gone from Convene. This is our last mail about it.',
    heading: 'Your account was deleted',
    intro: 'Your account at Convene was deleted, and with it what we knew of you.',
    next: 'What others still need, such as a past booking of theirs, no longer bears your name.',
    notYou: 'It was not you, or it was a mistake? Write to us soon, and we will see what can be done.',
    button: 'Write to us',
  },
  messageNew: {
    subject: (sender: string, title: string, messages: number) =>
      messages === 1 ? `${sender} wrote to you about “${title}”` : `${messages} new messages about “${title}”`,
    heading: (messages: number) => (messages === 1 ? 'A new message' : `${messages} new messages`),
    intro: (sender: string, title: string, messages: number) =>
      messages === 1
        ? `${strong(sender)} wrote to you about ${strong(title)}:`
        : `${strong(sender)} wrote to you about ${strong(title)}. The latest message:`,
    button: 'Read and answer',
    note: 'Please answer on Convene: a reply to this mail reaches nobody.',
  },
};
