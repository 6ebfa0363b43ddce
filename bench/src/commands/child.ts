import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { AppName } from '@convene/local-stack';
import { z } from 'zod';

/** What a child says. */
const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('counts'), counts: z.record(z.string(), z.record(z.string(), z.number())) }),
]);
export type ChildMessage = z.infer<typeof messageSchema>;

export type AppChild = {
  /** Commands by name, as the app itself has counted them, by its clients. */
  counts: () => Promise<Record<string, Record<string, number>>>;
  stop: () => Promise<void>;
};

/**
 * Runs a script of this bench as a process of an app: in its folder, with its tsconfig and environment. Resolves when
 * the script says that it is ready; the child ends with this process.
 */
export const startChild = async ({
  app,
  script,
  env,
  conditions = [],
  onLine,
}: {
  app: AppName;
  script: URL;
  env: Record<string, string>;
  conditions?: string[];
  /** Is told of each line that the process prints. */
  onLine?: (line: string) => void;
}): Promise<AppChild> => {
  const child: ChildProcess = fork(fileURLToPath(script), {
    cwd: fileURLToPath(new URL(`../../../apps/${app}`, import.meta.url)),
    // Not ours: what this process runs with says nothing about the app.
    env: {
      NODE_ENV: process.env.NODE_ENV,
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TZ: process.env['TZ'],
      ...env,
    },
    execArgv: [...conditions.map((name) => `--conditions=${name}`), '--import', import.meta.resolve('tsx')],
    stdio: ['ignore', onLine ? 'pipe' : 'ignore', 'pipe', 'ipc'],
  });
  if (onLine && child.stdout) createInterface({ input: child.stdout }).on('line', onLine);
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-4_000);
  });
  const next = async (type: ChildMessage['type']): Promise<ChildMessage> => {
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the ${app}'s process ended (${String(code)}):\n${complaints}`);
    });
    for (;;) {
      const [message] = await Promise.race([once(child, 'message'), ended]);
      const parsed = messageSchema.parse(message);
      if (parsed.type === type) {
        ended.catch(() => undefined);
        return parsed;
      }
    }
  };
  await next('ready');
  return {
    counts: async () => {
      child.send('counts');
      const message = await next('counts');
      return message.type === 'counts' ? message.counts : {};
    },
    stop: async () => {
      if (child.exitCode !== null) return;
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
};
