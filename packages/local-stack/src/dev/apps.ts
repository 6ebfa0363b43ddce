import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Guard } from '../guard';
import { type AppName, startPackageScript } from '../packageScript';
import { killGroup, stopGroup } from '../processes';

const colours = { backend: 35, worker: 33, frontend: 36 } as const satisfies Record<AppName, number>;
const GRACE_MS = 12_000;
const READY_POLL_MS = 250;

const prefix = (app: AppName): string =>
  process.stdout.isTTY ? `\u001b[${colours[app]}m${app.padEnd(8)}\u001b[0m │ ` : `${app.padEnd(8)} | `;

/** Writes whole lines only, each with the app's name before it. */
const pipeLines = (app: AppName, child: ChildProcess): void => {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) process.stdout.write(`${prefix(app)}${line}\n`);
    });
    stream?.on('end', () => {
      if (rest) process.stdout.write(`${prefix(app)}${rest}\n`);
    });
  }
};

export type RunningApp = {
  app: AppName;
  /** Resolves when the process has ended, with its exit code. */
  ended: Promise<number | null>;
  stop: () => Promise<void>;
  kill: () => void;
};

/** Starts a script of an app and shows what it prints. */
export const startApp = async ({
  app,
  script,
  env,
  guard,
}: {
  app: AppName;
  script: string;
  env: Record<string, string>;
  guard: Guard;
}): Promise<RunningApp> => {
  const child = await startPackageScript({ app, script, env });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${app} could not be started`);
  guard.watch({ pid, signal: 'SIGTERM', isGroup: true });
  pipeLines(app, child);
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', (code) => resolve(code));
  });
  void ended.then(() => guard.forget({ pid, isGroup: true }));
  return {
    app,
    ended,
    stop: () => stopGroup({ leader: pid, graceMs: GRACE_MS }),
    kill: () => killGroup(pid),
  };
};

/** Waits until the address answers well, or `isOver` says that it never will. */
export const waitUntilReady = async (url: string, isOver: () => boolean): Promise<boolean> => {
  while (!isOver()) {
    const isReady = await fetch(url, { signal: AbortSignal.timeout(60_000) }).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.ok;
      },
      () => false,
    );
    if (isReady) return true;
    await delay(READY_POLL_MS);
  }
  return false;
};
