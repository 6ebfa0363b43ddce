import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const names = ['payload', 'service', 'jobs', 'session', 'unsubscribe', 'webhook', 'previews', 'upstash'] as const;
const secretsSchema = z.record(z.enum(names), z.string().min(32));
export type DevSecrets = z.infer<typeof secretsSchema>;

const parseFile = (text: string): Partial<DevSecrets> => {
  try {
    return z.partialRecord(z.enum(names), z.string()).parse(JSON.parse(text));
  } catch {
    // Cut short or edited to pieces: new ones are made, and sessions end.
    return {};
  }
};

/** Secrets of this machine's stack, made once: none is the same on two machines, sessions outlive a restart. */
export const ensureDevSecrets = async (dataDirectory: string): Promise<DevSecrets> => {
  const file = path.join(dataDirectory, 'dev-secrets.json');
  const kept = parseFile(await readFile(file, 'utf8').catch(() => '{}'));
  const secrets = secretsSchema.parse(
    Object.fromEntries(names.map((name) => [name, kept[name] ?? randomBytes(32).toString('base64url')])),
  );
  await mkdir(dataDirectory, { recursive: true });
  await writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
};
