import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 250;
const REQUEST_TIMEOUT_MS = 60_000;

const answers = async (url: string, signal: AbortSignal): Promise<boolean> => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
};

/** Resolves when the address answers well. @throws after `timeoutMs`, or when the signal aborts */
export const waitUntilAnswers = async ({
  url,
  timeoutMs,
  signal,
}: {
  url: string;
  timeoutMs: number;
  signal: AbortSignal;
}): Promise<void> => {
  const deadline = Date.now() + timeoutMs;
  while (!(await answers(url, signal))) {
    signal.throwIfAborted();
    if (Date.now() > deadline) throw new Error(`${url} did not answer well within ${timeoutMs / 1000} s.`);
    await delay(POLL_MS);
  }
};

/** Opens pages once, so that they are compiled before somebody waits for them. What fails will be seen by whoever opens it. */
export const warm = async (urls: string[], signal: AbortSignal): Promise<void> => {
  for (const url of urls) await answers(url, signal);
};
