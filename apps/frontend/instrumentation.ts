// Read here so that a wrong environment stops the start, with every problem listed.
import { isNodeRuntime } from './env';

/** Runs once per server, before its first request. */
export const register = async (): Promise<void> => {
  if (!isNodeRuntime) return;
  const { startProcess } = await import('./lib/startProcess');
  startProcess();
};
