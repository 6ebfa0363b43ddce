import type { NotificationPayload, NotificationType } from '@convene/common';
import type { FrozenRecipient } from '@convene/outbox';
import { Resend } from 'resend';
import { createMailLinks } from './emails/links';
import { emailRegistry } from './emails/registry';
import { renderEmail } from './emails/renderEmail';
import type { WorkerEnv } from './env';
import { toMailError } from './mail/failures';

/** What a send needs besides the notification itself. */
export type SendContext = {
  recipient: FrozenRecipient;
  outboxId: string;
  /** The attempt's row: comes back with the provider's webhooks. */
  logId: number;
};

export type SendResult = {
  messageId: string;
  /** Set where the account's rate is used up by this request: seconds until it allows the next. */
  rateResetSeconds: number | null;
};

export type Mailer = {
  /**
   * Renders the mail of a notification for one recipient and hands it to Resend, under a key that makes a second call
   * harmless for 24 hours.
   *
   * @throws MailError that says what the failure means
   */
  sendEmailFromRegistry: <Type extends NotificationType>(
    type: Type,
    payload: NotificationPayload<Type>,
    context: SendContext,
  ) => Promise<SendResult>;
};

/** `{outboxId}/{n}`, n the recipient's number. */
export const idempotencyKeyOf = ({ outboxId, recipient }: SendContext): string => `${outboxId}/${recipient.no}`;

/** Resend's tags hold letters, digits, - and _ only. */
const tagValue = (value: string): string => value.replace(/[^A-Za-z0-9_-]/g, '-');

const rateResetSecondsOf = (headers: Record<string, string> | null): number | null => {
  if (headers?.['ratelimit-remaining'] !== '0') return null;
  const seconds = Number(headers['ratelimit-reset']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
};

/** The only user of Resend. */
export const createMailer = (
  env: Pick<WorkerEnv, 'RESEND_API_KEY' | 'RESEND_BASE_URL' | 'EMAIL_FROM' | 'FRONTEND_URL' | 'BACKEND_URL'>,
  { timeoutMs }: { timeoutMs: number },
): Mailer => {
  const resend = new Resend(env.RESEND_API_KEY, { baseUrl: env.RESEND_BASE_URL });
  const links = createMailLinks({ frontendUrl: env.FRONTEND_URL, backendUrl: env.BACKEND_URL });

  return {
    sendEmailFromRegistry: async (type, payload, context) => {
      const { recipient, outboxId, logId } = context;
      const { subject, html, text, replyTo } = await renderEmail({ type, payload, reader: recipient, links });
      const tags = { type, outbox_id: outboxId, log_id: String(logId), ...emailRegistry[type].tags };
      const { data, error, headers } = await resend.emails.send(
        {
          from: env.EMAIL_FROM,
          to: recipient.email,
          subject,
          html,
          text,
          ...(replyTo === null ? {} : { replyTo }),
          tags: Object.entries(tags).map(([name, value]) => ({ name, value: tagValue(value) })),
        },
        { idempotencyKey: idempotencyKeyOf(context), signal: AbortSignal.timeout(timeoutMs) },
      );
      if (error) throw toMailError({ ...error, statusCode: error.statusCode ?? null, headers }, new Date());
      return { messageId: data.id, rateResetSeconds: rateResetSecondsOf(headers) };
    },
  };
};
