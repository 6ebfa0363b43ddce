import {
  appEnvSchema,
  envPort,
  envTimeOfDay,
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
} from '@convene/common';
import { z } from 'zod';

const postgresUrl = () => z.url({ protocol: /^postgres(ql)?$/ });

/** `Name <address>` or an address alone, on one line. */
const mailSender = () => z.string().regex(/^(?:[^<>\r\n]+ <[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/, 'is no sender');

export const workerEnvSchema = z.object({
  NODE_ENV: nodeEnvSchema.describe('production, development or test'),
  APP_ENV: appEnvSchema.describe('production, staging or development; NODE_ENV where it is not set'),
  PORT: envPort(3002).describe('Where the worker answers /health, /ready, /metrics and /emails'),
  LOG_LEVEL: logLevelSchema.describe('fatal, error, warn, info, debug, trace or silent'),
  DATABASE_URL: postgresUrl().describe('Postgres, as postgres://user:password@host:port/name'),
  DATABASE_DIRECT_URL: postgresUrl()
    .optional()
    .describe('Postgres without a transaction-mode pooler in between, for LISTEN; DATABASE_URL where it is not set'),
  ...queueEnv,
  ...redisBudgetEnv,
  ...metricsEnv,
  ...previewsEnv,
  ...unsubscribeEnv,
  ...tracingEnv,
  RESEND_API_KEY: z.string().min(1).describe('The key of the Resend account that sends the mails'),
  RESEND_BASE_URL: envUrl()
    .default('https://api.resend.com')
    .describe("Where Resend's API is; the local mailbox in development"),
  EMAIL_FROM: mailSender().describe('The sender of every mail, as "Convene <hello@example.com>"'),
  RESEND_REQUESTS_PER_SECOND: z.coerce
    .number()
    .min(0.1)
    .max(1_000)
    .default(2)
    .describe('How many requests a second the Resend account allows, over all processes'),
  ADMIN_DIGEST_TIME: envTimeOfDay('07:00').describe('When staff are mailed the daily digest, in UTC'),
  BACKEND_URL: envUrl().describe('Where browsers reach the backend and its admin'),
  FRONTEND_URL: envUrl().describe('Where browsers reach the site'),
});

export type WorkerEnv = z.infer<typeof workerEnvSchema>;

/**
 * The worker's environment.
 *
 * @throws EnvironmentError that lists every problem
 */
export const parseWorkerEnv = (source: Record<string, string | undefined> = process.env): WorkerEnv =>
  parseEnv({
    app: 'the worker',
    schema: workerEnvSchema,
    source,
    check: (env) => [
      ...queueProblems(env),
      ...exampleSecretProblems(
        env,
        ['RESEND_API_KEY', 'UNSUBSCRIBE_SECRET', 'METRICS_TOKEN', 'EMAIL_PREVIEWS_TOKEN'],
        env.NODE_ENV === 'production',
      ),
    ],
  });

const maintenanceEnvSchema = workerEnvSchema.pick({
  NODE_ENV: true,
  LOG_LEVEL: true,
  DATABASE_URL: true,
  ADMIN_DIGEST_TIME: true,
  REDIS_DAILY_COMMAND_LIMIT: true,
});

/**
 * What of it a maintenance job by hand needs: it sends nothing itself, and asks no Redis.
 *
 * @throws EnvironmentError that lists every problem
 */
export const parseMaintenanceEnv = (
  source: Record<string, string | undefined> = process.env,
): z.infer<typeof maintenanceEnvSchema> => parseEnv({ app: 'the worker', schema: maintenanceEnvSchema, source });
