import path from 'node:path';
import { type Guard, startGuard } from './guard';
import { type RunningMailbox, startMailbox } from './mailbox';
import { takeOwnership } from './ownership';
import { defaultDataDirectory } from './paths';
import { assertPortFree } from './ports';
import { type RunningPostgres, startPostgres } from './postgres';
import { type RunningRedis, startRedis } from './redis';
import { type RunningUpstashRest, startUpstashRest } from './upstashRest';

export { type AppEnvironments, appEnvironments, reportMailsTo } from './appEnvironment';
export { createFaultProxy, type FaultProxy } from './faultProxy';
export { type FaultInput, type Mail, type MailFilter, type RunningMailbox, startMailbox } from './mailbox';
export { DataDirectoryInUse } from './ownership';
export { type AppName, startPackageScript } from './packageScript';
export { findFreePort, PortTakenError } from './ports';
export { type RunningPostgres, startPostgres } from './postgres';
export { type RunningRedis, startRedis } from './redis';
export { NoRedisError } from './redisBinary';
export { type RunningUpstashRest, startUpstashRest } from './upstashRest';

export type LocalStackPorts = { postgres: number; redis: number; upstashRest: number; mailbox: number };

/** The variable that moves each service. */
export const portVariables = {
  postgres: 'LOCAL_POSTGRES_PORT',
  redis: 'LOCAL_REDIS_PORT',
  upstashRest: 'LOCAL_UPSTASH_REST_PORT',
  mailbox: 'LOCAL_MAILBOX_PORT',
} as const satisfies Record<keyof LocalStackPorts, string>;

export const defaultPorts: LocalStackPorts = { postgres: 5433, redis: 6380, upstashRest: 3004, mailbox: 3003 };

export type LocalStackOptions = {
  dataDirectory?: string;
  /** 0 for any free port. */
  ports?: Partial<LocalStackPorts>;
  /** Services that run elsewhere and are not started here. */
  given?: {
    databaseUrl?: string | undefined;
    redisUrl?: string | undefined;
    upstash?: { url: string; token: string } | undefined;
    resend?: { apiKey: string; baseUrl?: string } | undefined;
  };
  /** What the REST endpoint is asked with. */
  upstashToken?: string;
  /** Mails per second before the mailbox answers 429; null for no limit. */
  mailboxRequestsPerSecond?: number | null;
  isDurable?: boolean;
  onProgress?: (text: string) => void;
};

export type LocalStack = {
  databaseUrl: string;
  redisUrl: string;
  upstash: { url: string; token: string };
  resend: { apiKey: string; baseUrl?: string };
  /** Those that were started here. */
  postgres: RunningPostgres | undefined;
  redis: RunningRedis | undefined;
  upstashRest: RunningUpstashRest | undefined;
  mailbox: RunningMailbox | undefined;
  dataDirectory: string;
  /** Ends what we die without ending. */
  guard: Guard;
  stop: () => Promise<void>;
};

const LOCAL_TOKEN = 'local-upstash-token';
export const LOCAL_RESEND_KEY = 're_local_mailbox';

type Stops = (() => Promise<void>)[];

const serviceNames = {
  postgres: 'Postgres',
  redis: 'Redis',
  upstashRest: 'the Upstash REST endpoint',
  mailbox: 'the mailbox',
} as const;

/** The two servers that are no processes of their own have no leftovers: their ports can be told at once. */
const assertOwnPortsFree = async (ports: LocalStackPorts, given: NonNullable<LocalStackOptions['given']>) => {
  const wanted = [
    ...(given.upstash ? [] : (['upstashRest'] as const)),
    ...(given.resend ? [] : (['mailbox'] as const)),
  ];
  for (const name of wanted) {
    await assertPortFree({ port: ports[name], variable: portVariables[name], what: serviceNames[name] });
  }
};

const startServices = async (
  options: LocalStackOptions,
  { dataDirectory, guard, stops }: { dataDirectory: string; guard: Guard; stops: Stops },
) => {
  const { given = {}, isDurable = true, onProgress = () => undefined } = options;
  const ports = { ...defaultPorts, ...options.ports };
  await assertOwnPortsFree(ports, given);

  const started = <T extends { stop: () => Promise<void> }>(service: T): T => {
    stops.unshift(service.stop);
    return service;
  };
  const startOwnPostgres = async () => {
    onProgress('Starting Postgres');
    return started(
      await startPostgres({
        directory: path.join(dataDirectory, 'postgres'),
        port: ports.postgres,
        isDurable,
        guard,
        onNotice: onProgress,
      }),
    );
  };
  const startOwnRedis = async () => {
    onProgress('Starting Redis');
    return started(
      await startRedis({
        directory: path.join(dataDirectory, 'redis'),
        toolsDirectory: path.join(dataDirectory, 'tools'),
        port: ports.redis,
        isDurable,
        guard,
        onProgress,
      }),
    );
  };
  // Both at once; when one fails, the other is still there to be stopped.
  const [postgresOutcome, redisOutcome] = await Promise.allSettled([
    given.databaseUrl ? undefined : startOwnPostgres(),
    given.redisUrl ? undefined : startOwnRedis(),
  ]);
  if (postgresOutcome.status === 'rejected') throw postgresOutcome.reason;
  if (redisOutcome.status === 'rejected') throw redisOutcome.reason;
  const postgres = postgresOutcome.value;
  const redis = redisOutcome.value;

  const databaseUrl = given.databaseUrl ?? postgres?.url;
  const redisUrl = given.redisUrl ?? redis?.url;
  if (!databaseUrl || !redisUrl) throw new Error('A service neither was given nor started.');
  const upstashRest = given.upstash
    ? undefined
    : started(
        await startUpstashRest({ redisUrl, token: options.upstashToken ?? LOCAL_TOKEN, port: ports.upstashRest }),
      );
  const mailbox = given.resend
    ? undefined
    : started(
        await startMailbox({
          port: ports.mailbox,
          file: path.join(dataDirectory, 'mailbox/mails.jsonl'),
          requestsPerSecond: options.mailboxRequestsPerSecond ?? null,
        }),
      );
  const upstash = given.upstash ?? (upstashRest && { url: upstashRest.url, token: upstashRest.token });
  const resend = given.resend ?? (mailbox && { apiKey: LOCAL_RESEND_KEY, baseUrl: mailbox.url });
  if (!upstash || !resend) throw new Error('A service neither was given nor started.');
  return { databaseUrl, redisUrl, upstash, resend, postgres, redis, upstashRest, mailbox };
};

/**
 * Starts the services that are not given: Postgres, Redis, Upstash's REST protocol in front of it, the mailbox. All
 * listen on 127.0.0.1. Several stacks run beside each other on ports and data directories of their own. If this
 * process is killed, its servers end too.
 *
 * @throws PortTakenError, DataDirectoryInUse, NoRedisError
 */
export const startLocalStack = async (options: LocalStackOptions = {}): Promise<LocalStack> => {
  const dataDirectory = path.resolve(options.dataDirectory ?? defaultDataDirectory());
  const release = await takeOwnership(dataDirectory);
  const guard = startGuard();
  const stops: Stops = [];
  const stop = async () => {
    for (const stopService of stops.splice(0)) await stopService();
    guard.release();
    await release();
  };
  try {
    const services = await startServices(options, { dataDirectory, guard, stops });
    return { ...services, dataDirectory, guard, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
