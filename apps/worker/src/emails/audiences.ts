import type { MailAudience } from './types';

/* The recipients that most mails have, by the field of their payload. */

export const theUser = ({ userId }: { userId: number }): MailAudience => ({ audience: 'user', userId });
export const theOwner = ({ ownerId }: { ownerId: number }): MailAudience => ({ audience: 'user', userId: ownerId });
export const theClient = ({ clientId }: { clientId: number }): MailAudience => ({ audience: 'user', userId: clientId });
export const theAuthor = ({ authorId }: { authorId: number }): MailAudience => ({ audience: 'user', userId: authorId });
export const theClaimant = ({ claimantId }: { claimantId: number }): MailAudience => ({
  audience: 'user',
  userId: claimantId,
});
export const theRecipient = ({ recipientId }: { recipientId: number }): MailAudience => ({
  audience: 'user',
  userId: recipientId,
});
export const theUsers = ({ userIds }: { userIds: number[] }): MailAudience => ({ audience: 'users', userIds });
export const staff = (): MailAudience => ({ audience: 'staff' });
