import { once } from 'node:events';
import { ensureDevSecrets } from '../dev/secrets';
import { parseDevSettings, readSource } from '../dev/settings';
import { onShutdown } from '../dev/shutdown';
import { type LocalStack, startLocalStack } from '../index';
import { complain, say } from './terminal';

/*
 * The services alone, for whoever starts the apps by hand. Prints what the apps must be told.
 *
 *   pnpm services
 */

const printEnvironment = (stack: LocalStack): void => {
  const variables = {
    DATABASE_URL: stack.databaseUrl,
    UPSTASH_REDIS_URL: stack.redisUrl,
    PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_URL: stack.upstash.url,
    PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_TOKEN: stack.upstash.token,
    NEXT_PRIVATE_UPSTASH_REDIS_REST_URL: stack.upstash.url,
    NEXT_PRIVATE_UPSTASH_REDIS_REST_TOKEN: stack.upstash.token,
    RESEND_API_KEY: stack.resend.apiKey,
    ...(stack.resend.baseUrl ? { RESEND_BASE_URL: stack.resend.baseUrl } : {}),
  };
  console.log();
  for (const [name, value] of Object.entries(variables)) console.log(`${name}=${value}`);
  console.log();
};

const main = async (): Promise<void> => {
  const stopping = new AbortController();
  const stopped = once(stopping.signal, 'abort');
  onShutdown({ onStop: () => stopping.abort(), onKill: () => process.exit(130) });
  try {
    const settings = parseDevSettings(await readSource());
    const secrets = await ensureDevSecrets(settings.dataDirectory);
    const stack = await startLocalStack({
      dataDirectory: settings.dataDirectory,
      ports: settings.stackPorts,
      given: settings.given,
      upstashToken: secrets.upstash,
      onProgress: say,
    });
    printEnvironment(stack);
    say('Ctrl-C stops the services and keeps their data.');
    // A pending promise alone keeps no process alive, and the servers of this stack are unreferenced processes.
    const alive = setInterval(() => undefined, 60_000);
    await stopped;
    clearInterval(alive);
    await stack.stop();
    process.exit(0);
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
};

await main();
