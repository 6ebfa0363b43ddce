import { CommandCounter, countSentCommands, type QueueRedisAddress } from '@convene/common';
import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from './logger';

/** A connection whose commands are counted, apart from them those of its copies: on these BullMQ waits for jobs. */
const createCountedRedis = (
  options: RedisOptions,
  counter: CommandCounter,
): { connection: Redis; disconnectCopies: () => void } => {
  const connection = new Redis(options);
  countSentCommands(connection, { counter });
  const copies = new Set<Pick<Redis, 'disconnect'>>();
  const duplicate = connection.duplicate.bind(connection);
  connection.duplicate = (override) => {
    const copy = duplicate(override);
    countSentCommands(copy, { counter, source: 'wait' });
    copies.add(copy);
    // The connection itself tells of the same trouble; BullMQ stops listening before a copy has ended.
    copy.on('error', () => undefined);
    copy.once('end', () => copies.delete(copy));
    return copy;
  };
  return {
    connection,
    disconnectCopies: () => {
      for (const copy of copies) copy.disconnect();
    },
  };
};

export type RedisState = {
  status: string;
  lastReadyAt: Date | null;
  lastError: { message: string; at: Date } | null;
};

export type WorkerRedis = {
  /** For BullMQ alone; whoever closes the queues quits it. */
  connection: Redis;
  counter: CommandCounter;
  isReady: () => boolean;
  /** From events alone: to know it costs no command. */
  state: () => RedisState;
  onReady: (listener: () => void) => void;
  close: () => Promise<void>;
};

const retryStrategy = (times: number): number => Math.min(times * 50, 2_000);

/** The worker's Redis. Waits for a server that is not there yet, and for one that went away, for ever. */
export const createRedis = ({ address, logger }: { address: QueueRedisAddress; logger: Logger }): WorkerRedis => {
  const counter = new CommandCounter('worker', 'queue');
  const { tls, ...where } = address;
  const { connection, disconnectCopies } = createCountedRedis(
    {
      ...where,
      ...(tls ? { tls: { rejectUnauthorized: true, servername: address.host } } : {}),
      maxRetriesPerRequest: null,
      retryStrategy,
      // Long blocking waits meet idle time-outs on the way: TCP itself shows that the connection lives.
      keepAlive: 60_000,
      connectionName: 'convene-worker',
      // It would send the library's name and version with each connection: two commands that tell nobody anything.
      disableClientInfo: true,
    },
    counter,
  );
  let lastReadyAt: Date | null = null;
  let lastError: RedisState['lastError'] = null;
  const log = logger.child({ part: 'redis', host: address.host, port: address.port });
  connection.on('error', (error: Error) => {
    // One line for each new trouble, not one for each of the retries that follow it.
    if (lastError?.message !== error.message) log.error({ err: error }, 'Redis connection error; waiting for Redis');
    lastError = { message: error.message, at: new Date() };
  });
  connection.on('connect', () => log.info('connected to Redis'));
  connection.on('ready', () => {
    lastReadyAt = new Date();
    lastError = null;
    log.info('Redis is ready for commands');
  });
  connection.on('close', () => log.debug('Redis connection closed'));
  connection.on('reconnecting', (delayMs: number) => log.debug({ delayMs }, 'reconnecting to Redis'));
  connection.on('end', () => log.info('Redis connection ended'));

  return {
    connection,
    counter,
    isReady: () => connection.status === 'ready',
    state: () => ({ status: connection.status, lastReadyAt, lastError }),
    onReady: (listener) => connection.on('ready', listener),
    close: async () => {
      disconnectCopies();
      if (connection.status === 'ready') await connection.quit();
      else connection.disconnect();
    },
  };
};
