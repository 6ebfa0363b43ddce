import { z } from 'zod';

/*
 * What Resend accepts and what it refuses, as its documentation and its client have it. No I/O.
 */

/** An answer of Resend's that tells what was wrong. */
export class ResendError extends Error {
  override readonly name = 'ResendError';
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  toAnswer(): { statusCode: number; name: string; message: string } {
    return { statusCode: this.status, name: this.code, message: this.message };
  }
}

export const MAX_BATCH_SIZE = 100;
const MAX_RECIPIENTS = 50;
const MAX_IDEMPOTENCY_KEY_LENGTH = 256;

export type MailRequest = {
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string[];
  subject: string;
  html: string | null;
  text: string | null;
  headers: Record<string, string>;
  tags: { name: string; value: string }[];
  attachments: { filename: string | null; contentType: string | null; bytes: number }[];
  scheduledAt: string | null;
};

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

const bodySchema = z.object({
  from: z.string().optional(),
  to: oneOrMany.optional(),
  cc: oneOrMany.nullish(),
  bcc: oneOrMany.nullish(),
  reply_to: oneOrMany.nullish(),
  subject: z.string().optional(),
  html: z.string().nullish(),
  text: z.string().nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
  tags: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  attachments: z
    .array(
      z.object({
        content: z.string().nullish(),
        filename: z.string().nullish(),
        path: z.string().nullish(),
        content_type: z.string().nullish(),
      }),
    )
    .nullish(),
  scheduled_at: z.string().nullish(),
});

const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+$/;
const TAG = /^[A-Za-z0-9_-]{1,256}$/;

/** `a@b.c` out of `Name <a@b.c>`, in small letters. */
export const addressOf = (field: string): string => (/<([^<>]+)>\s*$/.exec(field)?.[1] ?? field).trim().toLowerCase();

const isAddress = (field: string): boolean => ADDRESS.test(addressOf(field));

const missing = (field: string) => new ResendError(422, 'missing_required_field', `Missing \`${field}\` field.`);

const invalid = (message: string) => new ResendError(422, 'validation_error', message);

const assertAddresses = (field: string, values: string[], refused: ReadonlySet<string> = new Set()): void => {
  if (values.every((value) => isAddress(value) && !refused.has(addressOf(value)))) return;
  throw invalid(
    `Invalid \`${field}\` field. The email address needs to follow the \`email@example.com\` or \`Name <email@example.com>\` format.`,
  );
};

const attachmentsOf = (attachments: z.infer<typeof bodySchema>['attachments']): MailRequest['attachments'] =>
  (attachments ?? []).map(({ content, filename, path, content_type }) => {
    if (!content && !path) {
      throw new ResendError(422, 'invalid_attachment', 'Attachment must have either a `content` or `path`.');
    }
    return {
      filename: filename ?? path ?? null,
      contentType: content_type ?? null,
      bytes: content ? Buffer.from(content, 'base64').byteLength : 0,
    };
  });

/**
 * The mail that a request body asks for.
 *
 * @param refused addresses, in small letters, that are taken for none
 * @throws ResendError
 */
export const parseMail = (body: unknown, refused: ReadonlySet<string> = new Set()): MailRequest => {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`Invalid \`${issue?.path.join('.') || 'body'}\` field. ${issue?.message ?? ''}`.trim());
  }
  const { from, to, subject, html, text, tags, ...rest } = parsed.data;
  if (!from) throw missing('from');
  if (!to || to.length === 0) throw missing('to');
  if (!subject) throw missing('subject');
  if (!html && !text) throw invalid('Missing `html` or `text` field.');
  const mail: MailRequest = {
    from,
    to,
    cc: rest.cc ?? [],
    bcc: rest.bcc ?? [],
    replyTo: rest.reply_to ?? [],
    subject,
    html: html ?? null,
    text: text ?? null,
    headers: rest.headers ?? {},
    tags: tags ?? [],
    attachments: attachmentsOf(rest.attachments),
    scheduledAt: rest.scheduled_at ?? null,
  };
  assertAddresses('from', [mail.from]);
  assertAddresses('to', mail.to, refused);
  assertAddresses('cc', mail.cc);
  assertAddresses('bcc', mail.bcc);
  assertAddresses('reply_to', mail.replyTo);
  if (mail.to.length > MAX_RECIPIENTS) throw invalid(`The \`to\` field must have at most ${MAX_RECIPIENTS} addresses.`);
  if (!mail.tags.every(({ name, value }) => TAG.test(name) && TAG.test(value))) {
    throw invalid('Tags should only contain ASCII letters, numbers, underscores, or dashes.');
  }
  return mail;
};

export type ParsedBatch = { mails: MailRequest[]; errors: { index: number; message: string }[] };

/**
 * A batch is refused as a whole for one bad mail; with `isPermissive` the good ones are sent and the others listed.
 *
 * @throws ResendError
 */
export const parseBatch = (body: unknown, isPermissive: boolean, refused?: ReadonlySet<string>): ParsedBatch => {
  if (!Array.isArray(body) || body.length === 0) throw invalid('The batch must be an array with at least one email.');
  if (body.length > MAX_BATCH_SIZE) throw invalid(`The batch must have at most ${MAX_BATCH_SIZE} emails.`);
  const mails: MailRequest[] = [];
  const errors: ParsedBatch['errors'] = [];
  for (const [index, item] of body.entries()) {
    try {
      const mail = parseMail(item, refused);
      if (mail.attachments.length > 0) throw invalid('The `attachments` field is not supported in a batch.');
      mails.push(mail);
    } catch (error) {
      if (!(error instanceof ResendError) || !isPermissive) throw error;
      errors.push({ index, message: error.message });
    }
  }
  return { mails, errors };
};

/** @throws ResendError for a key of a wrong length */
export const parseIdempotencyKey = (header: string | undefined): string | undefined => {
  if (header === undefined) return undefined;
  if (header.length >= 1 && header.length <= MAX_IDEMPOTENCY_KEY_LENGTH) return header;
  throw new ResendError(400, 'invalid_idempotency_key', 'The key must be between 1-256 chars.');
};
