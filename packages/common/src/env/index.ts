import { z } from 'zod';

/** What {@link parseEnv} throws: every problem of the environment at once. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly problems: { variable: string; problem: string; purpose: string | undefined }[];

  constructor(app: string, problems: EnvironmentError['problems']) {
    const lines = problems.map(
      ({ variable, problem, purpose }) => `  ${variable}: ${problem}${purpose ? `\n      (${purpose})` : ''}`,
    );
    super(`The environment of ${app} has ${problems.length} problem(s):\n${lines.join('\n')}\nSee .env.example.`);
    this.problems = problems;
  }
}

type Source = Record<string, string | undefined>;

/** An unset variable and one set to nothing mean the same. */
const withoutBlanks = (source: Source): Source =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''));

const purposeOf = (shape: Record<string, z.ZodType>, variable: string): string | undefined =>
  shape[variable]?.description;

/**
 * Parses an app's environment, once, at its start.
 *
 * @param schema each variable with `.describe()` telling what it is for
 * @param check further rules over the parsed values, as pairs of variable and problem
 * @throws EnvironmentError with every problem, its variable and its purpose
 */
export const parseEnv = <Shape extends Record<string, z.ZodType>>({
  app,
  schema,
  source,
  check = () => [],
}: {
  app: string;
  schema: z.ZodObject<Shape>;
  source: Source;
  check?: (env: z.infer<z.ZodObject<Shape>>) => { variable: string; problem: string }[];
}): z.infer<z.ZodObject<Shape>> => {
  const shape = schema.shape as Record<string, z.ZodType>;
  const given = withoutBlanks(source);
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new EnvironmentError(
      app,
      parsed.error.issues.map((issue) => {
        const variable = String(issue.path[0] ?? '?');
        return {
          variable,
          problem: given[variable] === undefined ? 'is not set' : issue.message,
          purpose: purposeOf(shape, variable),
        };
      }),
    );
  }
  const problems = check(parsed.data);
  if (problems.length === 0) return parsed.data;
  throw new EnvironmentError(
    app,
    problems.map((problem) => ({ ...problem, purpose: purposeOf(shape, problem.variable) })),
  );
};

/** A secret as `.env.example` shows it begins so; a production start refuses it. */
export const EXAMPLE_SECRET_PREFIX = 'change-me';

/** A webhook's secret, `whsec_…`, is in base64. */
const isExample = (value: string): boolean =>
  [value, Buffer.from(value.replace(/^whsec_/, ''), 'base64').toString()].some((text) =>
    text.startsWith(EXAMPLE_SECRET_PREFIX),
  );

/** The problem of every named secret that still has its example value, when `isProduction`. */
export const exampleSecretProblems = (
  env: Record<string, unknown>,
  secrets: string[],
  isProduction: boolean,
): { variable: string; problem: string }[] =>
  isProduction
    ? secrets
        .filter((variable) => isExample(String(env[variable] ?? '')))
        .map((variable) => ({ variable, problem: 'still has its example value; make a secret of your own' }))
    : [];

export const envPort = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);

export const envFlag = (fallback: boolean) =>
  z
    .enum(['true', 'false', '1', '0'])
    .default(fallback ? 'true' : 'false')
    .transform((value) => value === 'true' || value === '1');

export const envMinutes = (fallback: number) => z.coerce.number().int().min(1).max(10_080).default(fallback);

/** A time of day as HH:MM. */
export const envTimeOfDay = (fallback: string) =>
  z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 07:00')
    .default(fallback);

export const envSecret = () => z.string().min(32, 'must have at least 32 characters');

/** What every app that Prometheus scrapes reads. */
export const metricsEnv = {
  METRICS_TOKEN: envSecret()
    .optional()
    .describe('Bearer token that Prometheus shows at /api/metrics and /metrics; open to everyone where not set'),
};

/** By what the worker lets the backend show staff how mails look. */
export const previewsEnv = {
  EMAIL_PREVIEWS_TOKEN: envSecret()
    .optional()
    .describe("Bearer token of the worker's /emails, by which the admin shows every mail; closed where not set"),
};

/** What every app that can be traced reads; the exporter itself reads OpenTelemetry's further variables. */
export const tracingEnv = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where OpenTelemetry traces are sent, by OTLP over HTTP; no traces where it is not set'),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional().describe('What that asks for, as name=value with commas between'),
};

/** What the commands of a day are measured against, in the admin and in the daily digest. */
export const redisBudgetEnv = {
  REDIS_DAILY_COMMAND_LIMIT: z.coerce
    .number()
    .int()
    .min(1)
    .default(10_000)
    .describe('Redis commands of a day that the plan allows: what the budget of the admin is measured against'),
};

/** What signs the links that unsubscribe: the worker writes them, the backend reads them. */
export const unsubscribeEnv = {
  UNSUBSCRIBE_SECRET: envSecret().describe('Seals the links by which mails are unsubscribed from'),
};

export const envUrl = () => z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''));

export const nodeEnvSchema = z.enum(['production', 'development', 'test']).default('development');
/** Which of the three sets of numbers an app runs with; NODE_ENV where it is not given. */
export const appEnvSchema = z.enum(['production', 'staging', 'development']).optional();

export const logLevelSchema = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info');

const databasePath = /^\/?(\d*)$/;

/** Where BullMQ keeps its queues. */
export const queueBackends = ['redis', 'postgres'] as const;
export type QueueBackendName = (typeof queueBackends)[number];

/** Where backend and worker have the queues, and how they reach the Redis for them: one URL, or host, port, password. */
export const queueEnv = {
  QUEUE_BACKEND: z
    .enum(queueBackends)
    .default('redis')
    .describe('Where the queues are: redis, or postgres, which costs no Redis command; the same for both apps'),
  UPSTASH_REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    // Taken for database 0, a mistyped path would have the queue looked for where its jobs are not.
    .refine((value) => databasePath.test(new URL(value).pathname), 'must end with no path or a database such as /3')
    .optional()
    .describe('Redis for the queues as one URL (rediss:// for TLS); preferred over REDIS_HOST'),
  REDIS_HOST: z.string().optional().describe('Redis for the queues: host, where UPSTASH_REDIS_URL is not set'),
  REDIS_PORT: envPort(6379).describe('Redis for the queues: port'),
  REDIS_PASSWORD: z.string().optional().describe('Redis for the queues: password'),
};

/** Queues in Redis need a Redis; those in Postgres none. */
export const queueProblems = (env: {
  QUEUE_BACKEND: QueueBackendName;
  UPSTASH_REDIS_URL?: string | undefined;
  REDIS_HOST?: string | undefined;
}): { variable: string; problem: string }[] =>
  env.QUEUE_BACKEND === 'postgres' || env.UPSTASH_REDIS_URL || env.REDIS_HOST
    ? []
    : [{ variable: 'UPSTASH_REDIS_URL', problem: 'neither it nor REDIS_HOST is set' }];

export type QueueRedisAddress = {
  host: string;
  port: number;
  username?: string;
  password?: string;
  /** The database's number, where it is not 0: Upstash knows that one alone, and each connection would say SELECT. */
  db?: number;
  tls: boolean;
};

/** Host, port, credentials, database and TLS of the queues' Redis, from whichever variables are set. */
export const queueRedisAddress = (env: {
  UPSTASH_REDIS_URL?: string | undefined;
  REDIS_HOST?: string | undefined;
  REDIS_PORT: number;
  REDIS_PASSWORD?: string | undefined;
}): QueueRedisAddress => {
  if (!env.UPSTASH_REDIS_URL) {
    return {
      host: env.REDIS_HOST ?? '127.0.0.1',
      port: env.REDIS_PORT,
      ...(env.REDIS_PASSWORD ? { password: env.REDIS_PASSWORD } : {}),
      tls: false,
    };
  }
  const url = new URL(env.UPSTASH_REDIS_URL);
  const db = Number(databasePath.exec(url.pathname)?.[1] ?? 0);
  return {
    host: url.hostname,
    port: url.port ? Number(url.port) : 6379,
    ...(url.username ? { username: decodeURIComponent(url.username) } : {}),
    ...(url.password ? { password: decodeURIComponent(url.password) } : {}),
    ...(db > 0 ? { db } : {}),
    tls: url.protocol === 'rediss:',
  };
};
