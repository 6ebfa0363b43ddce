import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Guard } from '../guard';
import { type AppName, startPackageScript } from '../packageScript';
import { killGroup, spawned, stopGroup } from '../processes';

const STOP_GRACE_MS = 8_000;

export type AppProcess = {
  app: AppName;
  /** Resolves with how it ended: `code 1`, `signal SIGKILL`. */
  ended: Promise<{ code: number | null; text: string }>;
  stop: () => Promise<void>;
  kill: () => void;
};

/** Starts a script of an app; each line it prints is handed on. */
export const startApp = async ({
  app,
  script,
  env,
  guard,
  onLine,
}: {
  app: AppName;
  script: string;
  env: Record<string, string>;
  guard: Guard;
  onLine: (line: string) => void;
}): Promise<AppProcess> => {
  const child = await startPackageScript({ app, script, env });
  const leader = await spawned(child);
  guard.watch({ pid: leader, signal: 'SIGTERM', isGroup: true });
  const listen = (stream: Readable | null) => {
    if (stream) createInterface({ input: stream }).on('line', onLine);
  };
  listen(child.stdout);
  listen(child.stderr);
  const ended = new Promise<{ code: number | null; text: string }>((resolve) => {
    child.once('exit', (code, signal) => {
      guard.forget({ pid: leader, isGroup: true });
      resolve({ code, text: signal ? `signal ${signal}` : `code ${code}` });
    });
  });
  return {
    app,
    ended,
    stop: () => stopGroup({ leader, graceMs: STOP_GRACE_MS }),
    kill: () => killGroup(leader),
  };
};
