import {
  appEnvSchema,
  EnvironmentError,
  envFlag,
  envMinutes,
  envPort,
  envSecret,
  envUrl,
  exampleSecretProblems,
  logLevelSchema,
  metricsEnv,
  nodeEnvSchema,
  parseEnv,
  previewsEnv,
  queueEnv,
  queueProblems,
  redisBudgetEnv,
  tracingEnv,
  unsubscribeEnv,
} from '@convene/common/env';
import { z } from 'zod';
import { bucketEnv, bucketProblems } from './collections/Media/storage/bucketSettings';

export const backendEnvSchema = z.object({
  NODE_ENV: nodeEnvSchema.describe('production, development or test'),
  APP_ENV: appEnvSchema.describe('production, staging or development; NODE_ENV where it is not set'),
  PORT: envPort(3001).describe('Where the app listens: the backend at 3001, the worker at 3002, the frontend at 3000'),
  LOG_LEVEL: logLevelSchema.describe('fatal, error, warn, info, debug, trace or silent'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe('Postgres, as postgres://user:password@host:port/name'),
  DATABASE_DIRECT_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('Postgres without a transaction-mode pooler in between, for LISTEN; DATABASE_URL where it is not set'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10).describe("Connections of Payload's pool"),
  PAYLOAD_SECRET: envSecret().describe('Signs sessions and tokens'),
  BACKEND_URL: envUrl().describe('Where browsers reach the backend and its admin'),
  FRONTEND_URL: envUrl().describe('Where browsers reach the site'),
  STAFF_TWO_FACTOR: z
    .enum(['optional', 'required'])
    .default('optional')
    .describe('optional, or required: moderators and admins can act only once their account has two-factor on'),
  SERVICE_TOKEN: envSecret().describe('What the frontend shows to be believed about a visitor'),
  JOBS_SECRET: envSecret().describe('Bearer secret of /api/jobs/*, for hosts with an external cron'),
  PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_URL: envUrl().describe('Upstash REST endpoint of the counters'),
  PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_TOKEN: z.string().min(1).describe('Upstash REST token of the counters'),
  ...queueEnv,
  ...redisBudgetEnv,
  ...metricsEnv,
  ...previewsEnv,
  ...unsubscribeEnv,
  ...tracingEnv,
  WORKER_URL: envUrl()
    .optional()
    .describe('Where the backend reaches the worker, for previews of the mails in the admin'),
  RESEND_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{22,}={0,2}$/, 'must be the signing secret as Resend shows it, whsec_…')
    .optional()
    .describe("Signing secret of Resend's webhook to /api/webhooks/resend; without it that endpoint is closed"),
  SCHEDULERS_ENABLED: envFlag(true).describe(
    'Run flush, aggregation, ranking and the purge of uploads inside this process',
  ),
  SCHEDULER_FEED_FLUSH_INTERVAL_MINUTES: envMinutes(1440).describe('Minutes between flushes of the counters'),
  SCHEDULER_FEED_AGGREGATE_INTERVAL_MINUTES: envMinutes(120).describe('Minutes between aggregations'),
  SCHEDULER_FEED_RANK_INTERVAL_MINUTES: envMinutes(120).describe('Minutes between rankings'),
  FEED_COMMIT_WINDOW_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(60_000)
    .optional()
    .describe('Events of this many milliseconds share one Redis command; 15000 in production, else 50'),
  FEED_ADOPT_LEGACY_KEYS: envFlag(false).describe('Look once at start for counters from before the index'),
  MEDIA_DIR: z.string().default('media').describe('Where uploaded images are kept, without a bucket for them'),
  ...bucketEnv,
  CONVENE_DATA_DIR: z
    .string()
    .default('../../.data')
    .describe('Where a developer machine keeps what the seed writes: the logins of the demo'),
  TRUSTED_PROXY_HOPS: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe('How many proxies of yours append to X-Forwarded-For; 0 ignores that header'),
});

export type BackendEnv = Omit<z.infer<typeof backendEnvSchema>, 'FEED_COMMIT_WINDOW_MS'> & {
  FEED_COMMIT_WINDOW_MS: number;
  isProduction: boolean;
};

const secrets = [
  'PAYLOAD_SECRET',
  'SERVICE_TOKEN',
  'JOBS_SECRET',
  'UNSUBSCRIBE_SECRET',
  'RESEND_WEBHOOK_SECRET',
  'METRICS_TOKEN',
  'EMAIL_PREVIEWS_TOKEN',
  'PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_TOKEN',
  'S3_SECRET_ACCESS_KEY',
];

/** @throws EnvironmentError that lists every problem */
export const parseBackendEnv = (source: Record<string, string | undefined>): BackendEnv => {
  const parsed = parseEnv({
    app: 'the backend',
    schema: backendEnvSchema,
    source,
    check: (env) => [
      ...queueProblems(env),
      ...bucketProblems(env),
      ...exampleSecretProblems(env, secrets, env.NODE_ENV === 'production'),
    ],
  });
  const isProduction = parsed.NODE_ENV === 'production';
  return {
    ...parsed,
    isProduction,
    FEED_COMMIT_WINDOW_MS: parsed.FEED_COMMIT_WINDOW_MS ?? (isProduction ? 15_000 : 50),
  };
};

/** For a build or a command that serves nobody; what it is given here never reaches a running server. */
const buildTimeValues: Record<string, string> = {
  DATABASE_URL: 'postgres://build:build@127.0.0.1:1/build',
  PAYLOAD_SECRET: 'only-for-the-build-only-for-the-build',
  BACKEND_URL: 'http://localhost:3001',
  FRONTEND_URL: 'http://localhost:3000',
  SERVICE_TOKEN: 'only-for-the-build-only-for-the-build',
  JOBS_SECRET: 'only-for-the-build-only-for-the-build',
  UNSUBSCRIBE_SECRET: 'only-for-the-build-only-for-the-build',
  PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:1',
  PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_TOKEN: 'only-for-the-build',
  REDIS_HOST: '127.0.0.1',
};

export const isNextBuild = process.env['NEXT_PHASE'] === 'phase-production-build';

/** Payload's commands that only read the configuration. */
const offlineCommands = ['generate:types', 'generate:importmap', 'migrate:create'];
const servesNobody = isNextBuild || process.argv.some((argument) => offlineCommands.includes(argument));

const readEnv = (): BackendEnv => {
  try {
    return parseBackendEnv(servesNobody ? { ...buildTimeValues, ...process.env } : process.env);
  } catch (error) {
    if (!(error instanceof EnvironmentError) || process.env['VITEST']) throw error;
    // Next would log a stack and go on serving errors; a process that can't work must say why and end.
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
};

export const env: BackendEnv = readEnv();
