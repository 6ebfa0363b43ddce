import { CommandCounter, countSentCommands } from '@convene/common/commands';
import { type QueueBackendName, queueRedisAddress } from '@convene/common/env';
import { issuesOf } from '@convene/common/errors';
import {
  MAX_RECIPIENTS_PER_ROW,
  type NotificationPayload,
  type NotificationType,
  notificationSchemas,
} from '@convene/common/notifications';
import { defaultJobOptions, queueNames } from '@convene/common/queues';
import { type AddJobs, type Entry, stableId, writeNotification } from '@convene/outbox';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import type { PayloadRequest } from 'payload';
import { env } from '../env';
import { isSilenced } from '../notifications/silence';
import { logger } from './logger';
import { closePostgresQueue, getPostgresQueue, type JobQueue, postgresQueueHealth } from './postgresQueue';
import { processState } from './processState';
import { sqlOfRequest } from './sqlOfRequest';

const QUICK_ATTEMPTS = 3;
const BACKGROUND_RETRY_MS = 30_000;
const COMMAND_TIMEOUT_MS = 5_000;

/** The commands that enqueuing costs, as Upstash counts them. */
export const queueCommands = processState('queue-commands', () => new CommandCounter('backend', 'queue'));

type QueueConnection = { redis: Redis; isRedisAvailable: boolean; lastError: string | null };

/**
 * The connection of the queue alone, opened on first use. After three quick attempts it is reported as unavailable and
 * tried every half minute; a command never waits for a connection, since the outbox keeps what can't be enqueued.
 */
export const getRedisForBullMQ = (): QueueConnection =>
  processState('queue-redis', () => {
    const { tls, ...address } = queueRedisAddress(env);
    const redis = new Redis({
      ...address,
      ...(tls ? { tls: { rejectUnauthorized: true } } : {}),
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      commandTimeout: COMMAND_TIMEOUT_MS,
      connectTimeout: COMMAND_TIMEOUT_MS,
      // A connection that somebody on the way has swallowed is made anew with the first command that gets no answer.
      socketTimeout: COMMAND_TIMEOUT_MS,
      connectionName: 'convene-backend-queue',
      // Else three commands more with each connection: for the library's name and version, and to ask whether the server
      // has loaded its data. What it refuses meanwhile stays in the outbox.
      disableClientInfo: true,
      enableReadyCheck: false,
      retryStrategy: (times) => {
        if (times < QUICK_ATTEMPTS) return times * 200;
        if (times === QUICK_ATTEMPTS) {
          logger.warn({ error: connection.lastError }, 'the queue has lost Redis; notifications wait in the outbox');
        }
        return BACKGROUND_RETRY_MS;
      },
    });
    countSentCommands(redis, { counter: queueCommands });
    const connection: QueueConnection = { redis, isRedisAvailable: false, lastError: null };
    redis.on('ready', () => {
      connection.isRedisAvailable = true;
      connection.lastError = null;
      logger.info('the queue is connected to Redis');
    });
    redis.on('error', (error: Error) => {
      // An idle connection that was cut is soon made anew: only what the quick attempts can't mend is told of.
      logger.debug({ err: error }, "the queue's connection to Redis broke");
      connection.isRedisAvailable = false;
      connection.lastError = error.message;
    });
    redis.on('close', () => {
      connection.isRedisAvailable = false;
    });
    return connection;
  });

/** Connects where there is no connection yet; throws while Redis is away. */
const connectedRedis = async (): Promise<Redis> => {
  const { redis } = getRedisForBullMQ();
  if (redis.status === 'wait' || redis.status === 'end') await redis.connect();
  if (redis.status !== 'ready') throw new Error(`the queue's Redis is away (${redis.status})`);
  return redis;
};

const getRedisQueue = async (): Promise<JobQueue> => {
  const connection = await connectedRedis();
  return processState('notifications-queue', () => {
    const queue = new Queue(queueNames.notifications, {
      connection,
      defaultJobOptions,
      skipVersionCheck: true,
      skipMetasUpdate: true,
    });
    queue.on('error', (error) => logger.warn({ err: error }, 'the notifications queue reports an error'));
    return queue;
  });
};

/** @throws while Redis, or the Postgres that has the queue instead, is away */
export const getNotificationsQueue = (): Promise<JobQueue> =>
  env.QUEUE_BACKEND === 'postgres' ? getPostgresQueue() : getRedisQueue();

/** What `/api/ready` and a scrape tell of the queue: from last outcomes, without asking anyone. */
export const queueHealth = (): { backend: QueueBackendName; connected: boolean; lastError: string | null } => {
  if (env.QUEUE_BACKEND === 'postgres') return { backend: 'postgres', ...postgresQueueHealth() };
  const { isRedisAvailable, lastError } = getRedisForBullMQ();
  return { backend: 'redis', connected: isRedisAvailable, lastError };
};

/** Hands outbox rows to the queue in one bulk; a row that is there already is not added twice. */
export const addNotificationJobs: AddJobs = async (jobs) => {
  const queue = await getNotificationsQueue();
  return queue.addBulk(jobs);
};

type EnqueueOptions = {
  req: PayloadRequest;
  /** Sends it at that time at the earliest. */
  notBefore?: Date;
  /**
   * What makes this event this one and no other, beside its type: the document and, where it can happen to it again,
   * the moment of the change. However often it is announced, it is written once.
   */
  once?: (string | number)[];
};

/** Null where nothing is to be written. */
const checked = <Type extends NotificationType>(
  type: Type,
  payload: NotificationPayload<Type>,
  { req, notBefore, once }: EnqueueOptions,
): Entry<Type> | null => {
  if (isSilenced(req)) return null;
  const parsed = notificationSchemas[type].safeParse(payload);
  if (!parsed.success) {
    // A hook that builds a wrong payload is a defect of ours; the person's change must not fail of it.
    logger.error({ type, issues: issuesOf(parsed.error) }, 'a notification was not valid and is not sent');
    return null;
  }
  return {
    type,
    payload,
    ...(notBefore ? { notBefore } : {}),
    ...(once ? { id: stableId(type, ...once) } : {}),
  };
};

/**
 * Writes a notification into the outbox, in the transaction of `req`: a change that is rolled back tells nobody, one
 * that is committed can't lose it. The relay takes it from there.
 */
export const enqueueNotification = async <Type extends NotificationType>(
  type: Type,
  payload: NotificationPayload<Type>,
  options: EnqueueOptions,
): Promise<void> => {
  const entry = checked(type, payload, options);
  if (entry) await writeNotification(await sqlOfRequest(options.req), entry);
};

/**
 * One event for many people: a row for each hundred of them, in the order given. In the request's transaction, as
 * {@link enqueueNotification}.
 *
 * @param payloadFor the payload of the row of these people
 */
export const enqueueFanOut = async <Type extends NotificationType>(
  type: Type,
  userIds: number[],
  payloadFor: (userIds: number[]) => NotificationPayload<Type>,
  { once, ...options }: EnqueueOptions & { once: (string | number)[] },
): Promise<void> => {
  for (let first = 0; first < userIds.length; first += MAX_RECIPIENTS_PER_ROW) {
    const payload = payloadFor(userIds.slice(first, first + MAX_RECIPIENTS_PER_ROW));
    await enqueueNotification(type, payload, { ...options, once: [...once, first] });
  }
};

/** Closes the queue's connection, at the end of the process. */
export const closeNotificationsQueue = async (): Promise<void> => {
  if (env.QUEUE_BACKEND === 'postgres') await closePostgresQueue();
  else getRedisForBullMQ().redis.disconnect();
};
