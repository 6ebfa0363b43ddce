import type { RunningMailbox } from './mailbox';
import type { AppName } from './packageScript';

/** Addresses of the services, as the apps' environments name them. */
export type ServiceAddresses = {
  databaseUrl: string;
  redis: { url: string } | { host: string; port: string; password?: string };
  upstash: { url: string; token: string };
  resend: { apiKey: string; baseUrl?: string };
};

export type AppSecrets = Record<
  'payload' | 'service' | 'jobs' | 'session' | 'unsubscribe' | 'webhook' | 'previews',
  string
>;

/** A secret in the form in which Resend shows its webhooks' signing secrets. */
export const webhookSecretOf = (secret: string): string => `whsec_${Buffer.from(secret).toString('base64')}`;

export type AppEnvironments = Record<AppName, Record<string, string>>;

const redisVariables = (redis: ServiceAddresses['redis']): Record<string, string> =>
  'url' in redis
    ? { UPSTASH_REDIS_URL: redis.url }
    : {
        REDIS_HOST: redis.host,
        REDIS_PORT: redis.port,
        ...(redis.password ? { REDIS_PASSWORD: redis.password } : {}),
      };

/** Every variable that the three apps need to work with these services. */
export const appEnvironments = ({
  services,
  secrets,
  ports,
  nodeEnv,
  mediaDirectory,
}: {
  services: ServiceAddresses;
  secrets: AppSecrets;
  ports: Record<AppName, number>;
  nodeEnv: 'development' | 'test';
  mediaDirectory: string;
}): AppEnvironments => {
  const shared = {
    NODE_ENV: nodeEnv,
    BACKEND_URL: `http://localhost:${ports.backend}`,
    FRONTEND_URL: `http://localhost:${ports.frontend}`,
  };
  return {
    backend: {
      ...shared,
      PORT: String(ports.backend),
      DATABASE_URL: services.databaseUrl,
      PAYLOAD_SECRET: secrets.payload,
      SERVICE_TOKEN: secrets.service,
      JOBS_SECRET: secrets.jobs,
      UNSUBSCRIBE_SECRET: secrets.unsubscribe,
      EMAIL_PREVIEWS_TOKEN: secrets.previews,
      WORKER_URL: `http://localhost:${ports.worker}`,
      RESEND_WEBHOOK_SECRET: webhookSecretOf(secrets.webhook),
      PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_URL: services.upstash.url,
      PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_TOKEN: services.upstash.token,
      ...redisVariables(services.redis),
      MEDIA_DIR: mediaDirectory,
    },
    worker: {
      ...shared,
      PORT: String(ports.worker),
      DATABASE_URL: services.databaseUrl,
      ...redisVariables(services.redis),
      UNSUBSCRIBE_SECRET: secrets.unsubscribe,
      EMAIL_PREVIEWS_TOKEN: secrets.previews,
      RESEND_API_KEY: services.resend.apiKey,
      ...(services.resend.baseUrl ? { RESEND_BASE_URL: services.resend.baseUrl } : {}),
      EMAIL_FROM: 'Convene <hello@convene.example>',
      RESEND_REQUESTS_PER_SECOND: '2',
    },
    frontend: {
      ...shared,
      PORT: String(ports.frontend),
      SERVICE_TOKEN: secrets.service,
      SESSION_SECRET: secrets.session,
      NEXT_PRIVATE_UPSTASH_REDIS_REST_URL: services.upstash.url,
      NEXT_PRIVATE_UPSTASH_REDIS_REST_TOKEN: services.upstash.token,
    },
  };
};

/** The mailbox tells the backend of this environment what becomes of the mails. */
export const reportMailsTo = (mailbox: RunningMailbox | undefined, backend: Record<string, string>): void => {
  const { BACKEND_URL, RESEND_WEBHOOK_SECRET } = backend;
  if (!BACKEND_URL || !RESEND_WEBHOOK_SECRET) return;
  mailbox?.setWebhook({ url: `${BACKEND_URL}/api/webhooks/resend`, secret: RESEND_WEBHOOK_SECRET });
};
