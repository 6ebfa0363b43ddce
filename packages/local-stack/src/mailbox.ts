import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { type RunningHttpServer, serveHttp } from './httpServer';
import { controlSchema, errorOf, type FaultInput, FaultPlan, faultSchema, type RequestFault } from './mailbox/faults';
import { type Mail, type MailFilter, MailStore } from './mailbox/mailStore';
import { mailboxPage, sandboxedHtml } from './mailbox/page';
import { RateLimit } from './mailbox/rateLimit';
import {
  addressOf,
  type MailRequest,
  parseBatch,
  parseIdempotencyKey,
  parseMail,
  ResendError,
} from './mailbox/resendApi';
import { type WebhookEventType, Webhooks, type WebhookTarget, webhookEventSchema } from './mailbox/webhooks';

export { deliverEvent } from './mailbox/webhooks';
export type { FaultInput, Mail, MailFilter, WebhookEventType, WebhookTarget };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const WAIT_POLL_MS = 20;

export type MailboxOptions = {
  /** 0 for any free port. */
  port: number;
  portVariable?: string;
  host?: string;
  /** Only this key is accepted; without it any that begins with `re_`. */
  apiKey?: string;
  /** Where mails are kept between starts; in memory alone without it. */
  file?: string;
  /** What one key may send before it is answered 429; null for no limit. */
  requestsPerSecond?: number | null;
  /** Where what becomes of the mails is reported to. */
  webhook?: WebhookTarget;
  now?: () => number;
};

export type RunningMailbox = RunningHttpServer & {
  /** Newest first. */
  mails: (filter?: MailFilter) => Mail[];
  /** Resolves with the mails (newest first) once there are `count` of them. @throws after `timeoutMs` */
  waitForMails: (options: MailFilter & { count?: number; timeoutMs?: number }) => Promise<Mail[]>;
  /** What the next sends meet. */
  fail: (...faults: FaultInput[]) => void;
  /** Each send takes this long from now on. */
  setDelay: (delayMs: number) => void;
  /** From now on sends come in and are answered when the returned function is called. */
  hold: () => () => void;
  setRateLimit: (requestsPerSecond: number | null) => void;
  /** Every request for a send that came in, also those that failed. */
  sendRequests: () => number;
  /** When they came in, in epoch milliseconds. */
  sendTimes: () => number[];
  /** Where what becomes of the mails is reported to from now on; null for nowhere. */
  setWebhook: (target: WebhookTarget | null) => void;
  /** Reports of a mail that was taken what does not happen to it by itself. */
  report: (mail: Mail, ...events: WebhookEventType[]) => void;
  /** Resolves when every report was heard or given up. */
  webhooksSettled: () => Promise<void>;
  /** No mails, keys, faults or delay any more. */
  reset: () => Promise<void>;
};

type Bindings = { Bindings: HttpBindings };
type App = Hono<Bindings>;
type AppContext = Context<Bindings>;

const fingerprintOf = (path: string, body: string): string =>
  createHash('sha256').update(`${path}\n${body}`).digest('hex');

/** What a send does to a connection that gets no answer. */
const hangUp = (c: AppContext): Response => {
  c.env.incoming.socket.destroy();
  return new Response(null, { status: 500 });
};

const untilClosed = (c: AppContext): Promise<void> =>
  new Promise((resolve) => {
    if (c.env.incoming.socket.destroyed) resolve();
    else c.env.incoming.socket.once('close', () => resolve());
  });

/** The mailbox's state and what a send does with it. */
class Mailbox {
  readonly store: MailStore;
  readonly faults = new FaultPlan();
  readonly limit: RateLimit;
  readonly webhooks: Webhooks;
  delayMs = 0;
  /** Resolves when sends may be answered. */
  held: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;
  sendTimes: number[] = [];
  readonly #now: () => number;
  readonly #inFlight = new Set<string>();

  constructor(
    { store, limit, webhook }: { store: MailStore; limit: RateLimit; webhook: WebhookTarget | null },
    now: () => number,
  ) {
    this.store = store;
    this.limit = limit;
    this.webhooks = new Webhooks(webhook, now);
    this.#now = now;
  }

  noteRequest(): void {
    this.sendTimes.push(this.#now());
  }

  hold(): () => void {
    this.held = new Promise((resolve) => {
      this.#release = resolve;
    });
    return this.#release;
  }

  hit() {
    return this.limit.hit(this.#now());
  }

  async reset(): Promise<void> {
    this.faults.clear();
    this.delayMs = 0;
    this.#release();
    this.sendTimes = [];
    await this.store.reset();
  }

  /**
   * Answers the same to the same key and body, refuses another body or a second request while the first is on its
   * way, and remembers only what succeeded.
   */
  async once(
    { key, path, body }: { key: string | undefined; path: string; body: string },
    work: () => Promise<{ mails: Mail[]; answer: unknown }>,
  ): Promise<unknown> {
    if (key === undefined) {
      const { mails, answer } = await work();
      await this.store.add(mails, undefined);
      this.webhooks.accepted(mails);
      return answer;
    }
    const fingerprint = fingerprintOf(path, body);
    const earlier = this.store.remembered(key, this.#now());
    if (earlier && earlier.fingerprint !== fingerprint) {
      throw new ResendError(
        409,
        'invalid_idempotent_request',
        'Same idempotency key used with a different request payload.',
      );
    }
    if (earlier) return earlier.answer;
    if (this.#inFlight.has(key)) {
      throw new ResendError(
        409,
        'concurrent_idempotent_requests',
        'Same idempotency key used while original request is still in progress.',
      );
    }
    this.#inFlight.add(key);
    try {
      const { mails, answer } = await work();
      await this.store.add(mails, { key, fingerprint, answer, at: this.#now() });
      this.webhooks.accepted(mails);
      return answer;
    } finally {
      this.#inFlight.delete(key);
    }
  }

  toMail(request: MailRequest, extra: { idempotencyKey: string | null; batchId: string | null }): Mail {
    return { id: randomUUID(), createdAt: new Date(this.#now()).toISOString(), ...request, ...extra };
  }
}

const recipientsOf = (body: unknown): string[] =>
  [body].flat().flatMap((mail: unknown) => {
    if (typeof mail !== 'object' || mail === null || !('to' in mail)) return [];
    return [mail.to]
      .flat()
      .filter((to) => typeof to === 'string')
      .map(addressOf);
  });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new ResendError(422, 'validation_error', 'The request body must be valid JSON.');
  }
};

const answerAfterFault = async (
  c: AppContext,
  fault: RequestFault,
  take: () => Promise<unknown>,
): Promise<Response> => {
  if (fault.kind === 'status') throw errorOf(fault);
  if (fault.when === 'after') await take();
  if (fault.kind === 'timeout') await untilClosed(c);
  return hangUp(c);
};

/** Reads a send, lets it meet the fault that waits for it, and answers. */
const answerSend = async (
  c: AppContext,
  mailbox: Mailbox,
  build: (body: unknown, key: string | undefined, refused: Set<string>) => { mails: Mail[]; answer: unknown },
): Promise<Response> => {
  mailbox.noteRequest();
  const text = await c.req.text();
  await mailbox.held;
  const key = parseIdempotencyKey(c.req.header('idempotency-key'));
  const body = parseJson(text);
  const recipients = recipientsOf(body);
  const take = () =>
    mailbox.once({ key, path: c.req.path, body: text }, async () => {
      if (mailbox.delayMs > 0) await delay(mailbox.delayMs);
      return build(body, key, mailbox.faults.takeInvalid(recipients));
    });
  const fault = mailbox.faults.take(recipients);
  if (fault) return answerAfterFault(c, fault, take);
  return c.json(await take());
};

const addResendApi = (app: App, mailbox: Mailbox, apiKey: string | undefined): void => {
  app.use('/emails/*', async (c, next) => {
    const given = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (!given) throw new ResendError(401, 'missing_api_key', 'Missing API key in the authorization header.');
    if (apiKey === undefined ? !given.startsWith('re_') : given !== apiKey) {
      throw new ResendError(403, 'invalid_api_key', 'API key is invalid.');
    }
    const { isAllowed, headers } = mailbox.hit();
    if (!isAllowed) {
      throw new ResendError(
        429,
        'rate_limit_exceeded',
        `Too many requests. You can only make ${mailbox.limit.requestsPerSecond} requests per second.`,
        headers,
      );
    }
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    await next();
  });

  app.post('/emails', (c) =>
    answerSend(c, mailbox, (body, key, refused) => {
      const mail = mailbox.toMail(parseMail(body, refused), { idempotencyKey: key ?? null, batchId: null });
      return { mails: [mail], answer: { id: mail.id } };
    }),
  );

  app.post('/emails/batch', (c) => {
    const isPermissive = c.req.header('x-batch-validation') === 'permissive';
    return answerSend(c, mailbox, (body, key, refused) => {
      const { mails: requests, errors } = parseBatch(body, isPermissive, refused);
      const batchId = randomUUID();
      const mails = requests.map((request) => mailbox.toMail(request, { idempotencyKey: key ?? null, batchId }));
      return { mails, answer: { data: mails.map(({ id }) => ({ id })), ...(isPermissive ? { errors } : {}) } };
    });
  });

  app.get('/emails/:id', (c) => {
    const id = c.req.param('id');
    if (!UUID.test(id)) throw new ResendError(422, 'invalid_parameter', 'The `id` must be a valid UUID.');
    const mail = mailbox.store.find(id);
    if (!mail) throw new ResendError(404, 'not_found', 'Email not found');
    return c.json({
      object: 'email',
      id: mail.id,
      to: mail.to,
      from: mail.from,
      created_at: mail.createdAt.replace('T', ' ').replace('Z', '+00'),
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      bcc: mail.bcc,
      cc: mail.cc,
      reply_to: mail.replyTo,
      last_event: mail.scheduledAt ? 'scheduled' : 'delivered',
      scheduled_at: mail.scheduledAt,
      tags: mail.tags,
    });
  });
};

const addControl = (app: App, mailbox: Mailbox): void => {
  const state = () => ({
    faults: mailbox.faults.list(),
    delayMs: mailbox.delayMs,
    requestsPerSecond: mailbox.limit.requestsPerSecond,
    sendRequests: mailbox.sendTimes.length,
  });

  app.get('/_control', (c) => c.json(state()));

  app.post('/_control', async (c) => {
    const parsed = controlSchema.safeParse(parseJson(await c.req.text()));
    if (!parsed.success) return c.json({ problems: parsed.error.issues }, 422);
    mailbox.faults.add(parsed.data.faults);
    if (parsed.data.delayMs !== undefined) mailbox.delayMs = parsed.data.delayMs;
    if (parsed.data.requestsPerSecond !== undefined) mailbox.limit.set(parsed.data.requestsPerSecond);
    return c.json(state());
  });

  app.delete('/_control', (c) => {
    mailbox.faults.clear();
    mailbox.delayMs = 0;
    return c.json(state());
  });
};

const filterOf = (c: AppContext): MailFilter => {
  const since = c.req.query('since');
  if (since !== undefined && Number.isNaN(Date.parse(since))) {
    throw new ResendError(422, 'invalid_parameter', '`since` must be a date, such as 2026-01-31T12:00:00Z.');
  }
  return { to: c.req.query('to'), query: c.req.query('q'), since: since === undefined ? undefined : new Date(since) };
};

/** The page and its JSON. */
const addReader = (app: App, mailbox: Mailbox): void => {
  const { store } = mailbox;
  // Revisions begin anew with each process.
  const tagPrefix = randomBytes(4).toString('hex');

  app.get('/', (c) => {
    const nonce = randomBytes(16).toString('base64');
    c.header(
      'Content-Security-Policy',
      `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; frame-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'`,
    );
    return c.html(mailboxPage(nonce));
  });

  app.get('/api/mails', (c) => {
    const tag = `"${tagPrefix}-${store.revision}"`;
    c.header('ETag', tag);
    c.header('Cache-Control', 'no-cache');
    if (c.req.header('if-none-match') === tag) return c.body(null, 304);
    return c.json({ mails: store.list(filterOf(c)) });
  });

  app.delete('/api/mails', async (c) => {
    await store.clear();
    return c.body(null, 204);
  });

  app.get('/api/mails/:id', (c) => {
    const mail = store.find(c.req.param('id'));
    if (!mail) throw new ResendError(404, 'not_found', 'Email not found');
    return c.json(mail);
  });

  app.post('/api/mails/:id/events', async (c) => {
    const mail = mailbox.store.find(c.req.param('id'));
    if (!mail) throw new ResendError(404, 'not_found', 'Email not found');
    const parsed = z.object({ type: webhookEventSchema }).safeParse(parseJson(await c.req.text()));
    if (!parsed.success) return c.json({ problems: parsed.error.issues }, 422);
    if (!mailbox.webhooks.target) return c.json({ problems: ['No webhook is set that could be told.'] }, 409);
    mailbox.webhooks.report(mail, [parsed.data.type]);
    return c.body(null, 202);
  });

  app.get('/mails/:id/html', (c) => {
    const mail = store.find(c.req.param('id'));
    if (!mail?.html) throw new ResendError(404, 'not_found', 'Email not found');
    // Links open in a tab of their own; nothing else in a mail may run or reach out.
    c.header(
      'Content-Security-Policy',
      "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: http://localhost:* http://127.0.0.1:*; base-uri 'none'",
    );
    c.header('Referrer-Policy', 'no-referrer');
    return c.html(sandboxedHtml(mail.html));
  });
};

const createApp = (mailbox: Mailbox, apiKey: string | undefined): App => {
  const app: App = new Hono<Bindings>();
  app.onError((error) => {
    const known = error instanceof ResendError ? error : new ResendError(500, 'internal_server_error', error.message);
    return Response.json(known.toAnswer(), { status: known.status, headers: known.headers });
  });
  app.notFound((c) =>
    c.json({ statusCode: 404, name: 'not_found', message: 'The requested endpoint does not exist.' }, 404),
  );
  app.get('/health', (c) => c.json({ status: 'ok' }));
  addReader(app, mailbox);
  addControl(app, mailbox);
  addResendApi(app, mailbox, apiKey);
  return app;
};

const waitForMails = async (
  store: MailStore,
  { count = 1, timeoutMs = 10_000, ...filter }: MailFilter & { count?: number; timeoutMs?: number },
): Promise<Mail[]> => {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const mails = store.list(filter);
    if (mails.length >= count) return mails;
    if (Date.now() > deadline) {
      const subjects = store.list().map((mail) => `${mail.to.join(', ')}: ${mail.subject}`);
      throw new Error(
        `Waited ${timeoutMs} ms for ${count} mail(s) to ${filter.to ?? 'anybody'}, got ${mails.length}. ` +
          `All mails: ${subjects.join(' | ') || 'none'}`,
      );
    }
    await delay(WAIT_POLL_MS);
  }
};

/**
 * A mailbox that speaks Resend's HTTP API (single and batch sends, idempotency keys for 24 hours, rate limit, error
 * shapes), shows what was sent on a page and as JSON, and can be told to fail.
 *
 * @throws PortTakenError
 */
export const startMailbox = async (options: MailboxOptions): Promise<RunningMailbox> => {
  const store = await MailStore.open(options.file);
  const mailbox = new Mailbox(
    { store, limit: new RateLimit(options.requestsPerSecond ?? null), webhook: options.webhook ?? null },
    options.now ?? Date.now,
  );
  const server = await serveHttp({
    fetch: createApp(mailbox, options.apiKey).fetch,
    port: options.port,
    portVariable: options.portVariable ?? 'LOCAL_MAILBOX_PORT',
    what: 'the mailbox',
    ...(options.host ? { host: options.host } : {}),
  });
  return {
    ...server,
    mails: (filter) => store.list(filter),
    waitForMails: (wanted) => waitForMails(store, wanted),
    fail: (...faults) => mailbox.faults.add(faults.map((fault) => faultSchema.parse(fault))),
    setDelay: (delayMs) => {
      mailbox.delayMs = delayMs;
    },
    hold: () => mailbox.hold(),
    setRateLimit: (requestsPerSecond) => mailbox.limit.set(requestsPerSecond),
    sendRequests: () => mailbox.sendTimes.length,
    sendTimes: () => [...mailbox.sendTimes],
    setWebhook: (target) => {
      mailbox.webhooks.target = target;
    },
    report: (mail, ...events) => mailbox.webhooks.report(mail, events),
    webhooksSettled: () => mailbox.webhooks.settled(),
    reset: () => mailbox.reset(),
    stop: () => {
      mailbox.webhooks.stop();
      return server.stop();
    },
  };
};
