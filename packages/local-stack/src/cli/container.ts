import { z } from 'zod';
import { startMailbox } from '../mailbox';
import { startUpstashRest } from '../upstashRest';
import { say } from './terminal';

/*
 * The REST endpoint and the mailbox alone, reachable from other containers; Redis runs in a container of its own.
 */

const env = z
  .object({
    REDIS_URL: z.string(),
    UPSTASH_TOKEN: z.string().min(1),
    LOCAL_UPSTASH_REST_PORT: z.coerce.number().default(3004),
    LOCAL_MAILBOX_PORT: z.coerce.number().default(3003),
    MAILS_FILE: z.string().default('/data/mails.jsonl'),
  })
  .parse(process.env);

const host = '0.0.0.0';
const rest = await startUpstashRest({
  redisUrl: env.REDIS_URL,
  token: env.UPSTASH_TOKEN,
  port: env.LOCAL_UPSTASH_REST_PORT,
  host,
});
const mailbox = await startMailbox({ port: env.LOCAL_MAILBOX_PORT, file: env.MAILS_FILE, host });
say(`Upstash's REST protocol on ${rest.url}, the mailbox on ${mailbox.url}`);

const stop = (): void => {
  void Promise.all([rest.stop(), mailbox.stop()]).then(() => process.exit(0));
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
