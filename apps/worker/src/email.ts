import { setImmediate } from 'node:timers/promises';
import { type NotificationPayload, type NotificationType, withoutAddresses } from '@convene/common';
import { sealUnsubscribeToken, type UnsubscribeTarget } from '@convene/common/unsubscribe';
import { type FrozenRecipient, optionalCategoryOf } from '@convene/outbox';
import { type CreateEmailOptions, Resend } from 'resend';
import { z } from 'zod';
import { createMailLinks } from './emails/links';
import { emailRegistry } from './emails/registry';
import { renderEmail } from './emails/renderEmail';
import type { WorkerEnv } from './env';
import { MailError, toMailError } from './mail/failures';

/** What a send needs besides the notification itself. */
export type SendContext = {
  recipient: FrozenRecipient;
  outboxId: string;
  /** The attempt's row: comes back with the provider's webhooks. */
  logId: number;
};

/**
 * Resolves when the call may be made; what it throws is thrown by the send. Asked for when the mail is rendered, so
 * that nothing comes between the turn and the call.
 */
export type TakeTurn = () => Promise<void>;

/** Set where the account's rate is used up by this request: seconds until it allows the next. */
type RateState = { rateResetSeconds: number | null };

export type SendResult = RateState & { messageId: string };

/** One mail of a batch. */
export type BatchMail = {
  type: NotificationType;
  payload: NotificationPayload<NotificationType>;
  context: SendContext;
};

/** What became of each mail of a batch, in its order: accepted, or refused for itself alone. */
export type BatchResult = RateState & { results: ({ messageId: string } | { refusal: string })[] };

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
    context: SendContext & { takeTurn: TakeTurn },
  ) => Promise<SendResult>;
  /**
   * The same for up to a hundred mails by one call. The same list under the same key sends nothing twice; a mail that
   * is refused keeps none of the others back.
   *
   * @throws MailError when it was not the answer to a single one of them
   */
  sendBatchFromRegistry: (mails: BatchMail[], options: { key: string; takeTurn: TakeTurn }) => Promise<BatchResult>;
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

const batchAnswerSchema = z.object({
  data: z.array(z.object({ id: z.string().min(1) })),
  errors: z.array(z.object({ index: z.number().int().min(0), message: z.string() })).default([]),
});

/**
 * Resend lists the ids of those that it took, in their order, and beside them the places of those that it refused.
 *
 * @throws MailError `conflict` for an answer that can't be laid beside the list: they were sent, but which id is whose?
 */
export const batchResultsOf = (answer: unknown, count: number): BatchResult['results'] => {
  const { data, error } = batchAnswerSchema.safeParse(answer);
  const refusals = new Map(data?.errors.map(({ index, message }) => [index, withoutAddresses(message)]));
  if (error || data.data.length + refusals.size !== count || [...refusals.keys()].some((index) => index >= count)) {
    throw new MailError({ kind: 'conflict' }, "Resend's answer does not fit the batch");
  }
  const ids = data.data.values();
  return Array.from({ length: count }, (_, index) => {
    const refusal = refusals.get(index);
    if (refusal !== undefined) return { refusal: `Resend: ${refusal}` };
    const { value } = ids.next();
    if (!value) throw new Error('the answer was counted wrongly');
    return { messageId: value.id };
  });
};

/** The only user of Resend. */
export const createMailer = (
  env: Pick<
    WorkerEnv,
    'RESEND_API_KEY' | 'RESEND_BASE_URL' | 'EMAIL_FROM' | 'FRONTEND_URL' | 'BACKEND_URL' | 'UNSUBSCRIBE_SECRET'
  >,
  { timeoutMs }: { timeoutMs: number },
): Mailer => {
  const resend = new Resend(env.RESEND_API_KEY, { baseUrl: env.RESEND_BASE_URL });
  const links = createMailLinks({ frontendUrl: env.FRONTEND_URL, backendUrl: env.BACKEND_URL });

  const unsubscribeUrls = (target: UnsubscribeTarget) => {
    const query = new URLSearchParams({ token: sealUnsubscribeToken(target, env.UNSUBSCRIBE_SECRET) });
    return {
      oneClick: `${env.BACKEND_URL}/api/unsubscribe?${query}`,
      /** Asks first: the link at a mail's foot is also followed by programs that look at it. */
      page: `${env.FRONTEND_URL}/unsubscribe?${query}`,
    };
  };

  const compose = async <Type extends NotificationType>(
    type: Type,
    payload: NotificationPayload<Type>,
    { recipient, outboxId, logId }: SendContext,
  ): Promise<CreateEmailOptions> => {
    const category = optionalCategoryOf(type);
    const unsubscribe = category
      ? unsubscribeUrls({ email: recipient.email, userId: recipient.userId, category })
      : null;
    const { subject, html, text, replyTo } = await renderEmail({
      type,
      payload,
      reader: recipient,
      links,
      ...(unsubscribe ? { unsubscribeUrl: unsubscribe.page } : {}),
    }).catch((cause: unknown) => {
      // The same at every try: a batch is cut until the one is found, and it alone fails.
      throw new MailError({ kind: 'refused' }, `the mail can't be made: ${withoutAddresses(String(cause))}`);
    });
    const tags = { type, outbox_id: outboxId, log_id: String(logId), ...emailRegistry[type].tags };
    return {
      from: env.EMAIL_FROM,
      to: recipient.email,
      subject,
      html,
      text,
      ...(replyTo === null ? {} : { replyTo }),
      ...(unsubscribe
        ? {
            headers: {
              // RFC 8058: the mail provider's own button unsubscribes by one POST, without a page of ours in between.
              'List-Unsubscribe': `<${unsubscribe.oneClick}>`,
              'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
            },
          }
        : {}),
      tags: Object.entries(tags).map(([name, value]) => ({ name, value: tagValue(value) })),
    };
  };

  return {
    sendEmailFromRegistry: async (type, payload, context) => {
      const mail = await compose(type, payload, context);
      await context.takeTurn();
      const { data, error, headers } = await resend.emails.send(mail, {
        idempotencyKey: idempotencyKeyOf(context),
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (error) throw toMailError({ ...error, statusCode: error.statusCode ?? null, headers }, new Date());
      return { messageId: data.id, rateResetSeconds: rateResetSecondsOf(headers) };
    },
    sendBatchFromRegistry: async (mails, { key, takeTurn }) => {
      const composed: CreateEmailOptions[] = [];
      for (const { type, payload, context } of mails) {
        composed.push(await compose(type, payload, context));
        // A hundred mails take a while to render: other jobs have their turn in between.
        await setImmediate();
      }
      await takeTurn();
      const { data, error, headers } = await resend.batch.send(composed, {
        idempotencyKey: key,
        // One bad address would otherwise keep the other ninety-nine back.
        batchValidation: 'permissive',
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (error) throw toMailError({ ...error, statusCode: error.statusCode ?? null, headers }, new Date());
      return { results: batchResultsOf(data, mails.length), rateResetSeconds: rateResetSecondsOf(headers) };
    },
  };
};
