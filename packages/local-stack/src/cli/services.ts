import { givenServices, readServicePorts } from '../dev/settings';
import { startLocalStack } from '../index';

/*
 * `pnpm services`: only Postgres, Redis, the REST endpoint and the mailbox, with the variables that lead to them.
 */

const stack = await startLocalStack({
  ports: readServicePorts(process.env),
  given: givenServices(process.env),
  onProgress: (text) => console.error(`▸ ${text}`),
});

const variables = {
  DATABASE_URL: stack.databaseUrl,
  UPSTASH_REDIS_URL: stack.redisUrl,
  PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_URL: stack.upstash.url,
  PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_TOKEN: stack.upstash.token,
  RESEND_API_KEY: stack.resend.apiKey,
  RESEND_BASE_URL: stack.resend.baseUrl ?? '',
};
for (const [name, value] of Object.entries(variables)) console.log(`${name}=${value}`);
console.error('▸ Ctrl-C stops them');

const stop = (): void => {
  void stack.stop().then(() => process.exit(0));
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
