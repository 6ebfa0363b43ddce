import { parseInput } from '@convene/common/errors';
import { withoutAddresses } from '@convene/common/suppressions';
import type { DeliveryEvent, DeliveryEventKind } from '@convene/outbox';
import { z } from 'zod';

/** Resend's events that tell where a mail has come to; there are others, of opened mails, contacts and domains. */
const kinds: Record<string, DeliveryEventKind> = {
  'email.sent': 'sent',
  'email.delivery_delayed': 'delayed',
  'email.failed': 'failed',
  'email.suppressed': 'suppressed',
  'email.delivered': 'delivered',
  'email.bounced': 'bounced',
  'email.complained': 'complained',
};

const envelopeSchema = z.object({ type: z.string().max(100) });

const tagsSchema = z.union([
  z.record(z.string(), z.string()),
  z
    .array(z.object({ name: z.string(), value: z.string() }))
    .transform((tags): Record<string, string> => Object.fromEntries(tags.map(({ name, value }) => [name, value]))),
]);

const emailEventSchema = z.object({
  created_at: z.coerce.date(),
  data: z.object({
    email_id: z.string().min(1).max(200),
    to: z.array(z.string()).default([]),
    tags: tagsSchema.optional(),
    bounce: z.object({ type: z.string().optional(), message: z.string().optional() }).optional(),
    failed: z.object({ reason: z.string().optional() }).optional(),
    suppressed: z.object({ message: z.string().optional() }).optional(),
  }),
});

/** Postgres' serial columns; another system of the same account may use the tag for something else. */
const logIdSchema = z.coerce.number().int().positive().max(2_147_483_647);

const MAX_DETAIL_LENGTH = 500;

/** `Name <address>` or an address alone. */
const addressOf = (recipient: string): string => /<([^<>]+)>\s*$/.exec(recipient)?.[1] ?? recipient;

/**
 * What a verified body tells of a mail; null for an event that tells nothing of the kind.
 *
 * @throws ConveneError invalid-input for a body that is not as Resend documents it
 */
export const readResendEvent = (body: unknown, id: string): DeliveryEvent | null => {
  const { type } = parseInput(envelopeSchema, body, 'The event');
  const kind = kinds[type];
  if (!kind) return null;
  const { created_at: occurredAt, data } = parseInput(emailEventSchema, body, 'The event');
  const logId = logIdSchema.safeParse(data.tags?.['log_id']);
  const [recipient, ...others] = data.to;
  const said = data.bounce?.message ?? data.failed?.reason ?? data.suppressed?.message;
  return {
    id,
    kind,
    occurredAt,
    messageId: data.email_id,
    logId: logId.success ? logId.data : null,
    outboxId: data.tags?.['outbox_id'] ?? null,
    recipient: recipient !== undefined && others.length === 0 ? addressOf(recipient) : null,
    // SES' word for it, which Resend passes on; "Transient" is a full mailbox and the like.
    isHardBounce: /^permanent$/i.test(data.bounce?.type ?? ''),
    detail: said === undefined ? null : withoutAddresses(said).slice(0, MAX_DETAIL_LENGTH),
  };
};
