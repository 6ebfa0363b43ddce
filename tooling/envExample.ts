import type { z } from 'zod';

/*
 * .env.example is written from the apps' schemas, so that it can't drift from them: `pnpm env:example`.
 */

export type Shape = Record<string, z.ZodType>;
export type AppShapes = Record<'backend' | 'worker' | 'frontend', Shape>;

const secret = (name: string): string => `change-me-${name}-at-least-32-characters`;

/** Examples for what has no default. */
const examples: Record<string, string> = {
  APP_ENV: 'development',
  DATABASE_URL: 'postgres://convene:convene@localhost:5432/convene',
  DATABASE_DIRECT_URL: 'postgres://convene:convene@localhost:5432/convene',
  PAYLOAD_SECRET: secret('payload'),
  SERVICE_TOKEN: secret('service'),
  JOBS_SECRET: secret('jobs'),
  SESSION_SECRET: secret('session'),
  METRICS_TOKEN: secret('metrics'),
  EMAIL_PREVIEWS_TOKEN: secret('previews'),
  WORKER_URL: 'http://localhost:3002',
  UNSUBSCRIBE_SECRET: secret('unsubscribe'),
  RESEND_WEBHOOK_SECRET: 'whsec_Y2hhbmdlLW1lLXdlYmhvb2stc2VjcmV0LW9mLXlvdXItb3du',
  BACKEND_URL: 'http://localhost:3001',
  BACKEND_INTERNAL_URL: 'http://localhost:3001',
  FRONTEND_URL: 'http://localhost:3000',
  PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_URL: 'http://localhost:3004',
  PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_TOKEN: 'change-me-upstash-token',
  NEXT_PRIVATE_UPSTASH_REDIS_REST_URL: 'http://localhost:3004',
  NEXT_PRIVATE_UPSTASH_REDIS_REST_TOKEN: 'change-me-upstash-token',
  UPSTASH_REDIS_URL: 'redis://localhost:6379',
  REDIS_HOST: 'localhost',
  REDIS_PASSWORD: 'change-me-redis-password',
  FEED_COMMIT_WINDOW_MS: '50',
  BEACON_FORWARD_WINDOW_MS: '50',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318',
  OTEL_EXPORTER_OTLP_HEADERS: 'api-key=change-me',
  MAP_TILE_URL: 'https://tiles.example.com/{z}/{x}/{y}.png',
  MAP_TILE_ATTRIBUTION: '© OpenStreetMap contributors',
  S3_BUCKET: 'convene-uploads',
  S3_ENDPOINT: 'http://localhost:9000',
  S3_REGION: 'auto',
  S3_ACCESS_KEY_ID: 'change-me-access-key',
  S3_SECRET_ACCESS_KEY: 'change-me-secret-access-key',
  RESEND_API_KEY: 're_local_mailbox',
  EMAIL_FROM: 'Convene <hello@example.com>',
};

/** What only `pnpm dev` reads, to move what it starts. */
const developmentVariables: Record<string, [value: string, purpose: string]> = {
  FRONTEND_PORT: ['3000', 'pnpm dev: the port of the site'],
  BACKEND_PORT: ['3001', 'pnpm dev: the port of the backend'],
  WORKER_PORT: ['3002', 'pnpm dev: the port of the worker'],
  LOCAL_MAILBOX_PORT: ['3003', 'pnpm dev: the port of the mailbox'],
  LOCAL_UPSTASH_REST_PORT: ['3004', 'pnpm dev: the port of the Upstash REST endpoint'],
  LOCAL_POSTGRES_PORT: ['5433', 'pnpm dev: the port of the embedded Postgres'],
  LOCAL_REDIS_PORT: ['6380', 'pnpm dev: the port of Redis'],
};

const shownValue = (name: string, schema: z.ZodType): string => {
  const example = examples[name];
  if (example !== undefined) return example;
  const byDefault = schema.safeParse(undefined);
  if (!byDefault.success || byDefault.data === undefined) throw new Error(`${name} needs an example`);
  return String(byDefault.data);
};

const header = `# Every variable of Convene, with its default or an example. Nothing has to be set for \`pnpm dev\`: it brings its
# own services, ports and secrets. What you set here or in the environment comes first. Copy the file to .env, take
# away the # before what you change. A production start refuses values that begin with change-me.`;

/** The whole file: each variable once, with its purpose and the apps that read it. */
export const envExample = (apps: AppShapes): string => {
  const readers = new Map<string, { apps: string[]; purpose: string; value: string }>();
  for (const [app, shape] of Object.entries(apps)) {
    for (const [name, schema] of Object.entries(shape)) {
      const known = readers.get(name);
      if (known) known.apps.push(app);
      // An app's own port is set by whoever starts it.
      else if (!schema.description) throw new Error(`${name} of ${app} says no purpose`);
      else readers.set(name, { apps: [app], purpose: schema.description, value: shownValue(name, schema) });
    }
  }
  const appLines = [...readers].map(
    ([name, { apps: users, purpose, value }]) => `# ${users.join(', ')}: ${purpose}\n#${name}=${value}`,
  );
  const developmentLines = Object.entries(developmentVariables).map(
    ([name, [value, purpose]]) => `# ${purpose}\n#${name}=${value}`,
  );
  return `${[header, ...appLines, ...developmentLines].join('\n\n')}\n`;
};

/** Name and value of each variable of such a file. */
export const parseEnvExample = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/^#?([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
