import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CircuitBreaker } from '@convene/common/circuit';
import { CommandCounter } from '@convene/common/commands';
import { Redis as UpstashRedis } from '@upstash/redis';
import { z } from 'zod';
import { env } from '../env';
import { processState } from './processState';
import { classifyFailure, type Executed, isRedisReplyError, RedisUnavailable, UnexpectedReply } from './redisErrors';

/** A Lua script with the digest by which Redis remembers it. */
export type RedisScript = { name: string; source: string; sha1: string };

export const redisScript = (name: string, source: string): RedisScript => ({
  name,
  source,
  sha1: createHash('sha1').update(source).digest('hex'),
});

/** How long one call may take, its retries and their pauses included, and each attempt of it. */
export type CallLimits = { deadlineMs: number; attemptTimeoutMs: number };

export type RedisSettings = Partial<CallLimits> & {
  url: string;
  token: string;
  counter: CommandCounter;
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
  sleep?: (ms: number) => Promise<unknown>;
  random?: () => number;
  failuresToOpen?: number;
};

export type RedisHealth = {
  state: 'untried' | 'up' | 'down';
  /** Milliseconds since 1970. */
  lastSuccessAt: number | null;
  lastFailureAt: number | null;
  lastFailure: string | null;
};

/** A visitor's request waits for one call: two attempts fit into its second. */
const defaultLimits: CallLimits = { deadlineMs: 1_000, attemptTimeoutMs: 450 };
const FIRST_BACKOFF_MS = 40;
/** Less time than this is not worth another attempt. */
const SHORTEST_ATTEMPT_MS = 50;

const textOrNull = z.string().nullable();
const integer = z.number().int();
const scanReply = z.tuple([z.union([z.string(), z.number()]).transform(String), z.array(z.string())]);

type Call<T> = {
  command: string;
  /** What it is for, where that is known better than "counters". */
  source?: string;
  send: () => Promise<unknown>;
  reply: z.ZodType<T>;
  /** May it run twice? If not, it is sent again only when it certainly never ran. */
  idempotent: boolean;
  limits?: Partial<CallLimits>;
};

/**
 * The counters' Redis, over Upstash's REST protocol. Every method counts the commands that it sends, answers or
 * fails within its deadline, and checks the reply.
 *
 * @throws RedisUnavailable when Redis could not be asked or its answer was lost
 * @throws RedisReplyError when Redis refused the command
 */
export class Redis {
  readonly #client: UpstashRedis;
  readonly #signal = new AsyncLocalStorage<AbortSignal>();
  readonly #counter: CommandCounter;
  readonly #limits: CallLimits;
  readonly #breaker: CircuitBreaker;
  readonly #now: () => number;
  readonly #sleep: (ms: number) => Promise<unknown>;
  readonly #random: () => number;
  readonly #knownScripts = new Set<string>();
  #circuitOpenings = 0;
  #health: RedisHealth = { state: 'untried', lastSuccessAt: null, lastFailureAt: null, lastFailure: null };

  constructor(settings: RedisSettings) {
    this.#counter = settings.counter;
    this.#limits = {
      deadlineMs: settings.deadlineMs ?? defaultLimits.deadlineMs,
      attemptTimeoutMs: settings.attemptTimeoutMs ?? defaultLimits.attemptTimeoutMs,
    };
    this.#now = settings.now ?? (() => performance.now());
    this.#sleep = settings.sleep ?? pause;
    this.#random = settings.random ?? Math.random;
    this.#breaker = new CircuitBreaker({
      failuresToOpen: settings.failuresToOpen ?? 5,
      firstPauseMs: 1_000,
      longestPauseMs: 30_000,
      now: this.#now,
    });
    this.#client = new UpstashRedis({
      url: settings.url,
      token: settings.token,
      // One send an attempt: the client's own retries know neither the deadline nor what may run twice.
      retry: { retries: 0 },
      // As a function: with a plain signal the client turns an abort into a reply of null.
      signal: () => this.#signal.getStore() ?? AbortSignal.timeout(this.#limits.attemptTimeoutMs),
      automaticDeserialization: false,
      enableAutoPipelining: false,
      enableTelemetry: false,
      latencyLogging: false,
      // Keys and values here are valid UTF-8, so base64 would only cost.
      responseEncoding: false,
    });
  }

  get(key: string): Promise<string | null> {
    return this.#call({ command: 'get', send: () => this.#client.get(key), reply: textOrNull, idempotent: true });
  }

  /**
   * @param options `ex`: seconds to live; `nx`: only if the key does not exist
   * @returns null where `nx` found the key
   */
  set(key: string, value: string, options: { ex?: number; nx?: boolean } = {}): Promise<'OK' | null> {
    return this.#call({
      command: 'set',
      send: () => this.#client.set(key, value, setOptions(options)),
      reply: z.literal('OK').nullable(),
      // A repeated SET NX would find its own key and answer "was there".
      idempotent: !options.nx,
    });
  }

  incr(key: string): Promise<number> {
    return this.#call({ command: 'incr', send: () => this.#client.incr(key), reply: integer, idempotent: false });
  }

  del(...keys: string[]): Promise<number> {
    return this.#call({ command: 'del', send: () => this.#client.del(...keys), reply: integer, idempotent: true });
  }

  expire(key: string, seconds: number): Promise<number> {
    return this.#call({
      command: 'expire',
      send: () => this.#client.expire(key, seconds),
      reply: integer,
      idempotent: true,
    });
  }

  /** One step of a walk over all keys; it is over when the cursor comes back as '0'. */
  scan(cursor: string, options: { match?: string; count?: number } = {}): Promise<[string, string[]]> {
    return this.#call({
      command: 'scan',
      send: () => this.#client.scan(cursor, options),
      reply: scanReply,
      idempotent: true,
    });
  }

  /** Adds members to a set; tells how many were new. */
  sadd(key: string, [first, ...rest]: [string, ...string[]]): Promise<number> {
    return this.#call({
      command: 'sadd',
      send: () => this.#client.sadd(key, first, ...rest),
      reply: integer,
      idempotent: true,
    });
  }

  mget(...keys: string[]): Promise<(string | null)[]> {
    return this.#call({
      command: 'mget',
      send: () => this.#client.mget(...keys),
      reply: z.array(textOrNull).length(keys.length),
      idempotent: true,
    });
  }

  /** Runs Lua. It is not sent twice unless `idempotent` says that it may run twice. */
  eval(
    source: string,
    keys: string[],
    args: (string | number)[],
    options: { idempotent?: boolean } = {},
  ): Promise<unknown> {
    return this.#call({
      command: 'eval',
      send: () => this.#client.eval(source, keys, args),
      reply: z.unknown(),
      idempotent: options.idempotent ?? false,
    });
  }

  /**
   * Runs a script by its digest. The first run of a process sends the text, which Redis then remembers: a digest that
   * it does not know costs a command to find out. One that it has forgotten (NOSCRIPT) is sent as text again.
   */
  async evalScript<T>(
    script: RedisScript,
    {
      keys,
      args,
      reply,
      idempotent,
      limits,
    }: { keys: string[]; args: (string | number)[]; reply: z.ZodType<T>; idempotent: boolean; limits?: CallLimits },
  ): Promise<T> {
    const byText = async (): Promise<T> => {
      const answer = await this.#call({
        command: 'eval',
        source: script.name,
        send: () => this.#client.eval(script.source, keys, args),
        reply,
        idempotent,
        ...(limits ? { limits } : {}),
      });
      this.#knownScripts.add(script.sha1);
      return answer;
    };
    if (!this.#knownScripts.has(script.sha1)) return byText();
    try {
      return await this.#call({
        command: 'evalsha',
        source: script.name,
        send: () => this.#client.evalsha(script.sha1, keys, args),
        reply,
        idempotent,
        ...(limits ? { limits } : {}),
      });
    } catch (error) {
      if (isRedisReplyError(error) && error.code === 'NOSCRIPT') return byText();
      throw error;
    }
  }

  /** What the last commands told about the connection; asks Redis nothing. */
  health(): RedisHealth {
    return { ...this.#health };
  }

  /** Is Redis left alone at the moment, and how often was it since the client was made? */
  circuit(): { isOpen: boolean; openings: number } {
    return { isOpen: this.#breaker.isOpen, openings: this.#circuitOpenings };
  }

  async #call<T>({ idempotent, limits, ...call }: Call<T>): Promise<T> {
    const { deadlineMs, attemptTimeoutMs } = { ...this.#limits, ...limits };
    const endsAt = this.#now() + deadlineMs;
    let executed: Executed = 'no';
    let cause: unknown;
    for (let attempt = 0; ; attempt += 1) {
      if (!this.#breaker.tryPass()) throw this.#unavailable(executed, cause ?? new Error('the circuit is open'));
      const timeoutMs = Math.min(attemptTimeoutMs, endsAt - this.#now());
      const outcome = await this.#attempt({ ...call, timeoutMs });
      if (outcome.type === 'answer') return outcome.value;
      if (outcome.type === 'reply') throw outcome.error;
      if (outcome.executed === 'unknown') executed = 'unknown';
      cause = outcome.cause;
      const backoffMs = FIRST_BACKOFF_MS * 2 ** attempt * (0.5 + this.#random());
      const hasTime = this.#now() + backoffMs + SHORTEST_ATTEMPT_MS < endsAt;
      if (!hasTime || (executed === 'unknown' && !idempotent)) throw this.#unavailable(executed, cause);
      await this.#sleep(backoffMs);
    }
  }

  async #attempt<T>({
    command,
    source,
    send,
    reply,
    timeoutMs,
  }: Omit<Call<T>, 'idempotent' | 'limits'> & { timeoutMs: number }) {
    this.#counter.count(command, source === undefined ? {} : { source });
    try {
      const raw = await this.#signal.run(AbortSignal.timeout(Math.ceil(timeoutMs)), send);
      const parsed = reply.safeParse(raw);
      if (!parsed.success) throw new UnexpectedReply(`${command} was answered by something else`);
      this.#reached();
      return { type: 'answer' as const, value: parsed.data };
    } catch (error) {
      const failure = classifyFailure(error);
      if (failure.type === 'reply') this.#reached();
      else this.#missed(failure.reason);
      return failure;
    }
  }

  #reached(): void {
    this.#breaker.succeeded();
    this.#health = { ...this.#health, state: 'up', lastSuccessAt: Date.now() };
  }

  #missed(reason: string): void {
    if (this.#breaker.failed()) this.#circuitOpenings += 1;
    this.#health = { ...this.#health, state: 'down', lastFailureAt: Date.now(), lastFailure: reason };
  }

  #unavailable(executed: Executed, cause: unknown): RedisUnavailable {
    const retryAfterSeconds = Math.max(1, Math.ceil(this.#breaker.waitMs() / 1_000));
    return new RedisUnavailable({ executed, retryAfterSeconds, cause });
  }
}

const setOptions = ({ ex, nx }: { ex?: number; nx?: boolean }) => {
  if (ex !== undefined) return nx ? ({ ex, nx: true } as const) : { ex };
  return nx ? ({ nx: true } as const) : undefined;
};

/** The commands that this process' counters sent, by name. */
export const getRedisCommandCounter = (): CommandCounter =>
  processState('redis-commands', () => new CommandCounter('backend', 'counters'));

/** The process' one client for counters; opens nothing until it is used. */
export const getRedis = (): Redis =>
  processState(
    'redis',
    () =>
      new Redis({
        url: env.PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_URL,
        token: env.PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_TOKEN,
        counter: getRedisCommandCounter(),
      }),
  );
