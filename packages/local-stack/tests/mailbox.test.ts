import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Resend } from 'resend';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type RunningHttpServer, serveHttp } from '../src/httpServer';
import { type MailboxOptions, type RunningMailbox, startMailbox } from '../src/mailbox';

const mail = {
  from: 'Convene <hello@convene.example>',
  to: 'ana@example.com',
  subject: 'Confirm your address',
  html: '<p>Hello</p>',
  text: 'Hello',
};

let mailbox: RunningMailbox;
let resend: Resend;
let now: number;

const start = async (options: Partial<MailboxOptions> = {}): Promise<void> => {
  mailbox = await startMailbox({ port: 0, now: () => now, ...options });
  resend = new Resend('re_test', { baseUrl: mailbox.url });
};

beforeEach(async () => {
  now = Date.parse('2026-01-31T12:00:00Z');
  await start();
});
afterEach(() => mailbox.stop());

describe('a send', () => {
  it('is answered by an id and kept with all that was said', async () => {
    const { data, error } = await resend.emails.send({
      ...mail,
      to: ['Ana <Ana@Example.com>', 'bo@example.com'],
      cc: 'cc@example.com',
      replyTo: 'reply@example.com',
      headers: { 'List-Unsubscribe': '<https://convene.example/u>' },
      tags: [{ name: 'type', value: 'user_verify' }],
    });
    expect(error).toBeNull();
    const [kept] = mailbox.mails({ to: 'ana@example.com' });
    expect(kept).toMatchObject({
      id: data?.id,
      createdAt: '2026-01-31T12:00:00.000Z',
      to: ['Ana <Ana@Example.com>', 'bo@example.com'],
      cc: ['cc@example.com'],
      replyTo: ['reply@example.com'],
      headers: { 'List-Unsubscribe': '<https://convene.example/u>' },
      tags: [{ name: 'type', value: 'user_verify' }],
      html: '<p>Hello</p>',
      text: 'Hello',
    });
    const read = await resend.emails.get(data?.id ?? '');
    expect(read.data).toMatchObject({ object: 'email', subject: mail.subject, last_event: 'delivered' });
  });

  it.each([
    [{ from: undefined }, 'missing_required_field', 'Missing `from` field.'],
    [{ to: undefined }, 'missing_required_field', 'Missing `to` field.'],
    [{ to: [] }, 'missing_required_field', 'Missing `to` field.'],
    [{ subject: undefined }, 'missing_required_field', 'Missing `subject` field.'],
    [{ html: undefined, text: undefined }, 'validation_error', 'Missing `html` or `text` field.'],
    [{ to: 'nobody' }, 'validation_error', 'Invalid `to` field.'],
    [{ from: 'Convene hello@convene.example' }, 'validation_error', 'Invalid `from` field.'],
    [{ tags: [{ name: 'a b', value: 'c' }] }, 'validation_error', 'Tags should only contain'],
    [{ headers: { 'X-A': 1 } }, 'validation_error', 'Invalid `headers.X-A` field.'],
  ])('without what it needs (%j) is refused as Resend does', async (change, name, message) => {
    const answer = await fetch(`${mailbox.url}/emails`, {
      method: 'POST',
      headers: { authorization: 'Bearer re_test' },
      body: JSON.stringify({ ...mail, ...change }),
    });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toEqual({ statusCode: 422, name, message: expect.stringContaining(message) });
    expect(mailbox.mails()).toEqual([]);
  });

  it('needs a key', async () => {
    const wrong = await new Resend('sk_other', { baseUrl: mailbox.url }).emails.send(mail);
    expect(wrong.error).toMatchObject({ statusCode: 403, name: 'invalid_api_key' });
    const answer = await fetch(`${mailbox.url}/emails`, { method: 'POST', body: JSON.stringify(mail) });
    expect(await answer.json()).toMatchObject({ statusCode: 401, name: 'missing_api_key' });
  });

  it('that is not found is told so', async () => {
    const missing = await resend.emails.get('00000000-0000-4000-8000-000000000000');
    expect(missing.error).toMatchObject({ statusCode: 404, name: 'not_found' });
    expect((await resend.emails.get('7')).error).toMatchObject({ statusCode: 422, name: 'invalid_parameter' });
  });
});

describe('an idempotency key', () => {
  it('brings the first answer back and sends once, for 24 hours', async () => {
    const first = await resend.emails.send(mail, { idempotencyKey: 'outbox/1' });
    now += 24 * 3_600_000 - 1;
    const second = await resend.emails.send(mail, { idempotencyKey: 'outbox/1' });
    expect(second.data).toEqual(first.data);
    expect(mailbox.mails()).toHaveLength(1);
    now += 1;
    const third = await resend.emails.send(mail, { idempotencyKey: 'outbox/1' });
    expect(third.data?.id).not.toBe(first.data?.id);
    expect(mailbox.mails()).toHaveLength(2);
  });

  it('refuses another body', async () => {
    await resend.emails.send(mail, { idempotencyKey: 'k' });
    const other = await resend.emails.send({ ...mail, subject: 'Other' }, { idempotencyKey: 'k' });
    expect(other.error).toMatchObject({ statusCode: 409, name: 'invalid_idempotent_request' });
    expect(mailbox.mails()).toHaveLength(1);
  });

  it('refuses a second request while the first is on its way', async () => {
    mailbox.setDelay(100);
    const answers = await Promise.all([1, 2, 3].map(() => resend.emails.send(mail, { idempotencyKey: 'k' })));
    expect(answers.filter(({ data }) => data)).toHaveLength(1);
    expect(answers.flatMap(({ error }) => error?.name ?? [])).toEqual([
      'concurrent_idempotent_requests',
      'concurrent_idempotent_requests',
    ]);
    expect(mailbox.mails()).toHaveLength(1);
  });

  it('is not used up by a refused mail', async () => {
    await resend.emails.send({ ...mail, to: 'nobody' }, { idempotencyKey: 'k' });
    const { error } = await resend.emails.send(mail, { idempotencyKey: 'k' });
    expect(error).toBeNull();
  });

  it('of more than 256 characters is refused', async () => {
    const { error } = await resend.emails.send(mail, { idempotencyKey: 'k'.repeat(257) });
    expect(error).toMatchObject({ statusCode: 400, name: 'invalid_idempotency_key' });
  });
});

describe('a batch', () => {
  it('is answered in its order, and as a whole by its key', async () => {
    const batch = ['a', 'b', 'c'].map((name) => ({ ...mail, to: `${name}@example.com` }));
    const first = await resend.batch.send(batch, { idempotencyKey: 'batch' });
    const second = await resend.batch.send(batch, { idempotencyKey: 'batch' });
    expect(second.data).toEqual(first.data);
    const byOrder = first.data?.data.map(({ id }) => mailbox.mails().find((kept) => kept.id === id)?.to);
    expect(byOrder).toEqual([['a@example.com'], ['b@example.com'], ['c@example.com']]);
  });

  it('with a bad mail is refused as a whole, or sent in part when told so', async () => {
    const batch = [mail, { ...mail, to: 'nobody' }];
    const strict = await resend.batch.send(batch);
    expect(strict.error).toMatchObject({ statusCode: 422, name: 'validation_error' });
    expect(mailbox.mails()).toHaveLength(0);
    const permissive = await resend.batch.send(batch, { batchValidation: 'permissive' });
    expect(permissive.data).toMatchObject({ data: [{ id: expect.any(String) }], errors: [{ index: 1 }] });
    expect(mailbox.mails()).toHaveLength(1);
  });

  it('of more than a hundred is refused', async () => {
    const { error } = await resend.batch.send(Array.from({ length: 101 }, () => mail));
    expect(error).toMatchObject({ statusCode: 422 });
  });
});

describe('the rate limit', () => {
  it('answers 429 with retry-after, and lets requests through in the next second', async () => {
    mailbox.setRateLimit(2);
    const first = await resend.emails.send(mail);
    expect(first.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '1', 'ratelimit-reset': '1' });
    await resend.emails.send(mail);
    const third = await resend.emails.send(mail);
    expect(third.error).toMatchObject({ statusCode: 429, name: 'rate_limit_exceeded' });
    expect(third.headers).toMatchObject({ 'retry-after': '1', 'ratelimit-remaining': '0' });
    now += 1_000;
    expect((await resend.emails.send(mail)).error).toBeNull();
    expect(mailbox.mails()).toHaveLength(3);
  });
});

describe('told to fail', () => {
  const control = (body: unknown) => fetch(`${mailbox.url}/_control`, { method: 'POST', body: JSON.stringify(body) });

  it('answers so many errors and then is well', async () => {
    await control({
      faults: [
        { kind: 'status', status: 500 },
        { kind: 'status', status: 429, times: 2, retryAfterSeconds: 7 },
      ],
    });
    const answers = [];
    for (let send = 0; send < 4; send += 1) answers.push(await resend.emails.send(mail));
    expect(answers.map(({ error }) => error?.statusCode)).toEqual([500, 429, 429, undefined]);
    expect(answers[1]?.headers).toMatchObject({ 'retry-after': '7' });
    expect(mailbox.mails()).toHaveLength(1);
    expect(mailbox.sendRequests()).toBe(4);
  });

  it('cuts the connection before or after it took the mail', async () => {
    mailbox.fail({ kind: 'cut' }, { kind: 'cut', when: 'after' });
    const before = await resend.emails.send(mail, { idempotencyKey: 'k' });
    expect(before.error).toMatchObject({ name: 'application_error', statusCode: null });
    expect(mailbox.mails()).toHaveLength(0);
    const after = await resend.emails.send(mail, { idempotencyKey: 'k' });
    expect(after.error?.name).toBe('application_error');
    expect(mailbox.mails()).toHaveLength(1);
    const retry = await resend.emails.send(mail, { idempotencyKey: 'k' });
    expect(retry.data?.id).toBe(mailbox.mails()[0]?.id);
    expect(mailbox.mails()).toHaveLength(1);
  });

  it('keeps silent until the client gives up', async () => {
    mailbox.fail({ kind: 'timeout' });
    const answer = fetch(`${mailbox.url}/emails`, {
      method: 'POST',
      headers: { authorization: 'Bearer re_test' },
      body: JSON.stringify(mail),
      signal: AbortSignal.timeout(150),
    });
    await expect(answer).rejects.toThrow(/timeout/i);
    expect(mailbox.mails()).toHaveLength(0);
  });

  it('meets only the address that was named', async () => {
    mailbox.fail({ kind: 'status', status: 422, to: 'Bo@example.com' });
    expect((await resend.emails.send(mail)).error).toBeNull();
    const { error } = await resend.emails.send({ ...mail, to: 'Bo <bo@example.com>' });
    expect(error?.statusCode).toBe(422);
  });

  it('refuses one address as none, in a batch that allows it for itself alone', async () => {
    await control({ faults: [{ kind: 'invalid-address', to: 'Bo@example.com', times: 3 }] });
    const bo = { ...mail, to: 'Bo <bo@example.com>' };
    expect((await resend.emails.send(bo)).error).toMatchObject({ statusCode: 422, name: 'validation_error' });
    expect((await resend.batch.send([mail, bo])).error).toMatchObject({ statusCode: 422 });
    const permissive = await resend.batch.send([mail, bo, mail], { batchValidation: 'permissive' });
    expect(permissive.data).toMatchObject({
      data: [{ id: expect.any(String) }, { id: expect.any(String) }],
      errors: [{ index: 1, message: expect.stringContaining('Invalid `to` field') }],
    });
    expect((await resend.emails.send(bo)).error).toBeNull();
  });

  it('tells what waits, forgets it, and refuses nonsense', async () => {
    expect((await control({ faults: [{ kind: 'flood' }] })).status).toBe(422);
    await control({ faults: [{ kind: 'status', status: 503, times: 3 }], delayMs: 5, requestsPerSecond: 4 });
    const state = await (await fetch(`${mailbox.url}/_control`)).json();
    expect(state).toMatchObject({ faults: [{ status: 503, times: 3 }], delayMs: 5, requestsPerSecond: 4 });
    await fetch(`${mailbox.url}/_control`, { method: 'DELETE' });
    expect((await resend.emails.send(mail)).error).toBeNull();
  });
});

describe('a webhook', () => {
  const secret = `whsec_${Buffer.from('a-webhook-secret-of-32-characters').toString('base64')}`;
  let heard: { type: string; id: string; tags: unknown }[];
  let answers: number[];
  let server: RunningHttpServer;

  beforeEach(async () => {
    heard = [];
    answers = [];
    server = await serveHttp({
      port: 0,
      portVariable: 'PORT',
      what: 'a listener',
      fetch: async (request: Request) => {
        const text = await request.text();
        const id = request.headers.get('svix-id') ?? '';
        // Throws for a signature that is not right.
        new Webhook(secret).verify(text, {
          'webhook-id': id,
          'webhook-timestamp': request.headers.get('svix-timestamp') ?? '',
          'webhook-signature': request.headers.get('svix-signature') ?? '',
        });
        const { type, data } = z
          .object({ type: z.string(), data: z.object({ tags: z.record(z.string(), z.string()) }) })
          .parse(JSON.parse(text));
        heard.push({ type, id, tags: data.tags });
        return new Response(null, { status: answers.shift() ?? 204 });
      },
    });
    now = Date.now();
    mailbox.setWebhook({ url: server.url, secret });
  });
  afterEach(() => server.stop());

  const sendTo = async (to: string): Promise<string> => {
    const { data } = await resend.emails.send({ ...mail, to, tags: [{ name: 'log_id', value: '7' }] });
    return data?.id ?? '';
  };

  it.each([
    ['ana@example.com', ['email.sent', 'email.delivered']],
    ['Bo <bounced@example.com>', ['email.sent', 'email.bounced']],
    ['complained+1@example.com', ['email.sent', 'email.delivered', 'email.complained']],
    ['suppressed@example.com', ['email.suppressed']],
    ['delayed@example.com', ['email.sent', 'email.delivery_delayed']],
  ])('tells, signed, what became of a mail to %s', async (to, types) => {
    await sendTo(to);
    await mailbox.webhooksSettled();
    expect(heard.map(({ type }) => type)).toEqual(types);
    expect(heard[0]?.tags).toEqual({ log_id: '7' });
  });

  it('is told again what it did not hear, under the same id', async () => {
    answers = [503];
    await sendTo('suppressed@example.com');
    await mailbox.webhooksSettled();
    expect(heard).toHaveLength(2);
    expect(heard[1]?.id).toBe(heard[0]?.id);
  });

  it('is told of what somebody says became of a mail', async () => {
    const id = await sendTo('ana@example.com');
    await mailbox.webhooksSettled();
    const report = (type: string) =>
      fetch(`${mailbox.url}/api/mails/${id}/events`, { method: 'POST', body: JSON.stringify({ type }) });
    expect((await report('email.complained')).status).toBe(202);
    expect((await report('email.eaten')).status).toBe(422);
    await mailbox.webhooksSettled();
    expect(heard.at(-1)?.type).toBe('email.complained');
    mailbox.setWebhook(null);
    expect((await report('email.complained')).status).toBe(409);
  });
});

describe('reading', () => {
  it('finds by recipient, part and time, newest first', async () => {
    await resend.emails.send(mail);
    now += 60_000;
    await resend.emails.send({ ...mail, to: 'bo@example.com', subject: 'Approved' });
    const subjects = async (query: string) => {
      const answer = await fetch(`${mailbox.url}/api/mails${query}`);
      const { mails } = (await answer.json()) as { mails: { subject: string }[] };
      return mails.map(({ subject }) => subject);
    };
    expect(await subjects('')).toEqual(['Approved', 'Confirm your address']);
    expect(await subjects('?to=ANA@example.com')).toEqual(['Confirm your address']);
    expect(await subjects('?to=ana')).toEqual([]);
    expect(await subjects('?q=appr')).toEqual(['Approved']);
    expect(await subjects('?since=2026-01-31T12:00:30Z')).toEqual(['Approved']);
    expect((await fetch(`${mailbox.url}/api/mails?since=yesterday`)).status).toBe(422);
  });

  it('says 304 until something changes', async () => {
    const first = await fetch(`${mailbox.url}/api/mails`);
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    expect((await fetch(`${mailbox.url}/api/mails`, { headers })).status).toBe(304);
    await resend.emails.send(mail);
    expect((await fetch(`${mailbox.url}/api/mails`, { headers })).status).toBe(200);
  });

  it('shows a mail without letting it run or reach out', async () => {
    await resend.emails.send({
      ...mail,
      html: '<html><head></head><body><script>alert(1)</script><a href="http://x">x</a></body></html>',
    });
    const [kept] = mailbox.mails();
    const answer = await fetch(`${mailbox.url}/mails/${kept?.id}/html`);
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toMatch(/^sandbox allow-popups/);
    expect(policy).not.toContain('allow-scripts');
    expect(policy).toContain("default-src 'none'");
    expect(await answer.text()).toContain('<head><base target="_blank">');
  });

  it('offers on its page each way to fail, in the form that the control takes', async () => {
    const html = await (await fetch(mailbox.url)).text();
    const options = [...html.matchAll(/<option value="([^"]*)">/g)].map(([, value = '']) =>
      JSON.parse(value.replaceAll('&quot;', '"')),
    );
    expect(options.length).toBeGreaterThanOrEqual(12);
    const answer = await fetch(`${mailbox.url}/_control`, {
      method: 'POST',
      body: JSON.stringify({ faults: options }),
    });
    expect(answer.status).toBe(200);
    const statuses = options.flatMap(({ status }) => status ?? []);
    expect(new Set(statuses)).toEqual(new Set([429, 500, 503, 401, 422, 409]));
  });

  it('has a page that needs no other host', async () => {
    const answer = await fetch(mailbox.url);
    expect(answer.headers.get('content-type')).toContain('text/html');
    const html = await answer.text();
    expect(html.match(/(src|href)="(?!data:)[^"]*"/g) ?? []).toEqual([]);
  });

  it('deletes', async () => {
    await resend.emails.send(mail);
    await fetch(`${mailbox.url}/api/mails`, { method: 'DELETE' });
    expect(mailbox.mails()).toEqual([]);
  });

  it('waits for mails, and tells what came instead', async () => {
    const waiting = mailbox.waitForMails({ to: 'ana@example.com' });
    await resend.emails.send(mail);
    expect(await waiting).toHaveLength(1);
    await expect(mailbox.waitForMails({ to: 'bo@example.com', timeoutMs: 30 })).rejects.toThrow(
      'All mails: ana@example.com: Confirm your address',
    );
  });
});

describe('with a file', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'convene-mailbox-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('keeps mails and keys over a restart, also after a write that was cut short', async () => {
    const file = path.join(directory, 'mails.jsonl');
    now = Date.now();
    await mailbox.stop();
    await start({ file });
    const first = await resend.emails.send(mail, { idempotencyKey: 'k' });
    await mailbox.stop();
    await appendFile(file, '{"mail":{"id":"half');
    await start({ file });
    const second = await resend.emails.send(mail, { idempotencyKey: 'k' });
    expect(second.data).toEqual(first.data);
    expect(mailbox.mails().map(({ id }) => id)).toEqual([first.data?.id]);
  });
});
