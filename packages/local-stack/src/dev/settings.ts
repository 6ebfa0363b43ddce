import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { AppSecrets } from '../appEnvironment';
import { defaultPorts, type LocalStackOptions, type LocalStackPorts, portVariables } from '../index';
import type { AppName } from '../packageScript';

type Source = Record<string, string | undefined>;

/** The variable that moves each app, and where it is otherwise. */
export const appPorts = {
  frontend: { variable: 'FRONTEND_PORT', port: 3000 },
  backend: { variable: 'BACKEND_PORT', port: 3001 },
  worker: { variable: 'WORKER_PORT', port: 3002 },
} as const satisfies Record<AppName, { variable: string; port: number }>;

const portOf = (source: Source, variable: string, fallback: number): number => {
  const given = source[variable];
  if (!given) return fallback;
  const port = Number(given);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`${variable} is no port: ${given}`);
};

export const readAppPorts = (source: Source): Record<AppName, number> => ({
  frontend: portOf(source, appPorts.frontend.variable, appPorts.frontend.port),
  backend: portOf(source, appPorts.backend.variable, appPorts.backend.port),
  worker: portOf(source, appPorts.worker.variable, appPorts.worker.port),
});

export const readServicePorts = (source: Source): LocalStackPorts => ({
  postgres: portOf(source, portVariables.postgres, defaultPorts.postgres),
  redis: portOf(source, portVariables.redis, defaultPorts.redis),
  upstashRest: portOf(source, portVariables.upstashRest, defaultPorts.upstashRest),
  mailbox: portOf(source, portVariables.mailbox, defaultPorts.mailbox),
});

const hostRedisUrl = (source: Source): string | undefined => {
  const host = source['REDIS_HOST'];
  if (!host) return undefined;
  const password = source['REDIS_PASSWORD'] ? `:${encodeURIComponent(source['REDIS_PASSWORD'])}@` : '';
  return `redis://${password}${host}:${source['REDIS_PORT'] ?? '6379'}`;
};

/** Services that the environment names; they are used as they are, and not started here. */
export const givenServices = (source: Source): NonNullable<LocalStackOptions['given']> => {
  const upstashUrl = source['PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_URL'];
  const upstashToken = source['PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_TOKEN'];
  const apiKey = source['RESEND_API_KEY'];
  const baseUrl = source['RESEND_BASE_URL'];
  return {
    databaseUrl: source['DATABASE_URL'] || undefined,
    redisUrl: source['UPSTASH_REDIS_URL'] || hostRedisUrl(source),
    upstash: upstashUrl && upstashToken ? { url: upstashUrl, token: upstashToken } : undefined,
    resend: apiKey ? { apiKey, ...(baseUrl ? { baseUrl } : {}) } : undefined,
  };
};

const secretsSchema = z.object({ payload: z.string(), service: z.string(), jobs: z.string(), session: z.string() });
const newSecret = (): string => randomBytes(32).toString('base64url');

/** Secrets of this machine, made at the first start and kept, so that sessions outlive a restart. */
export const readDevSecrets = async (dataDirectory: string): Promise<AppSecrets> => {
  const file = path.join(dataDirectory, 'dev-secrets.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text !== undefined) return secretsSchema.parse(JSON.parse(text));
  const secrets: AppSecrets = { payload: newSecret(), service: newSecret(), jobs: newSecret(), session: newSecret() };
  await mkdir(dataDirectory, { recursive: true });
  await writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
};
