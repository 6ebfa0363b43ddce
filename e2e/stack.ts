import { spawn } from 'node:child_process';
import path from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { z } from 'zod';

const environmentOfApp = z.string().transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text)));

/** Where the stack under test is; set by run.ts. */
const environment = z
  .object({
    E2E_FRONTEND_URL: z.url(),
    E2E_BACKEND_URL: z.url(),
    E2E_BACKEND_ENV: environmentOfApp,
    E2E_FRONTEND_ENV: environmentOfApp,
    E2E_MAILBOX_URL: z.url(),
    E2E_REDIS_URL: z.string(),
    E2E_DATABASE_URL: z.string(),
    E2E_SERVICE_TOKEN: z.string(),
  })
  .parse(process.env);

export const siteUrl = environment.E2E_FRONTEND_URL;
export const backendUrl = environment.E2E_BACKEND_URL;
/** What the site's process was started with. */
export const siteEnv = environment.E2E_FRONTEND_ENV;
export const serviceToken = environment.E2E_SERVICE_TOKEN;

// Of the process, which runs one file of tests after the other: none of them ends what the next one needs.
export const redis = new Redis(environment.E2E_REDIS_URL, { lazyConnect: true });
export const database = new pg.Pool({ connectionString: environment.E2E_DATABASE_URL, max: 2, allowExitOnIdle: true });

const mailSchema = z.object({
  id: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string().nullable(),
});
export type Mail = z.infer<typeof mailSchema>;

const mailsTo = async (address: string): Promise<Mail[]> => {
  const answer = await fetch(`${environment.E2E_MAILBOX_URL}/api/mails?to=${encodeURIComponent(address)}`);
  const body: unknown = await answer.json();
  return z
    .object({ mails: z.array(mailSchema) })
    .or(z.array(mailSchema).transform((mails) => ({ mails })))
    .parse(body).mails;
};

/** Tries until it answers something, and fails after half a minute. */
export const eventually = async <T>(
  what: string,
  attempt: () => Promise<T | null | undefined>,
  seconds = 30,
): Promise<T> => {
  const deadline = Date.now() + seconds * 1_000;
  for (;;) {
    const found = await attempt();
    if (found !== null && found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

/** The mail to this address whose subject matches; it may still be on its way. */
export const mailTo = (address: string, subject: RegExp): Promise<Mail> =>
  eventually(`a mail to ${address} about ${subject}`, async () =>
    (await mailsTo(address)).find((mail) => subject.test(mail.subject)),
  );

/** The first link to this path in a mail's text. */
export const linkIn = (mail: Mail, pathname: string): string => {
  const link = (mail.text ?? '').match(/https?:\/\/\S+/g)?.find((url) => new URL(url).pathname.startsWith(pathname));
  if (!link) throw new Error(`The mail "${mail.subject}" has no link to ${pathname}:\n${mail.text}`);
  return link;
};

/** Runs a job by hand, as an operator does: `pnpm --filter @convene/backend feed:flush`. */
export const feedJob = (name: 'flush' | 'aggregate' | 'rank'): Promise<string> =>
  new Promise((resolve, reject) => {
    const root = path.resolve(import.meta.dirname, '..');
    const child = spawn(path.join(root, 'node_modules/.bin/tsx'), ['src/cli/feed.ts', name], {
      cwd: path.join(root, 'apps/backend'),
      env: { ...process.env, ...environment.E2E_BACKEND_ENV },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`feed:${name}: ${code}\n${output}`)),
    );
  });

/** A call of the backend's API that must succeed. */
export const api = async (
  pathname: string,
  init: { method?: string; token?: string; body?: unknown } = {},
): Promise<unknown> => {
  const answer = await fetch(`${backendUrl}/api${pathname}`, {
    method: init.method ?? 'GET',
    headers: {
      'Content-Type': 'application/json',
      'x-convene-service-token': serviceToken,
      ...(init.token ? { Authorization: `JWT ${init.token}` } : {}),
    },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  if (!answer.ok) throw new Error(`${init.method ?? 'GET'} ${pathname}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};

export const signIn = async (email: string, password: string): Promise<string> =>
  z.object({ token: z.string() }).parse(await api('/auth/sign-in', { method: 'POST', body: { email, password } }))
    .token;
