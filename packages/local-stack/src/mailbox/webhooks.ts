import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import type { Mail } from './mailStore';
import { addressOf } from './resendApi';

/** What can be reported of a mail. */
export const webhookEventSchema = z.enum([
  'email.sent',
  'email.delivered',
  'email.delivery_delayed',
  'email.bounced',
  'email.complained',
  'email.failed',
  'email.suppressed',
]);
export type WebhookEventType = z.infer<typeof webhookEventSchema>;

export type WebhookTarget = {
  url: string;
  /** `whsec_…` */
  secret: string;
};

/** What goes along with some events, as Resend's documentation has it. */
const details: Partial<Record<WebhookEventType, object>> = {
  'email.bounced': {
    bounce: {
      type: 'Permanent',
      subType: 'General',
      message: "The recipient's email provider sent a hard bounce message.",
    },
  },
  'email.failed': { failed: { reason: 'invalid_recipient' } },
  'email.suppressed': {
    suppressed: { type: 'OnAccountSuppressionList', message: 'The address is on the account’s suppression list.' },
  },
};

/** What becomes of mails to an address, after Resend's test addresses: bounced@…, bounced+label@…, and so on. */
const fates: Record<string, WebhookEventType[]> = {
  bounced: ['email.sent', 'email.bounced'],
  complained: ['email.sent', 'email.delivered', 'email.complained'],
  suppressed: ['email.suppressed'],
  delayed: ['email.sent', 'email.delivery_delayed'],
};

const fateOf = (mail: Mail): WebhookEventType[] => {
  const [local = ''] = addressOf(mail.to[0] ?? '').split('@');
  return fates[local.split('+')[0] ?? ''] ?? ['email.sent', 'email.delivered'];
};

const bodyOf = (mail: Mail, type: WebhookEventType, now: number) => ({
  type,
  created_at: new Date(now).toISOString(),
  data: {
    created_at: mail.createdAt,
    email_id: mail.id,
    message_id: `<${mail.id}@mailbox.local>`,
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    tags: Object.fromEntries(mail.tags.map(({ name, value }) => [name, value])),
    ...details[type],
  },
});

/** How long after each failed delivery the next one comes; Resend goes on for hours. */
const RETRY_DELAYS_MS = [500, 2_000, 10_000, 60_000];
const TIMEOUT_MS = 10_000;

/** One delivery of an event, signed as Svix does. @param options.id the same again for one that is repeated */
export const deliverEvent = (
  { url, secret }: WebhookTarget,
  { id, body, at }: { id: string; body: object; at: Date },
): Promise<Response> => {
  const text = JSON.stringify(body);
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'svix-id': id,
      'svix-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'svix-signature': new Webhook(secret).sign(id, at, text),
    },
    body: text,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
};

/** Reports what becomes of mails, in the order of its events for each, and again until it is heard. */
export class Webhooks {
  target: WebhookTarget | null;
  readonly #now: () => number;
  readonly #stopping = new AbortController();
  readonly #underway = new Set<Promise<void>>();

  constructor(target: WebhookTarget | null, now: () => number) {
    this.target = target;
    this.#now = now;
  }

  /** What happens to a mail that was taken, by itself. */
  accepted(mails: Mail[]): void {
    for (const mail of mails) this.report(mail, fateOf(mail));
  }

  report(mail: Mail, types: WebhookEventType[]): void {
    const { target } = this;
    if (!target) return;
    const work = this.#deliverAll(target, mail, types).finally(() => this.#underway.delete(work));
    this.#underway.add(work);
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    while (this.#underway.size > 0) await Promise.allSettled(this.#underway);
  }

  stop(): void {
    this.#stopping.abort();
  }

  async #deliverAll(target: WebhookTarget, mail: Mail, types: WebhookEventType[]): Promise<void> {
    for (const type of types) {
      const event = { id: `msg_${randomUUID()}`, body: bodyOf(mail, type, this.#now()) };
      await this.#deliver(target, event);
    }
  }

  async #deliver(target: WebhookTarget, event: { id: string; body: object }): Promise<void> {
    for (const retryDelayMs of [...RETRY_DELAYS_MS, null]) {
      const isHeard = await deliverEvent(target, { ...event, at: new Date(this.#now()) }).then(
        (answer) => answer.ok,
        // Nobody listens yet, or does not answer: as good as a refusal.
        () => false,
      );
      if (isHeard || retryDelayMs === null || this.#stopping.signal.aborted) return;
      const wasStopped = await delay(retryDelayMs, false, { signal: this.#stopping.signal, ref: false }).catch(
        () => true,
      );
      if (wasStopped) return;
    }
  }
}
