import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv as parseDotEnv } from 'node:util';
import { envPort, parseEnv } from '@convene/common/env';
import { z } from 'zod';
import { defaultPorts, LOCAL_RESEND_KEY, type LocalStackOptions } from '../index';
import type { AppName } from '../packageScript';
import { defaultDataDirectory, repositoryRoot } from '../paths';

type Source = Record<string, string | undefined>;

const devSchema = z.object({
  FRONTEND_PORT: envPort(3000).describe('the port of the site'),
  BACKEND_PORT: envPort(3001).describe('the port of the backend'),
  WORKER_PORT: envPort(3002).describe('the port of the worker'),
  LOCAL_MAILBOX_PORT: envPort(defaultPorts.mailbox).describe('the port of the mailbox'),
  LOCAL_UPSTASH_REST_PORT: envPort(defaultPorts.upstashRest).describe('the port of the Upstash REST endpoint'),
  LOCAL_POSTGRES_PORT: envPort(defaultPorts.postgres).describe('the port of the embedded Postgres'),
  LOCAL_REDIS_PORT: envPort(defaultPorts.redis).describe('the port of Redis'),
});

export const appPortVariables = {
  frontend: 'FRONTEND_PORT',
  backend: 'BACKEND_PORT',
  worker: 'WORKER_PORT',
} as const satisfies Record<AppName, string>;

export type DevSettings = {
  /** The environment with what `.env` adds to it. */
  source: Source;
  dataDirectory: string;
  appPorts: Record<AppName, number>;
  stackPorts: NonNullable<LocalStackOptions['ports']>;
  given: NonNullable<LocalStackOptions['given']>;
};

const isSet = (value: string | undefined): value is string => value !== undefined && value.trim() !== '';

const givenRedisUrl = (source: Source): string | undefined => {
  if (isSet(source['UPSTASH_REDIS_URL'])) return source['UPSTASH_REDIS_URL'];
  if (!isSet(source['REDIS_HOST'])) return undefined;
  const password = isSet(source['REDIS_PASSWORD']) ? `:${encodeURIComponent(source['REDIS_PASSWORD'])}@` : '';
  return `redis://${password}${source['REDIS_HOST']}:${source['REDIS_PORT'] || '6379'}`;
};

const givenUpstash = (source: Source): { url: string; token: string } | undefined => {
  const url = source['PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_URL'];
  if (!isSet(url)) return undefined;
  return { url, token: source['PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_TOKEN'] ?? '' };
};

const givenResend = (source: Source): { apiKey: string; baseUrl?: string } | undefined => {
  const apiKey = source['RESEND_API_KEY'];
  const baseUrl = source['RESEND_BASE_URL'];
  if (isSet(baseUrl)) return { apiKey: isSet(apiKey) ? apiKey : LOCAL_RESEND_KEY, baseUrl };
  return isSet(apiKey) && apiKey !== LOCAL_RESEND_KEY ? { apiKey } : undefined;
};

/** `.env` in the root, where there is one; what is set outside of it comes first. */
export const readSource = async (): Promise<Source> => {
  const text = await readFile(path.join(repositoryRoot, '.env'), 'utf8').catch(() => '');
  const set = Object.fromEntries(Object.entries(process.env).filter(([, value]) => isSet(value)));
  return { ...parseDotEnv(text), ...set };
};

/** @throws EnvironmentError with every problem */
export const parseDevSettings = (source: Source): DevSettings => {
  const parsed = parseEnv({ app: 'pnpm dev', schema: devSchema, source });
  return {
    source,
    dataDirectory: defaultDataDirectory(source),
    appPorts: { frontend: parsed.FRONTEND_PORT, backend: parsed.BACKEND_PORT, worker: parsed.WORKER_PORT },
    stackPorts: {
      postgres: parsed.LOCAL_POSTGRES_PORT,
      redis: parsed.LOCAL_REDIS_PORT,
      upstashRest: parsed.LOCAL_UPSTASH_REST_PORT,
      mailbox: parsed.LOCAL_MAILBOX_PORT,
    },
    given: {
      databaseUrl: isSet(source['DATABASE_URL']) ? source['DATABASE_URL'] : undefined,
      redisUrl: givenRedisUrl(source),
      upstash: givenUpstash(source),
      resend: givenResend(source),
    },
  };
};
