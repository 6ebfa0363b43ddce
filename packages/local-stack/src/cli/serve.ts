import path from 'node:path';
import { envPort, envUrl, parseEnv } from '@convene/common/env';
import { z } from 'zod';
import { onShutdown } from '../dev/shutdown';
import type { RunningHttpServer } from '../httpServer';
import { startMailbox } from '../mailbox';
import { startUpstashRest } from '../upstashRest';
import { complain, say } from './terminal';

/*
 * One of the two services that have no image of their own, for a container.
 *
 *   serve.ts upstash-rest | mailbox
 */

const listen = {
  HOST: z.string().default('127.0.0.1').describe('the address to listen on'),
  PORT: envPort(8080).describe('the port to listen on'),
};

const restSchema = z.object({
  ...listen,
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).describe('the Redis behind the endpoint'),
  UPSTASH_REST_TOKEN: z.string().min(1).describe('what clients show'),
});

const mailboxSchema = z.object({
  ...listen,
  CONVENE_DATA_DIR: z.string().default('.').describe('where mails are kept'),
  WEBHOOK_URL: envUrl().optional().describe('where what becomes of the mails is reported to'),
  RESEND_WEBHOOK_SECRET: z.string().optional().describe('what the reports are signed with'),
});

const services = {
  'upstash-rest': () => {
    const env = parseEnv({ app: 'the REST endpoint', schema: restSchema, source: process.env });
    return startUpstashRest({
      host: env.HOST,
      port: env.PORT,
      portVariable: 'PORT',
      redisUrl: env.REDIS_URL,
      token: env.UPSTASH_REST_TOKEN,
    });
  },
  mailbox: () => {
    const env = parseEnv({ app: 'the mailbox', schema: mailboxSchema, source: process.env });
    return startMailbox({
      host: env.HOST,
      port: env.PORT,
      portVariable: 'PORT',
      file: path.join(env.CONVENE_DATA_DIR, 'mails.jsonl'),
      ...(env.WEBHOOK_URL && env.RESEND_WEBHOOK_SECRET
        ? { webhook: { url: env.WEBHOOK_URL, secret: env.RESEND_WEBHOOK_SECRET } }
        : {}),
    });
  },
} satisfies Record<string, () => Promise<RunningHttpServer>>;

const isService = (name: string | undefined): name is keyof typeof services =>
  name !== undefined && Object.hasOwn(services, name);

const main = async (): Promise<void> => {
  const [, , name] = process.argv;
  if (!isService(name)) throw new Error(`Say which one: ${Object.keys(services).join(' or ')}.`);
  const server = await services[name]();
  say(`${name} listens on port ${server.port}`);
  onShutdown({
    onStop: () => void server.stop().then(() => process.exit(0)),
    onKill: () => process.exit(130),
  });
};

try {
  await main();
} catch (error) {
  complain(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
