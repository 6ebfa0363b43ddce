import { errorAnswerSchema } from '@convene/common/errors';
import { metricsAnswerSchema } from '@convene/common/metrics';
import type { SendBatch } from './collector';

/** Longer than the backend's commit window of 15 s and its own retries against Redis. */
const TIMEOUT_MS = 45_000;
const LONGEST_RETRY_AFTER_MS = 60_000;

/** `Retry-After` in milliseconds; undefined where it is missing or no number of seconds. */
export const retryAfterMsOf = (headers: Headers): number | undefined => {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, LONGEST_RETRY_AFTER_MS) : undefined;
};

const isWorthRetrying = (status: number): boolean => status >= 500 || status === 429 || status === 408;

/** Hands batches to the backend's `metrics/view` and `metrics/impression`. */
export const sendToBackend =
  ({
    origin,
    serviceToken,
    fetch: send = fetch,
  }: {
    origin: string;
    serviceToken: string;
    fetch?: typeof fetch;
  }): SendBatch =>
  async (metric, batch, signal) => {
    const response = await send(`${origin}/api/metrics/${metric}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-convene-service-token': serviceToken },
      body: JSON.stringify(batch),
      cache: 'no-store',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const body: unknown = await response.json().catch(() => null);
    if (response.ok) {
      const answer = metricsAnswerSchema.safeParse(body);
      if (answer.success && answer.data.requestId === batch.requestId) {
        return { type: 'acknowledged', verdicts: answer.data.verdicts };
      }
      return { type: 'later', reason: `an answer of ${response.status} that acknowledges nothing` };
    }
    const code = errorAnswerSchema.safeParse(body).data?.error.code ?? 'no error code';
    const reason = `${response.status} ${code}`;
    return isWorthRetrying(response.status)
      ? { type: 'later', reason, retryAfterMs: retryAfterMsOf(response.headers) }
      : { type: 'rejected', reason };
  };
