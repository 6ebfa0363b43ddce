import { type ChildProcess, spawn } from 'node:child_process';
import type { TestContext } from '@convene/local-stack/testing';
import { queueBackendOfTests } from './support';

/** Where tsx finds how JSX is meant. */
const appDirectory = new URL('..', import.meta.url).pathname;

/** A worker as a process of its own, with the node and the loader of this one. */
export const spawnWorker = (context: TestContext, file: string, env: Record<string, string> = {}): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', file], {
    cwd: appDirectory,
    env: {
      ...process.env,
      ...context.env.worker,
      PORT: '0',
      RESEND_REQUESTS_PER_SECOND: '200',
      QUEUE_BACKEND: queueBackendOfTests(),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** All that a process has printed so far. */
export const outputOf = (process: ChildProcess): { text: () => string } => {
  let text = '';
  const collect = (chunk: Buffer) => {
    text += chunk.toString();
  };
  process.stdout?.on('data', collect);
  process.stderr?.on('data', collect);
  return { text: () => text };
};
