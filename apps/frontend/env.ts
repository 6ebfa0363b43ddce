import {
  envFlag,
  envPort,
  envSecret,
  envUrl,
  exampleSecretProblems,
  logLevelSchema,
  metricsEnv,
  nodeEnvSchema,
  parseEnv,
  tracingEnv,
} from '@convene/common/env';
import { z } from 'zod';
import { forwardWindowMsOf } from './lib/beacons/forwardWindow';

export const frontendEnvSchema = z.object({
  NODE_ENV: nodeEnvSchema.describe('production, development or test'),
  PORT: envPort(3000).describe('The port of the site'),
  LOG_LEVEL: logLevelSchema.describe('fatal, error, warn, info, debug, trace or silent'),
  BACKEND_URL: envUrl().describe('Where browsers reach the backend and its admin'),
  BACKEND_INTERNAL_URL: envUrl()
    .optional()
    .describe('Where the site itself reaches the backend, for a private network; BACKEND_URL where it is not set'),
  FRONTEND_URL: envUrl().describe('Where browsers reach the site'),
  SERVICE_TOKEN: envSecret().describe('What the frontend shows to be believed about a visitor'),
  SESSION_SECRET: envSecret().describe("Seals the session cookie and signs the visitor's"),
  NEXT_PRIVATE_UPSTASH_REDIS_REST_URL: envUrl()
    .optional()
    .describe('Upstash REST endpoint of the cache; without it the site asks the backend'),
  NEXT_PRIVATE_UPSTASH_REDIS_REST_TOKEN: z.string().min(1).optional().describe('Upstash REST token of the cache'),
  BEACON_FORWARD_WINDOW_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(600_000)
    .optional()
    .describe(
      'The least time between two rounds of handing views and impressions to the backend; 30000 in production, else 50',
    ),
  MAP_TILE_URL: z
    .string()
    .regex(/^https?:\/\/[^\s"'<>{}]+(\{[zxyr]\}[^\s"'<>{}]*)+$/, 'must be an address with {z}, {x} and {y} in it')
    .refine((url) => ['{z}', '{x}', '{y}'].every((part) => url.includes(part)), 'must have {z}, {x} and {y} in it')
    .optional()
    .describe(
      "Where map tiles come from, such as https://tiles.example/{z}/{x}/{y}.png; the visitor's browser asks there. Without it maps show outlines and the names of cities, and nobody is asked",
    ),
  MAP_TILE_ATTRIBUTION: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Whom the tiles are owed to, as text, such as: © OpenStreetMap contributors'),
  FOLLOW_CHANGES: envFlag(true).describe(
    'Hear from the backend when listings change, by a request that stays open; false where hosts bill such a one',
  ),
  ...metricsEnv,
  ...tracingEnv,
  TRUSTED_PROXY_HOPS: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe("How many proxies of yours append to X-Forwarded-For; with 0 a visitor's address is the connection's"),
});

export type FrontendEnv = Omit<z.infer<typeof frontendEnvSchema>, 'BEACON_FORWARD_WINDOW_MS'> & {
  BEACON_FORWARD_WINDOW_MS: number;
  isProduction: boolean;
  /** Where the server sends its own requests. */
  backendOrigin: string;
  /** The `Secure` attribute of cookies: wherever the site is reached by https. */
  cookiesAreSecure: boolean;
};

const secrets = ['SERVICE_TOKEN', 'SESSION_SECRET', 'NEXT_PRIVATE_UPSTASH_REDIS_REST_TOKEN', 'METRICS_TOKEN'];

const tileProblems = (parsed: z.infer<typeof frontendEnvSchema>) =>
  parsed.MAP_TILE_URL && !parsed.MAP_TILE_ATTRIBUTION
    ? [{ variable: 'MAP_TILE_ATTRIBUTION', problem: 'is not set, but MAP_TILE_URL is' }]
    : [];

const redisProblems = (parsed: z.infer<typeof frontendEnvSchema>) =>
  parsed.NEXT_PRIVATE_UPSTASH_REDIS_REST_URL && !parsed.NEXT_PRIVATE_UPSTASH_REDIS_REST_TOKEN
    ? [{ variable: 'NEXT_PRIVATE_UPSTASH_REDIS_REST_TOKEN', problem: 'is not set, but its URL is' }]
    : [];

/** @throws EnvironmentError that lists every problem */
export const parseFrontendEnv = (source: Record<string, string | undefined>): FrontendEnv => {
  const parsed = parseEnv({
    app: 'the frontend',
    schema: frontendEnvSchema,
    source,
    check: (values) => [
      ...redisProblems(values),
      ...tileProblems(values),
      ...exampleSecretProblems(values, secrets, values.NODE_ENV === 'production'),
    ],
  });
  const isProduction = parsed.NODE_ENV === 'production';
  return {
    ...parsed,
    isProduction,
    BEACON_FORWARD_WINDOW_MS: parsed.BEACON_FORWARD_WINDOW_MS ?? forwardWindowMsOf({ isProduction }),
    backendOrigin: parsed.BACKEND_INTERNAL_URL ?? parsed.BACKEND_URL,
    cookiesAreSecure: parsed.FRONTEND_URL.startsWith('https://'),
  };
};

/** `next build` loads the modules without serving anything; what it is given here never reaches a running server. */
const buildTimeValues: Record<string, string> = {
  BACKEND_URL: 'http://localhost:3001',
  FRONTEND_URL: 'http://localhost:3000',
  SERVICE_TOKEN: 'only-for-the-build-only-for-the-build',
  SESSION_SECRET: 'only-for-the-build-only-for-the-build',
};

const isNextBuild = process.env['NEXT_PHASE'] === 'phase-production-build';

export const env: FrontendEnv = parseFrontendEnv(isNextBuild ? { ...buildTimeValues, ...process.env } : process.env);
