import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type LoadOrder, type LoadResult, loadResultSchema } from './loadMessages';

export type Load = { run: (order: LoadOrder) => Promise<LoadResult>; stop: () => void };

/** Starts the process that sends requests; it carries out one order at a time and ends with this process. */
export const startLoad = (serviceToken: string): Load => {
  const child = fork(fileURLToPath(new URL('./loadProcess.ts', import.meta.url)), [serviceToken], {
    execArgv: ['--import', import.meta.resolve('tsx')],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the process that sends requests ended (${String(code)})`);
  });
  ended.catch(() => undefined);
  return {
    run: async (order) => {
      child.send(order);
      const [message] = await Promise.race([once(child, 'message'), ended]);
      return loadResultSchema.parse(message);
    },
    stop: () => child.disconnect(),
  };
};
