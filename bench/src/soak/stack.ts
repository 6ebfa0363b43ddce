import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { reportMailsTo, startPackageScript } from '@convene/local-stack';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { type Inspector, inspect } from '../lib/inspector';
import { freePort, repositoryRoot, waitUntilReady } from '../lib/servers';

export type AppName = 'backend' | 'worker' | 'frontend';
export const appNames = ['backend', 'worker', 'frontend'] as const satisfies AppName[];

const commands: Record<AppName, { cwd: string; args: string[]; readyPath: string }> = {
  backend: { cwd: 'apps/backend/.next/standalone/apps/backend', args: ['server.js'], readyPath: '/api/health' },
  worker: { cwd: 'apps/worker', args: ['dist/index.mjs'], readyPath: '/health' },
  frontend: { cwd: 'apps/frontend/.next/standalone/apps/frontend', args: ['server.js'], readyPath: '/health' },
};

type RunningApp = { child: ChildProcess; inspector: Inspector };

const seed = async (env: Record<string, string>): Promise<void> => {
  const child = await startPackageScript({ app: 'backend', script: 'prepare-database', env });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the demo could not be made (${String(code)}):\n${output.slice(-4_000)}`);
};

/** The whole of Convene as it is deployed, on services of its own, each of which can be made to fail. */
export class SoakStack {
  readonly context: TestContext;
  readonly #env: Record<AppName, Record<string, string>>;
  readonly #ports: Record<AppName, number>;
  readonly #running = new Map<AppName, RunningApp>();

  private constructor(
    context: TestContext,
    { env, ports }: { env: Record<AppName, Record<string, string>>; ports: Record<AppName, number> },
  ) {
    this.context = context;
    this.#env = env;
    this.#ports = ports;
  }

  static async open(): Promise<SoakStack> {
    const context = await createTestContext({ appendfsync: 'always' });
    const ports = { backend: await freePort(), worker: await freePort(), frontend: await freePort() };
    const origin = (app: AppName) => `http://127.0.0.1:${ports[app]}`;
    const shared = {
      NODE_ENV: 'production',
      LOG_LEVEL: 'fatal',
      BACKEND_URL: origin('backend'),
      FRONTEND_URL: origin('frontend'),
      TRUSTED_PROXY_HOPS: '1',
    };
    const env = {
      backend: {
        ...context.env.backend,
        ...shared,
        PORT: String(ports.backend),
        FEED_COMMIT_WINDOW_MS: '1000',
        // What is counted is flushed at the end, and the day that ends meanwhile changes nothing of that.
        SCHEDULER_FEED_RANK_INTERVAL_MINUTES: '1440',
        SCHEDULER_FEED_AGGREGATE_INTERVAL_MINUTES: '1440',
      },
      worker: { ...context.env.worker, ...shared, PORT: String(ports.worker), RESEND_REQUESTS_PER_SECOND: '50' },
      frontend: { ...context.env.frontend, ...shared, PORT: String(ports.frontend) },
    };
    await seed({ ...env.backend, NODE_ENV: 'development', CONVENE_DATA_DIR: context.directory });
    reportMailsTo(context.mailbox, env.backend);
    const stack = new SoakStack(context, { env, ports });
    for (const app of appNames) await stack.start(app);
    return stack;
  }

  origin(app: AppName): string {
    return `http://127.0.0.1:${this.#ports[app]}`;
  }

  secret(name: 'SERVICE_TOKEN' | 'JOBS_SECRET'): string {
    return this.#env.backend[name] ?? '';
  }

  inspector(app: AppName): Inspector | undefined {
    return this.#running.get(app)?.inspector;
  }

  async start(app: AppName): Promise<void> {
    const { cwd, args, readyPath } = commands[app];
    const inspectorPort = await freePort();
    const child = spawn(process.execPath, [`--inspect=127.0.0.1:${inspectorPort}`, ...args], {
      cwd: `${repositoryRoot}${cwd}`,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        ...this.#env[app],
        HOSTNAME: '127.0.0.1',
        NODE_ENV: 'production',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaints = (complaints + chunk.toString()).slice(-4_000);
    });
    await waitUntilReady(`${this.origin(app)}${readyPath}`, child, () => complaints);
    this.#running.set(app, { child, inspector: await inspect(inspectorPort) });
  }

  async #end(app: AppName, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const running = this.#running.get(app);
    if (!running) return;
    this.#running.delete(app);
    running.inspector.close();
    const exited = once(running.child, 'exit');
    running.child.kill(signal);
    await exited;
  }

  /** kill -9, and a moment later a new one. */
  async crash(app: AppName): Promise<void> {
    await this.#end(app, 'SIGKILL');
    await this.start(app);
  }

  async close(): Promise<void> {
    for (const app of appNames) await this.#end(app, 'SIGTERM');
    await this.context.dispose();
  }
}
