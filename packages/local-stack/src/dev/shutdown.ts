/** One Ctrl-C may reach us twice: from the terminal, and handed on by what started us. */
const SAME_KEYSTROKE_MS = 700;
const PARENT_POLL_MS = 1_000;

/**
 * Calls `onStop` at the first SIGINT, SIGTERM or SIGHUP, or when the process that started us is gone; `onKill` at a
 * later signal.
 */
export const onShutdown = ({ onStop, onKill }: { onStop: (reason: string) => void; onKill: () => void }): void => {
  const parent = process.ppid;
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
  // A closed terminal must not end us by the next line that we print.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => stop('a closed terminal'));
  setInterval(() => {
    if (process.ppid !== parent && stoppedAt === undefined) stop('the end of the process that started it');
  }, PARENT_POLL_MS).unref();
};
