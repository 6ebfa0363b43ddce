import { ConveneError } from '@convene/common/errors';
import { inPoolTransaction } from '@convene/coordination';
import { recordDeliveryEvent } from '@convene/outbox';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { z } from 'zod';
import { env } from '../../env';
import { logger } from '../../utils/logger';
import { getPool } from '../../utils/postgres';
import { jsonAnswer, type RouteHandler, readText } from '../http';
import { readResendEvent } from './resendEvent';

/** Resend tells headers and subject of a mail, not its content. */
const MAX_BODY_BYTES = 262_144;

const headersSchema = z.object({
  id: z.string().min(1).max(200),
  timestamp: z.string(),
  signature: z.string(),
});

/**
 * The body, once it is known to come from Resend, and recently: what is older than five minutes may be a copy.
 *
 * @throws ConveneError unauthenticated
 */
const verifiedBody = (text: string, headers: z.infer<typeof headersSchema>, secret: string): unknown => {
  try {
    return new Webhook(secret).verify(text, {
      'webhook-id': headers.id,
      'webhook-timestamp': headers.timestamp,
      'webhook-signature': headers.signature,
    });
  } catch (cause) {
    if (!(cause instanceof WebhookVerificationError))
      throw new ConveneError('bad-json', 'The body is no JSON.', { cause });
    throw new ConveneError('unauthenticated', 'The signature is not valid.', { cause });
  }
};

/**
 * POST /api/webhooks/resend: what became of a mail. An event that comes again is known by its id, and events in
 * another order than they happened lead to the same end.
 */
export const resendWebhook: RouteHandler = async (request) => {
  const secret = env.RESEND_WEBHOOK_SECRET;
  if (!secret) throw new ConveneError('unavailable', 'No webhook is expected: RESEND_WEBHOOK_SECRET is not set.');
  const text = await readText(request, MAX_BODY_BYTES);
  const headers = headersSchema.safeParse({
    id: request.headers.get('svix-id'),
    timestamp: request.headers.get('svix-timestamp'),
    signature: request.headers.get('svix-signature'),
  });
  if (!headers.success) throw new ConveneError('unauthenticated', 'The request is not signed.');
  const body = verifiedBody(text, headers.data, secret);
  const event = readResendEvent(body, headers.data.id);
  if (!event) return jsonAnswer({ outcome: 'ignored' });
  const outcome = await inPoolTransaction(getPool(), (client) => recordDeliveryEvent(client, event));
  logger.info({ eventId: event.id, kind: event.kind, logId: event.logId, outcome }, 'the mail provider reports');
  return jsonAnswer({ outcome });
};
