// Read here so that a wrong environment stops the start, with every problem listed.
import './env';

/** Runs once per server, before its first request. */
export const register = async (): Promise<void> => {
  // biome-ignore lint/style/noProcessEnv: the compiler leaves Node's code out of its edge bundle only where it sees this
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startProcess } = await import('./lib/startProcess');
    startProcess();
  }
};
