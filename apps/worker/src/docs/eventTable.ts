import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isNotificationType, isOptionalCategory, type NotificationType, notificationTypes } from '@convene/common';
import { priorityOf } from '@convene/outbox';
import * as audiences from '../emails/audiences';
import { emailRegistry } from '../emails/registry';
import { root, withGeneratedPart } from './document';

/*
 * The table of docs/notifications.md, written from the registry by `pnpm docs:notifications`.
 */

/** When each is announced: what the registry can't know. */
const firesWhen = {
  'user.welcome': 'an account is created: confirm your address',
  'user.welcome.client': 'the address is confirmed, and `client` is the only role',
  'user.welcome.host': 'the address is confirmed, or the role is added later',
  'user.welcome.organizer': 'the address is confirmed, or the role is added later',
  'user.welcome.provider': 'the address is confirmed, or the role is added later',
  'user.signup.existing': 'somebody signs up with an address that has an account',
  'user.reset.start': 'the password is forgotten',
  'user.reset.confirmed': 'the password was changed',
  'user.email.confirm': 'another address is asked for: confirm it',
  'user.email.changed': 'the address was changed',
  'user.two-factor.on': 'two-factor sign-in was switched on',
  'user.two-factor.off': 'two-factor sign-in was switched off, by its person or on the command line',
  'message.new': 'a message arrives; at most one mail per conversation in ten minutes',
  'listing.approved': 'moderation moves there',
  'listing.rejected': 'moderation moves there',
  'listing.finished': "an event's end has passed",
  'listing.recommended': 'the tier becomes recommended',
  'listing.search-stats': 'weekly: times shown, with the week before',
  'listing.view-stats': 'weekly: views, favourites and bookings, with the week before',
  'listing.claim.invitation': 'staff publish an unclaimed listing with a contact address',
  'listing.favorited': 'it is saved; collected, at most one mail per listing and day',
  'account.verified': 'a verification is decided',
  'account.verification-rejected': 'a verification is decided',
  'account.deleted': 'the account is deleted',
  'review.new': 'a review becomes visible',
  'review.approved': 'moderation moves there',
  'review.rejected': 'moderation moves there',
  'booking.requested': 'a location or service is asked for',
  'booking.confirmed': 'the owner confirms',
  'booking.declined': 'the owner declines',
  'booking.cancelled': 'client or owner cancels: to the other one',
  'event.cancelled': 'an event is cancelled',
  'event.moved': 'its time or place changes',
  'event.reminder.24h': '24 hours before the start: to those who saved it',
  'event.participation.confirmed': 'a participation is confirmed',
  'event.participation.reminder': '24 hours before the start: to those who take part',
  'admin.listing.pending': 'a listing waits for moderation',
  'admin.review.pending': 'a review waits for moderation',
  'admin.claim.pending': 'a claim waits for a decision',
  'admin.user.new': 'an account is created',
  'admin.report.new': 'a report that has no type of its own below',
  'admin.listing.report': 'a listing is reported',
  'admin.profile.report': 'a profile is reported',
  'admin.password.changed': "a staff account's password changes",
  'admin.verification.request': 'a verification is asked for',
  'admin.digest.daily': 'daily: what waits, what happened, mail and Redis',
  'admin.contact': 'the contact form is sent; an answer goes to its sender',
  'claim.approved': 'a claim is decided',
  'claim.rejected': 'a claim is decided',
} as const satisfies Record<NotificationType, string>;

/** Where events are announced. */
const producerDirectories = ['apps/backend/src', 'apps/worker/src/maintenance'];
const notProducers = /(\.test\.tsx?|payload-types\.ts|\/migrations\/.*)$/;

/** The source files that may announce something, with their text; paths from the repository's root. */
const readProducers = async (): Promise<{ file: string; text: string }[]> => {
  const found = await Promise.all(
    producerDirectories.map(async (directory) => {
      const names = await readdir(path.join(root, directory), { recursive: true });
      return names
        .map((name) => path.posix.join(directory, name.split(path.sep).join('/')))
        .filter((file) => /\.tsx?$/.test(file) && !notProducers.test(file));
    }),
  );
  const files = found.flat().sort();
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(path.join(root, file), 'utf8') })));
};

const link = (file: string): string => `[${path.posix.basename(file).replace(/\.tsx?$/, '')}](../${file})`;

/** `listing.view-stats` is made by `listingViewStats.tsx`. */
export const templateOf = (type: NotificationType): string =>
  `apps/worker/src/emails/${type.replace(/[.-]([a-z0-9])/g, (_, first: string) => first.toUpperCase())}.tsx`;

const receivers = new Map<unknown, string>([
  [audiences.theUser, 'the user'],
  [audiences.theOwner, 'the owner'],
  [audiences.theClient, 'the client'],
  [audiences.theAuthor, 'the author'],
  [audiences.theClaimant, 'the claimant'],
  [audiences.theRecipient, 'the other party'],
  [audiences.theUsers, 'up to 100 users a row'],
  [audiences.staff, 'staff'],
]);

const receiverOf = <Type extends NotificationType>(type: Type): string => {
  const { recipients, sample } = emailRegistry[type];
  const known = receivers.get(recipients);
  if (known !== undefined) return known;
  const audience = recipients(sample);
  if (audience.audience !== 'addresses') throw new Error(`who ${type} is for has no name in the table`);
  return audience.emails.length === 1
    ? 'an address in the payload'
    : `${audience.emails.length} addresses in the payload`;
};

const columns = ['event', 'fires when', 'to', 'category', 'priority', 'announced in'];

/** Every event with its mail, as a Markdown table. */
export const eventTable = async (): Promise<string> => {
  const sources = await readProducers();
  const rows = Object.keys(notificationTypes)
    .filter(isNotificationType)
    .map((type) => {
      const producers = sources.filter(({ text }) => text.includes(`'${type}'`)).map(({ file }) => link(file));
      const category = notificationTypes[type];
      return [
        `[\`${type}\`](../${templateOf(type)})`,
        firesWhen[type],
        receiverOf(type),
        isOptionalCategory(category) ? category : `${category} (always sent)`,
        priorityOf(type),
        producers.join(', '),
      ];
    });
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};

/** The document with the table in its place. */
export const withEventTable = (document: string, table: string): string =>
  withGeneratedPart(document, { name: 'events', content: table });
