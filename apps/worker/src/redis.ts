import { CommandCounter, countSentCommands, type QueueRedisAddress } from '@convene/common';
import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from './logger';

/** A connection whose commands are counted, apart from them those of its copies: on these BullMQ waits for jobs. */
const createCountedRedis = (
  options: RedisOptions,
  counter: CommandCounter,
): { connection: Redis; copies: ReadonlySet<Pick<Redis, 'disconnect'>> } => {
  const connection = new Redis(options);
  countSentCommands(connection, { counter });
  const copies = new Set<Pick<Redis, 'disconnect'>>();
  const duplicate = connection.duplicate.bind(connection);
  connection.duplicate = (override) => {
    // On a copy nothing comes for as long as nobody has a job for it.
    // Nor is it asked whether the server has loaded its data: a wait that is refused for that is begun again.
    const copy = duplicate({ ...override, socketTimeout: undefined, enableReadyCheck: false });
    countSentCommands(copy, { counter, source: 'wait' });
    copies.add(copy);
    // The connection itself tells of the same trouble; BullMQ stops listening before a copy has ended.
    copy.on('error', () => undefined);
    copy.once('end', () => copies.delete(copy));
    return copy;
  };
  return { connection, copies };
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
  /**
   * Makes the connections anew on which workers wait, and has them wait there. One that somebody on the way swallowed
   * looks no different from one on which nothing happens.
   */
  reconnectCopies: () => void;
  close: () => Promise<void>;
};

const retryStrategy = (times: number): number => Math.min(times * 50, 2_000);

/** Connections that are idle get cut: only what the third try can't mend is a trouble to tell of. */
const TRIES_WITHOUT_A_WORD = 2;
/** An answer that takes longer will not come any more: the connection is made anew and the command sent again. */
const ANSWER_TIMEOUT_MS = 10_000;

/** The worker's Redis. Waits for a server that is not there yet, and for one that went away, for ever. */
export const createRedis = ({ address, logger }: { address: QueueRedisAddress; logger: Logger }): WorkerRedis => {
  const counter = new CommandCounter('worker', 'queue');
  const { tls, ...where } = address;
  let failedTries = 0;
  const { connection, copies } = createCountedRedis(
    {
      ...where,
      ...(tls ? { tls: { rejectUnauthorized: true, servername: address.host } } : {}),
      maxRetriesPerRequest: null,
      retryStrategy,
      socketTimeout: ANSWER_TIMEOUT_MS,
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
    failedTries += 1;
    log.debug({ err: error }, 'Redis connection error');
    // One line for each trouble, not one for each of the retries that follow it.
    if (failedTries === TRIES_WITHOUT_A_WORD + 1) log.error({ err: error }, 'waiting for Redis');
    lastError = { message: error.message, at: new Date() };
  });
  connection.on('connect', () => log.debug('connected to Redis'));
  connection.on('ready', () => {
    // Of the first connection, and of one that was waited for.
    if (!lastReadyAt || failedTries > TRIES_WITHOUT_A_WORD) log.info('Redis is ready for commands');
    lastReadyAt = new Date();
    lastError = null;
    failedTries = 0;
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
    reconnectCopies: () => {
      for (const copy of copies) copy.disconnect(true);
    },
    close: async () => {
      for (const copy of copies) copy.disconnect();
      if (connection.status === 'ready') await connection.quit();
      else connection.disconnect();
    },
  };
};
