import type { Redis } from 'ioredis';
import type { SubscriptionRequest } from './upstashCommand';

/** A reader who lags behind by so many messages is sent away, as Redis itself does. */
const MAX_WAITING_MESSAGES = 10_000;

/** One server-sent event; each line of the data needs its own mark. */
export const serverSentEvent = (...parts: (string | number)[]): string =>
  `${parts
    .join(',')
    .split(/\r\n|\r|\n/)
    .map((line) => `data: ${line}\n`)
    .join('')}\n`;

/**
 * Subscribes, and streams what comes as Upstash does: `subscribe,channel,count`, then `message,channel,text` or
 * `pmessage,pattern,channel,text`. Ends when Redis goes away; ends the connection when the reader does.
 *
 * @param redis a connection of the reader's own, that does not reconnect: messages would be missing unnoticed
 */
export const streamSubscription = async (
  redis: Redis,
  { isPattern, names }: SubscriptionRequest,
): Promise<ReadableStream<Uint8Array>> => {
  const encoder = new TextEncoder();
  const early: string[] = [];
  // What comes before the stream is read, and before the reader was told that it is subscribed.
  let push = (event: string): void => void early.push(event);
  redis.on('message', (channel: string, text: string) => push(serverSentEvent('message', channel, text)));
  redis.on('pmessage', (pattern: string, channel: string, text: string) =>
    push(serverSentEvent('pmessage', pattern, channel, text)),
  );
  await (isPattern ? redis.psubscribe(...names) : redis.subscribe(...names));
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        names.forEach((name, index) => {
          const event = serverSentEvent(isPattern ? 'psubscribe' : 'subscribe', name, index + 1);
          controller.enqueue(encoder.encode(event));
        });
        push = (event) => {
          controller.enqueue(encoder.encode(event));
          if ((controller.desiredSize ?? 0) <= 0) redis.disconnect();
        };
        early.forEach(push);
        redis.once('end', () => {
          push = () => undefined;
          controller.close();
        });
      },
      cancel: () => {
        push = () => undefined;
        redis.removeAllListeners('end');
        redis.disconnect();
      },
    },
    { highWaterMark: MAX_WAITING_MESSAGES },
  );
};
