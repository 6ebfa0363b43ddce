import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { addressOf } from './resendApi';

/** As long as Resend remembers an idempotency key. */
const KEY_LIFETIME_MS = 24 * 3_600_000;
const MAX_MAILS = 2_000;

const mailSchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  bcc: z.array(z.string()),
  replyTo: z.array(z.string()),
  subject: z.string(),
  html: z.string().nullable(),
  text: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  tags: z.array(z.object({ name: z.string(), value: z.string() })),
  attachments: z.array(
    z.object({ filename: z.string().nullable(), contentType: z.string().nullable(), bytes: z.number() }),
  ),
  scheduledAt: z.string().nullable(),
  idempotencyKey: z.string().nullable(),
  batchId: z.string().nullable(),
});

/** A mail as it was sent. `createdAt` is ISO 8601 in UTC; `batchId` is shared by what came in one request. */
export type Mail = z.infer<typeof mailSchema>;

const keySchema = z.object({ key: z.string(), fingerprint: z.string(), answer: z.unknown(), at: z.number() });

/** What was answered to a request with an idempotency key; `at` in epoch milliseconds. */
export type RememberedAnswer = z.infer<typeof keySchema>;

const lineSchema = z.union([z.object({ mail: mailSchema }), z.object({ remembered: keySchema })]);

const parseLine = (line: string): z.infer<typeof lineSchema> | undefined => {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    // The last line of a process that was killed while it wrote.
    return undefined;
  }
};

export type MailFilter = {
  /** A whole address, among to, cc and bcc. */
  to?: string | undefined;
  /** Mails at or after this moment. */
  since?: Date | undefined;
  /** A part of a recipient or of the subject. */
  query?: string | undefined;
};

const recipientsOf = (mail: Mail): string[] => [...mail.to, ...mail.cc, ...mail.bcc];

const matches = (mail: Mail, { to, since, query }: MailFilter): boolean => {
  if (to && !recipientsOf(mail).some((recipient) => addressOf(recipient) === addressOf(to))) return false;
  if (since && Date.parse(mail.createdAt) < since.getTime()) return false;
  if (!query) return true;
  const wanted = query.toLowerCase();
  return [...recipientsOf(mail), mail.subject].some((text) => text.toLowerCase().includes(wanted));
};

/** Mails and idempotency keys: in memory, and in a file of JSON lines where one is given. */
export class MailStore {
  readonly #file: string | undefined;
  #mails: Mail[] = [];
  #remembered = new Map<string, RememberedAnswer>();
  #revision = 0;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string | undefined) {
    this.#file = file;
  }

  static async open(file: string | undefined): Promise<MailStore> {
    const store = new MailStore(file);
    if (file) await store.#load(file);
    return store;
  }

  /** Moves whenever the mails do. */
  get revision(): number {
    return this.#revision;
  }

  /** Newest first. */
  list(filter: MailFilter = {}): Mail[] {
    return this.#mails.filter((mail) => matches(mail, filter)).toReversed();
  }

  find(id: string): Mail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  remembered(key: string, now: number): RememberedAnswer | undefined {
    const found = this.#remembered.get(key);
    return found && now - found.at < KEY_LIFETIME_MS ? found : undefined;
  }

  /** Keeps mails and the answer to their request together, in one write. */
  async add(mails: Mail[], remembered: RememberedAnswer | undefined): Promise<void> {
    this.#mails.push(...mails);
    if (this.#mails.length > MAX_MAILS) this.#mails = this.#mails.slice(-MAX_MAILS);
    if (remembered) this.#remembered.set(remembered.key, remembered);
    this.#revision += 1;
    const lines = [...mails.map((mail) => ({ mail })), ...(remembered ? [{ remembered }] : [])];
    await this.#write((file) => appendFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
  }

  /** Deletes the mails; idempotency keys stay, as they would at Resend. */
  async clear(): Promise<void> {
    this.#mails = [];
    this.#revision += 1;
    await this.#rewrite();
  }

  /** Forgets the idempotency keys too. */
  async reset(): Promise<void> {
    this.#remembered.clear();
    await this.clear();
  }

  async #load(file: string): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true });
    const text = await readFile(file, 'utf8').catch(() => '');
    const now = Date.now();
    for (const line of text.split('\n')) {
      const entry = line === '' ? undefined : parseLine(line);
      if (!entry) continue;
      if ('mail' in entry) this.#mails.push(entry.mail);
      else if (now - entry.remembered.at < KEY_LIFETIME_MS) {
        this.#remembered.set(entry.remembered.key, entry.remembered);
      }
    }
    this.#mails = this.#mails.slice(-MAX_MAILS);
    await this.#rewrite();
  }

  #rewrite(): Promise<void> {
    const lines = [
      ...this.#mails.map((mail) => ({ mail })),
      ...[...this.#remembered.values()].map((remembered) => ({ remembered })),
    ];
    return this.#write(async (file) => {
      const draft = `${file}.new`;
      await writeFile(draft, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      await rename(draft, file);
    });
  }

  /** One write after the other: an append must not fall into a rewrite. */
  #write(work: (file: string) => Promise<void>): Promise<void> {
    const file = this.#file;
    if (!file) return Promise.resolve();
    const next = this.#writing.then(() => work(file));
    this.#writing = next.catch(() => undefined);
    return next;
  }
}
