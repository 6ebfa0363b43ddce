import { type NotificationType, notificationTypes } from '@convene/common';
import type { EmailDefinition } from './types';

type Usual = 'type' | 'replyTo' | 'tags';

/** One type's mail, with what most of them have in common filled in: no answer is read, tagged with its category. */
export const defineMail = <Type extends NotificationType>(
  type: Type,
  { tags, ...mail }: Omit<EmailDefinition<Type>, Usual> & Partial<Pick<EmailDefinition<Type>, Usual>>,
): EmailDefinition<Type> => ({
  replyTo: null,
  ...mail,
  type,
  tags: { category: notificationTypes[type], ...tags },
});
