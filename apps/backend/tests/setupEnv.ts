/*
 * The app's environment is parsed when its modules load. A test that needs a server hands its own address to what it
 * tests; these only let the modules load.
 */
const placeholders: Record<string, string> = {
  LOG_LEVEL: 'silent',
  DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/nowhere',
  PAYLOAD_SECRET: 'test-payload-secret-of-32-characters',
  BACKEND_URL: 'http://localhost:3001',
  FRONTEND_URL: 'http://localhost:3000',
  SERVICE_TOKEN: 'test-service-token-of-32-characters',
  JOBS_SECRET: 'test-jobs-secret-of-at-least-32-chars',
  UNSUBSCRIBE_SECRET: 'test-unsubscribe-secret-of-32-chars',
  PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:1',
  PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_TOKEN: 'test-upstash-token',
  REDIS_HOST: '127.0.0.1',
};

for (const [name, value] of Object.entries(placeholders)) process.env[name] ??= value;
