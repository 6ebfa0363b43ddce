import { isRunning } from '../processes';
import { findLaunchers } from './launchers';

/** One Ctrl-C may reach us twice: from the terminal, and handed on by what started us. */
const SAME_KEYSTROKE_MS = 700;
const PARENT_POLL_MS = 1_000;

const watchLaunchers = async (onGone: () => void): Promise<void> => {
  const parent = process.ppid;
  const launchers = await findLaunchers();
  const isUnderUs = async () => process.ppid === parent && (await Promise.all(launchers.map(isRunning))).every(Boolean);
  const timer = setInterval(async () => {
    if (await isUnderUs()) return;
    clearInterval(timer);
    onGone();
  }, PARENT_POLL_MS).unref();
};

/**
 * Calls `onStop` at the first SIGINT, SIGTERM or SIGHUP, or when the process that started us is gone; `onKill` at a
 * later signal.
 */
export const onShutdown = ({ onStop, onKill }: { onStop: (reason: string) => void; onKill: () => void }): void => {
  let stoppedAt: number | undefined;

  const stop = (reason: string) => {
    if (stoppedAt === undefined) {
      stoppedAt = Date.now();
      onStop(reason);
      return;
    }
    if (Date.now() - stoppedAt > SAME_KEYSTROKE_MS) onKill();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
  const stopOnce = (reason: string) => {
    if (stoppedAt === undefined) stop(reason);
  };
  // A closed terminal must not end us by the next line that we print.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => stopOnce('a closed terminal'));
  void watchLaunchers(() => stopOnce('the end of the process that started it'));
};
