import type { Locale, NotificationPayload, NotificationType } from '@convene/common';
import type { ReactElement } from 'react';
import type { MailLinks } from './links';
import type { MailTexts } from './texts/index';

/**
 * Who is written to: found in the database when the mail is first tried, then kept.
 * - `user`: one account; `users`: a part of a fan-out
 * - `staff`: every moderator and admin
 * - `addresses`: those that no account leads to any more or yet; their reader is an account, or is told by the payload
 */
export type MailAudience =
  | { audience: 'user'; userId: number }
  | { audience: 'users'; userIds: number[] }
  | { audience: 'staff' }
  | { audience: 'addresses'; emails: readonly string[]; reader: { userId: number } | MailReader };

/** Whoever reads the mail, as the templates know them. */
export type MailReader = { displayName: string; locale: Locale };

/** All that a mail is made of. Nothing else may go in, no clock and no chance: a retry must render the same mail. */
export type MailProps<Type extends NotificationType> = {
  payload: NotificationPayload<Type>;
  reader: MailReader;
  texts: MailTexts;
  links: MailLinks;
};

/** One type's mail. */
export type EmailDefinition<Type extends NotificationType> = {
  type: Type;
  recipients: (payload: NotificationPayload<Type>) => MailAudience;
  subject: (props: MailProps<Type>) => string;
  /** What an inbox shows beside the subject. */
  preheader: (props: MailProps<Type>) => string;
  template: (props: MailProps<Type>) => ReactElement;
  /** Which sentence of the footer tells why one gets it. */
  why: keyof MailTexts['why'];
  /** Where an answer goes, if not to the sender. */
  replyTo: ((payload: NotificationPayload<Type>) => string) | null;
  /** Resend's tags besides those of the row: letters, digits, - and _ only. */
  tags: Record<string, string>;
  /** For previews and tests. */
  sample: NotificationPayload<Type>;
};

export type EmailRegistry = { [Type in NotificationType]: EmailDefinition<Type> };
