import { createHash, timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { Command, Redis } from 'ioredis';
import { type RunningHttpServer, serveHttp } from './httpServer';
import {
  assertServed,
  isBlocking,
  isRedisReply,
  pathCommand,
  type RedisReply,
  type RestCommand,
  RestRequestError,
  replyToJson,
  type SubscriptionRequest,
  subscriptionOf,
  toRestCommand,
  toRestCommands,
  withoutLockingFlag,
} from './upstashCommand';
import { streamSubscription } from './upstashSubscription';

/** Upstash's own limit for a request. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

export type UpstashRestOptions = {
  /** The Redis behind it, as redis://host:port/database. */
  redisUrl: string;
  token: string;
  /** 0 for any free port. */
  port: number;
  portVariable?: string;
  host?: string;
};

export type RunningUpstashRest = RunningHttpServer & { token: string };

/** Redis itself could not be asked, or went away in the middle. */
class RedisUnreachable extends Error {
  override readonly name = 'RedisUnreachable';
}

const connect = (redisUrl: string): Redis => {
  const redis = new Redis(redisUrl, {
    protocol: 2,
    // A command that was on its way when the connection broke may have been done: sent again it would count twice.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 2,
    retryStrategy: (attempt) => Math.min(50 * attempt, 1_000),
  });
  // Each command that it concerns is told; without a listener ioredis would print it as well.
  redis.on('error', () => undefined);
  return redis;
};

const isReplyError = (error: unknown): error is Error => error instanceof Error && error.name === 'ReplyError';

/** Sends a command; an error that Redis answers is a reply too. @throws RedisUnreachable */
const send = async (redis: Redis, [name, ...args]: RestCommand): Promise<RedisReply> => {
  try {
    // In capitals no reply transformer of ioredis applies: a hash stays the flat array that Upstash sends.
    const reply: unknown = await redis.sendCommand(new Command(name.toUpperCase(), args, { replyEncoding: null }));
    if (isRedisReply(reply)) return reply;
    throw new TypeError('Redis answered by something unknown');
  } catch (error) {
    if (isReplyError(error)) return error;
    throw new RedisUnreachable('Redis could not be reached', { cause: error });
  }
};

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

/**
 * Takes Upstash's own flag out of scripts, and lets EVALSHA find them still by the hash of what the client wrote.
 */
class ScriptTranslator {
  readonly #hashes = new Map<string, string>();

  translate([name, ...args]: RestCommand): RestCommand {
    switch (name.toUpperCase()) {
      case 'EVAL':
      case 'EVAL_RO':
        return [name, ...args.map((arg, index) => (index === 0 ? this.#script(arg) : arg))];
      case 'EVALSHA':
      case 'EVALSHA_RO':
        return [name, ...args.map((arg, index) => (index === 0 ? this.#hash(arg) : arg))];
      case 'SCRIPT': {
        const isLoad = args[0]?.toUpperCase() === 'LOAD';
        return [name, ...args.map((arg, index) => (index === 0 ? arg : isLoad ? this.#script(arg) : this.#hash(arg)))];
      }
      default:
        return [name, ...args];
    }
  }

  /** SCRIPT LOAD answers the hash of what the client sent, not of what Redis was given. */
  translateReply([name, subcommand, script]: RestCommand, reply: RedisReply): RedisReply {
    const isLoad = name.toUpperCase() === 'SCRIPT' && subcommand?.toUpperCase() === 'LOAD';
    if (!isLoad || script === undefined || reply instanceof Error) return reply;
    return sha1(script);
  }

  #script(script: string): string {
    const stripped = withoutLockingFlag(script);
    if (stripped === undefined) return script;
    this.#hashes.set(sha1(script), sha1(stripped));
    return stripped;
  }

  #hash(hash: string): string {
    return this.#hashes.get(hash.toLowerCase()) ?? hash;
  }
}

type Answer = { result: unknown } | { error: string };

/** Runs what one request asks for, on the shared connection or, where it may wait, on one of its own. */
class Executor {
  readonly #shared: Redis;
  readonly #scripts = new ScriptTranslator();

  constructor(redisUrl: string) {
    this.#shared = connect(redisUrl);
  }

  close(): void {
    this.#shared.disconnect();
  }

  async ping(): Promise<void> {
    await send(this.#shared, ['PING']);
  }

  /** All are sent at once and answered in order; one that fails keeps nobody else from running. */
  async pipeline(commands: RestCommand[], signal: AbortSignal): Promise<RedisReply[]> {
    return this.#withConnection(commands.some(isBlocking), signal, (redis) =>
      Promise.all(commands.map((command) => this.#sendTranslated(redis, command))),
    );
  }

  /** The replies of a transaction, or the error that kept it from running. */
  async transaction(commands: RestCommand[]): Promise<RedisReply[] | Error> {
    // Sent in one go on one connection, so nobody else's command gets in between.
    const replies = await Promise.all([
      send(this.#shared, ['MULTI']),
      ...commands.map((command) => send(this.#shared, this.#scripts.translate(command))),
      send(this.#shared, ['EXEC']),
    ]);
    const outcome = replies.at(-1);
    if (outcome instanceof Error) return outcome;
    if (!Array.isArray(outcome)) throw new RedisUnreachable('The transaction has no outcome');
    return outcome.map((reply, index) => {
      const command = commands[index];
      return command ? this.#scripts.translateReply(command, reply) : reply;
    });
  }

  /** What is published from now on, as server-sent events. @throws RedisUnreachable */
  async subscribe(request: SubscriptionRequest): Promise<ReadableStream<Uint8Array>> {
    const own = this.#shared.duplicate({ retryStrategy: () => null, maxRetriesPerRequest: 0 });
    own.on('error', () => undefined);
    try {
      return await streamSubscription(own, request);
    } catch (error) {
      own.disconnect();
      throw new RedisUnreachable('Redis could not be reached', { cause: error });
    }
  }

  async #sendTranslated(redis: Redis, command: RestCommand): Promise<RedisReply> {
    return this.#scripts.translateReply(command, await send(redis, this.#scripts.translate(command)));
  }

  async #withConnection<T>(needsOwn: boolean, signal: AbortSignal, work: (redis: Redis) => Promise<T>): Promise<T> {
    if (!needsOwn) return work(this.#shared);
    const own = this.#shared.duplicate();
    own.on('error', () => undefined);
    // A client that went away must not go on taking elements off a list.
    const leave = () => own.disconnect();
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await work(own);
    } finally {
      signal.removeEventListener('abort', leave);
      own.disconnect();
    }
  }
}

const isToken = (given: string, token: string): boolean => {
  const [a, b] = [given, token].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
};

const givenToken = (c: Context): string | undefined =>
  /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? c.req.query('_token');

const readBody = async (c: Context): Promise<string> => {
  const text = await c.req.text();
  if (Buffer.byteLength(text) <= MAX_BODY_BYTES) return text;
  throw new RestRequestError(`ERR max request size exceeded. Limit: ${MAX_BODY_BYTES} bytes`);
};

const readJson = async (c: Context): Promise<unknown> => {
  const text = await readBody(c);
  try {
    return JSON.parse(text);
  } catch {
    throw new RestRequestError('ERR failed to parse command: the body is no JSON');
  }
};

const toAnswer = (reply: RedisReply, isBase64: boolean): Answer =>
  reply instanceof Error ? { error: reply.message } : { result: replyToJson(reply, isBase64) };

const createApp = (executor: Executor, token: string): Hono => {
  const app = new Hono();
  let answered = 0;

  const isBase64 = (c: Context) => c.req.header('upstash-encoding')?.toLowerCase() === 'base64';

  const answerOne = async (c: Context, command: RestCommand) => {
    assertServed(command);
    const [reply] = await executor.pipeline([command], c.req.raw.signal);
    if (reply === undefined) throw new RedisUnreachable('There was no reply');
    return c.json(toAnswer(reply, isBase64(c)), reply instanceof Error ? 400 : 200);
  };

  app.onError((error, c) => {
    if (error instanceof RestRequestError) return c.json({ error: error.message }, 400);
    if (error instanceof RedisUnreachable) return c.json({ error: `ERR ${error.message}` }, 503);
    return c.json({ error: `ERR ${error.message}` }, 500);
  });

  app.get('/', async (c) => {
    await executor.ping();
    return c.text('This endpoint and the Redis behind it are well.\n');
  });

  app.use(async (c, next) => {
    const given = givenToken(c);
    if (given === undefined || !isToken(given, token)) {
      return c.json({ error: 'WRONGPASS invalid or missing auth token' }, 401);
    }
    await next();
    // Every read here sees every write before it; the token only has to be there and to move on.
    answered += 1;
    c.header('Upstash-Sync-Token', Buffer.from(`local:${answered}`).toString('base64'));
  });

  app.post('/', async (c) => answerOne(c, toRestCommand(await readJson(c))));

  app.post('/pipeline', async (c) => {
    const commands = toRestCommands(await readJson(c));
    commands.forEach(assertServed);
    const replies = await executor.pipeline(commands, c.req.raw.signal);
    return c.json(replies.map((reply) => toAnswer(reply, isBase64(c))));
  });

  app.post('/multi-exec', async (c) => {
    const commands = toRestCommands(await readJson(c));
    commands.forEach(assertServed);
    const outcome = await executor.transaction(commands);
    if (outcome instanceof Error) return c.json({ error: outcome.message }, 400);
    return c.json(outcome.map((reply) => toAnswer(reply, isBase64(c))));
  });

  app.on(['GET', 'POST', 'PUT', 'HEAD'], '/*', async (c) => {
    const url = new URL(c.req.url);
    const subscription = subscriptionOf(url.pathname);
    if (subscription) {
      const events = await executor.subscribe(subscription);
      return c.body(events, 200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    }
    const hasBody = c.req.method === 'POST' || c.req.method === 'PUT';
    const body = hasBody ? await readBody(c) : '';
    return answerOne(
      c,
      pathCommand({ pathname: url.pathname, query: url.searchParams, body: body === '' ? undefined : body }),
    );
  });

  return app;
};

/**
 * Upstash's REST protocol in front of a Redis: commands as JSON arrays or paths, pipelines, transactions, base64
 * encoding, subscriptions as server-sent events, its error shapes. What needs a connection of one's own is refused: WATCH,
 * MULTI alone, blocking commands, CLIENT, SELECT. `GET /` needs no token and tells whether Redis answers.
 *
 * @throws PortTakenError
 */
export const startUpstashRest = async (options: UpstashRestOptions): Promise<RunningUpstashRest> => {
  const executor = new Executor(options.redisUrl);
  try {
    const server = await serveHttp({
      fetch: createApp(executor, options.token).fetch,
      port: options.port,
      portVariable: options.portVariable ?? 'LOCAL_UPSTASH_REST_PORT',
      what: 'the Upstash REST endpoint',
      ...(options.host ? { host: options.host } : {}),
    });
    return {
      ...server,
      token: options.token,
      stop: async () => {
        await server.stop();
        executor.close();
      },
    };
  } catch (error) {
    executor.close();
    throw error;
  }
};
