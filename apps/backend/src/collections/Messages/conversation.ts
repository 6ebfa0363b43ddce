import { type ListingKind, listingKindSchema } from '@convene/common/listings';
import { z } from 'zod';

/** A client and a listing: its owner is the other party, whoever that is at the time. */
export type Conversation = { kind: ListingKind; listingId: number; clientId: number };

/** The last part of the conversation's page. */
export const conversationId = ({ kind, listingId, clientId }: Conversation): string =>
  `${kind}-${listingId}-${clientId}`;

const id = z.coerce.number().int().positive().max(2_147_483_647);
const partsSchema = z.object({ kind: listingKindSchema, listingId: id, clientId: id });

export const conversationIdSchema = z.string().transform((value, context): Conversation => {
  const [kind, listingId, clientId, ...more] = value.split('-');
  const parsed = partsSchema.safeParse({ kind, listingId, clientId });
  if (parsed.success && more.length === 0) return parsed.data;
  context.addIssue({ code: 'custom', message: 'is not a conversation' });
  return z.NEVER;
});

export const MAIL_PAUSE_MS = 10 * 60_000;

/** The mail that tells of this conversation's last message. `isWaiting`: it has not left the outbox. */
export type LastMail = { id: string; isWaiting: boolean; sendsAt: Date };

export type MailPlan = { join: string } | { notBefore: Date | null };

/**
 * How a message is told: by the mail that is still waiting, or by a new one, no sooner than ten minutes after the last.
 */
export const planMail = (last: LastMail | null, now: Date): MailPlan => {
  if (!last) return { notBefore: null };
  if (last.isWaiting) return { join: last.id };
  const free = new Date(last.sendsAt.getTime() + MAIL_PAUSE_MS);
  return { notBefore: free > now ? free : null };
};
