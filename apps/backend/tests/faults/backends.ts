import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import {
  createPostgresFaultProxy,
  createRestFaultProxy,
  type FaultPoint,
  type TestContext,
} from '@convene/local-stack/testing';
import { z } from 'zod';
import { flushStatements, redisCallOf } from './points';

export type Fault = FaultPoint & { how: 'kill' | 'cut' };

/** A started process: where it counts, and where it is asked to flush. */
export type Started = { child: ChildProcess; origin: string; flushUrl: string; flushHeaders?: Record<string, string> };
export type StartBackend = (env: Record<string, string>) => Promise<Started>;

const backendDirectory = path.resolve(import.meta.dirname, '../..');
const portsSchema = z.object({ port: z.number(), flushPort: z.number() });

/** The backend's own code in a process without Next. */
export const startChild: StartBackend = async (env) => {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'backendChild.ts')], {
    cwd: backendDirectory,
    env: { PATH: process.env.PATH, ...env, NODE_ENV: 'test' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the backend ended with ${code}`))),
  ]);
  const { port, flushPort } = portsSchema.parse(JSON.parse(line));
  return { child, origin: `http://127.0.0.1:${port}`, flushUrl: `http://127.0.0.1:${flushPort}` };
};

/** One of the backends, behind proxies of its own, which break it off at the point that it is armed with. */
export class Backend {
  readonly #start: () => Promise<Started>;
  readonly #stopProxies: () => Promise<unknown>;
  #running: Started | undefined;
  #armed: { fault: Fault; hit: () => void } | undefined;
  #restarted: Promise<void> = Promise.resolve();

  private constructor(start: () => Promise<Started>, stopProxies: () => Promise<unknown>) {
    this.#start = start;
    this.#stopProxies = stopProxies;
  }

  static async open(context: TestContext, startBackend: StartBackend, env: Record<string, string>): Promise<Backend> {
    const onPoint = (point: FaultPoint): 'pass' | 'cut' => backend.#pass(point);
    const database = new URL(context.databaseUrl);
    const [rest, postgres] = await Promise.all([
      createRestFaultProxy({ targetUrl: context.upstashUrl, nameOf: redisCallOf, onPoint }),
      createPostgresFaultProxy({ targetPort: Number(database.port), namer: flushStatements, onPoint }),
    ]);
    database.port = String(postgres.port);
    const backend: Backend = new Backend(
      () =>
        startBackend({
          ...context.env.backend,
          DATABASE_URL: database.href,
          DATABASE_DIRECT_URL: database.href,
          PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_URL: rest.url,
          SCHEDULERS_ENABLED: 'false',
          LOG_LEVEL: 'silent',
          FEED_COMMIT_WINDOW_MS: '20',
          ...env,
        }),
      () => Promise.all([rest.stop(), postgres.stop()]),
    );
    await backend.#restart();
    return backend;
  }

  get running(): Started | undefined {
    return this.#running;
  }

  /** Resolves when the fault has happened and, where it killed the process, another one runs. */
  async suffer(fault: Fault, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#armed = { fault, hit: resolve };
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    await this.#restarted;
  }

  async flush(): Promise<boolean> {
    const { flushUrl, flushHeaders = {} } = this.#running ?? {};
    if (!flushUrl) return false;
    try {
      const answer = await fetch(flushUrl, {
        method: 'POST',
        headers: flushHeaders,
        signal: AbortSignal.timeout(30_000),
      });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    await this.#restarted;
    await this.#kill();
    await this.#stopProxies();
  }

  #pass(point: FaultPoint): 'pass' | 'cut' {
    const armed = this.#armed;
    if (!armed || armed.fault.call !== point.call || armed.fault.when !== point.when) return 'pass';
    this.#armed = undefined;
    if (armed.fault.how === 'kill') this.#restarted = this.#kill().then(() => this.#restart());
    armed.hit();
    return 'cut';
  }

  async #kill(): Promise<void> {
    const child = this.#running?.child;
    this.#running = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async #restart(): Promise<void> {
    this.#running = await this.#start();
  }
}
