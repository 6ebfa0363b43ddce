import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { beginAttempt, freezeRecipients, settleAttempt, writeNotification } from '@convene/outbox';
import { serve } from '@hono/node-server';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPayloadHarness, type PayloadHarness } from './payloadHarness';

let harness: PayloadHarness;
let route: typeof import('../src/app/api/webhooks/resend/route');
let secret: string;

beforeAll(async () => {
  harness = await createPayloadHarness();
  route = await import('../src/app/api/webhooks/resend/route');
  secret = harness.context.env.backend['RESEND_WEBHOOK_SECRET'] ?? '';
});
afterAll(() => harness.dispose());
beforeEach(async () => {
  await harness.pool.query(
    'DELETE FROM notification_outbox; DELETE FROM notification_log; DELETE FROM webhook_events; DELETE FROM suppressions',
  );
});

const noParams = { params: Promise.resolve({}) };

/** A row with one attempt that nobody knows the end of. */
const writeAttempt = async (email = 'ana@example.com') => {
  const outboxId = await writeNotification(harness.pool, { type: 'user.welcome.client', payload: { userId: 1 } });
  await freezeRecipients(harness.pool, {
    id: outboxId,
    recipients: [{ no: 0, userId: 1, email, displayName: 'Ana', locale: 'en' }],
  });
  const attempt = { outboxId, recipientNo: 0, type: 'user.welcome.client', recipient: email, userId: 1 };
  const { logId } = await beginAttempt(harness.pool, attempt);
  return { outboxId, logId, messageId: randomUUID(), email };
};
type Attempt = Awaited<ReturnType<typeof writeAttempt>>;

const eventOf = ({ outboxId, logId, messageId, email }: Attempt, type: string, data: object = {}) => ({
  type,
  created_at: '2026-03-10T09:00:00.000Z',
  data: {
    created_at: '2026-03-10T08:59:00.000Z',
    email_id: messageId,
    from: 'Convene <hello@convene.example>',
    to: [email],
    subject: 'Welcome',
    tags: { log_id: String(logId), outbox_id: outboxId },
    ...data,
  },
});

const hardBounce = { bounce: { type: 'Permanent', subType: 'General', message: 'ana@example.com is no mailbox' } };

const post = async (
  event: unknown,
  { id = `msg_${randomUUID()}`, at = new Date(), key = secret, body = JSON.stringify(event) } = {},
) => {
  const signature = new Webhook(key).sign(id, at, JSON.stringify(event));
  const answer = await route.POST(
    new Request('http://localhost:3001/api/webhooks/resend', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'svix-id': id,
        'svix-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'svix-signature': signature,
      },
      body,
    }),
    noParams,
  );
  return { status: answer.status, body: await answer.json() };
};

const logRow = async (logId: number) =>
  (
    await harness.pool.query('SELECT status, message_id, error, last_event FROM notification_log WHERE id = $1', [
      logId,
    ])
  ).rows[0];
const rowStatus = async (id: string) =>
  (await harness.pool.query('SELECT status FROM notification_outbox WHERE id = $1', [id])).rows[0]?.status;
const suppressions = async () =>
  (await harness.pool.query('SELECT email, reason, category, detail FROM suppressions ORDER BY email')).rows;

describe('the signature', () => {
  it('of another key, another body, or yesterday is refused, and changes nothing', async () => {
    const attempt = await writeAttempt();
    const event = eventOf(attempt, 'email.bounced', hardBounce);
    const other = `whsec_${Buffer.from('another-secret-of-at-least-32-characters').toString('base64')}`;
    const answers = [
      await post(event, { key: other }),
      await post(event, { body: JSON.stringify(eventOf(attempt, 'email.delivered')) }),
      await post(event, { at: new Date(Date.now() - 6 * 60_000) }),
      await post(event, { at: new Date(Date.now() + 6 * 60_000) }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(await logRow(attempt.logId)).toMatchObject({ status: 'attempting' });
    expect(await suppressions()).toEqual([]);
  });

  it('is asked for', async () => {
    const answer = await route.POST(
      new Request('http://localhost:3001/api/webhooks/resend', { method: 'POST', body: '{}' }),
      noParams,
    );
    expect(answer.status).toBe(401);
  });

  it('is not enough for a body that is no event', async () => {
    expect((await post({ type: 'email.bounced', data: {} })).status).toBe(400);
    expect((await post({ nothing: true })).status).toBe(400);
  });
});

describe('an event', () => {
  it('that comes again changes nothing a second time', async () => {
    const attempt = await writeAttempt();
    const event = eventOf(attempt, 'email.bounced', hardBounce);
    expect(await post(event, { id: 'msg_1' })).toEqual({ status: 200, body: { outcome: 'applied' } });
    await harness.pool.query('DELETE FROM suppressions');
    expect(await post(event, { id: 'msg_1' })).toEqual({ status: 200, body: { outcome: 'repeated' } });
    expect(await suppressions()).toEqual([]);
  });

  it('finds its mail by the tags before the answer to the send is written down', async () => {
    const attempt = await writeAttempt();
    await post(eventOf(attempt, 'email.delivered'));
    await settleAttempt(harness.pool, { logId: attempt.logId, status: 'sent', messageId: attempt.messageId });
    expect(await logRow(attempt.logId)).toMatchObject({ status: 'delivered', message_id: attempt.messageId });
  });

  it('finds it by the message where there are no tags', async () => {
    const attempt = await writeAttempt();
    await settleAttempt(harness.pool, { logId: attempt.logId, status: 'sent', messageId: attempt.messageId });
    await post(eventOf(attempt, 'email.delivered', { tags: undefined }));
    expect(await logRow(attempt.logId)).toMatchObject({ status: 'delivered' });
  });

  it('of another environment of the same account touches no row of ours', async () => {
    const attempt = await writeAttempt();
    const elsewhere = { ...attempt, outboxId: randomUUID() };
    expect(await post(eventOf(elsewhere, 'email.delivered'))).toMatchObject({ body: { outcome: 'unknown' } });
    expect(await logRow(attempt.logId)).toMatchObject({ status: 'attempting' });
  });

  it('of another system of the account, with a tag of its own, is heard', async () => {
    const attempt = await writeAttempt();
    const tags = { log_id: '99999999999', outbox_id: 'elsewhere' };
    expect(await post(eventOf(attempt, 'email.delivered', { tags }))).toMatchObject({ body: { outcome: 'unknown' } });
  });

  it('of another kind is heard and forgotten', async () => {
    const attempt = await writeAttempt();
    expect(await post(eventOf(attempt, 'email.opened'))).toEqual({ status: 200, body: { outcome: 'ignored' } });
    expect((await harness.pool.query('SELECT 1 FROM webhook_events')).rowCount).toBe(0);
  });

  it.each([
    [['email.sent', 'email.delivered', 'email.bounced']],
    [['email.bounced', 'email.sent', 'email.delivered']],
    [['email.delivered', 'email.bounced', 'email.sent']],
  ])('leads to the same end in the order %j', async (types) => {
    const attempt = await writeAttempt();
    for (const type of types) await post(eventOf(attempt, type, type === 'email.bounced' ? hardBounce : {}));
    expect(await logRow(attempt.logId)).toMatchObject({ status: 'bounced', message_id: attempt.messageId });
  });

  it('settles a mail of which nobody knew whether it was sent, and its row', async () => {
    const attempt = await writeAttempt();
    await settleAttempt(harness.pool, { logId: attempt.logId, status: 'uncertain', error: 'no answer' });
    await harness.pool.query(`UPDATE notification_outbox SET status = 'uncertain', closed_at = now()`);
    await post(eventOf(attempt, 'email.delivered'));
    expect(await logRow(attempt.logId)).toMatchObject({ status: 'delivered', error: null });
    expect(await rowStatus(attempt.outboxId)).toBe('sent');
  });

  it('shows a mail that the provider took and then could not send among those that failed', async () => {
    const attempt = await writeAttempt();
    await settleAttempt(harness.pool, { logId: attempt.logId, status: 'sent', messageId: 'taken' });
    await harness.pool.query(`UPDATE notification_outbox SET status = 'sent', closed_at = now()`);
    await post(eventOf(attempt, 'email.failed', { failed: { reason: 'the domain is gone' } }));
    expect(await logRow(attempt.logId)).toMatchObject({ status: 'failed' });
    expect(await rowStatus(attempt.outboxId)).toBe('dead');
  });
});

describe('an address', () => {
  it.each([
    ['bounces for good', 'email.bounced', hardBounce, 'bounce'],
    ['complains', 'email.complained', {}, 'complaint'],
    ['is on the list of the provider', 'email.suppressed', { suppressed: { type: 'x', message: 'listed' } }, 'bounce'],
  ])('that %s is not written to any more', async (_what, type, data, reason) => {
    const attempt = await writeAttempt('Ana@Example.com');
    await post(eventOf({ ...attempt, email: 'Ana <Ana@Example.com>' }, type, data));
    expect(await suppressions()).toMatchObject([{ email: 'ana@example.com', reason, category: 'all' }]);
    const next = await writeAttempt('ana@example.com');
    expect(await logRow(next.logId)).toMatchObject({ status: 'suppressed' });
  });

  it('is not quoted in what is kept of the reason', async () => {
    const attempt = await writeAttempt();
    await post(eventOf(attempt, 'email.bounced', hardBounce));
    expect(await suppressions()).toMatchObject([{ detail: '[address] is no mailbox' }]);
    expect(await logRow(attempt.logId)).toMatchObject({ error: '[address] is no mailbox', last_event: 'bounced' });
  });

  it('of a full mailbox is written to again', async () => {
    const attempt = await writeAttempt();
    await post(eventOf(attempt, 'email.bounced', { bounce: { type: 'Transient', message: 'mailbox full' } }));
    expect(await logRow(attempt.logId)).toMatchObject({ status: 'bounced' });
    expect(await suppressions()).toEqual([]);
  });
});

it('the mailbox reports as Resend does', async () => {
  const server = serve({ fetch: (request) => route.POST(request, noParams), port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { mailbox, env } = harness.context;
  mailbox.setWebhook({ url: `http://127.0.0.1:${port}/api/webhooks/resend`, secret });
  try {
    const attempt = await writeAttempt('bounced+1@example.com');
    const answer = await fetch(`${mailbox.url}/emails`, {
      method: 'POST',
      headers: { authorization: `Bearer ${env.worker['RESEND_API_KEY']}` },
      body: JSON.stringify({
        from: 'Convene <hello@convene.example>',
        to: attempt.email,
        subject: 'Welcome',
        text: 'Hello',
        tags: [
          { name: 'log_id', value: String(attempt.logId) },
          { name: 'outbox_id', value: attempt.outboxId },
        ],
      }),
    });
    expect(answer.status).toBe(200);
    await mailbox.webhooksSettled();
    expect(await logRow(attempt.logId)).toMatchObject({ status: 'bounced', message_id: mailbox.mails()[0]?.id });
    expect(await suppressions()).toMatchObject([{ email: 'bounced+1@example.com', reason: 'bounce' }]);
  } finally {
    mailbox.setWebhook(null);
    server.close();
  }
});

it('is closed where no secret is set', async () => {
  vi.stubEnv('RESEND_WEBHOOK_SECRET', undefined);
  vi.resetModules();
  try {
    const closed = await import('../src/app/api/webhooks/resend/route');
    const answer = await closed.POST(
      new Request('http://localhost:3001/api/webhooks/resend', { method: 'POST', body: '{}' }),
      noParams,
    );
    expect(answer.status).toBe(503);
  } finally {
    vi.stubEnv('RESEND_WEBHOOK_SECRET', secret);
  }
});
