import { type App, faultOf, hostileRequest, type Target } from '@convene/local-stack/hostile';
import { Agent, request } from 'undici';

/** Longer than anything here may take. */
const HANG_MS = 15_000;

export type Failure = { seed: number; method: string; address: string; what: string };

export type AttackResult = {
  sent: number;
  /** By app and status; `refused` where the connection was ended before an answer, as HTTP's own limits do. */
  statuses: Map<string, number>;
  failures: Failure[];
};

type Shot = { target: Target; seed: number; origins: Record<App, string> };

const fire = async (
  { target, seed, origins }: Shot,
  dispatcher: Agent,
): Promise<{ status: string; failure?: Failure }> => {
  const { method, address, headers, body } = hostileRequest(target, seed);
  const fail = (what: string) => ({ status: what, failure: { seed, method, address, what } });
  try {
    const answer = await request(`${origins[target.app]}${address}`, {
      method,
      headers,
      body,
      dispatcher,
      signal: AbortSignal.timeout(HANG_MS),
    });
    const text = await answer.body.text();
    const { statusCode } = answer;
    const fault = faultOf(statusCode, text);
    return fault ? fail(fault) : { status: String(statusCode) };
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'TimeoutError') return fail(`no answer within ${HANG_MS / 1_000} s`);
    return { status: 'refused' };
  }
};

/** Sends `times` hostile requests, spread over all targets, a few at once. The same seed sends the same. */
export const attack = async ({
  targets,
  origins,
  times,
  seed,
  atOnce = 8,
  onProgress = () => undefined,
}: {
  targets: Target[];
  origins: Record<App, string>;
  times: number;
  seed: number;
  atOnce?: number;
  onProgress?: (sent: number) => void;
}): Promise<AttackResult> => {
  const dispatcher = new Agent({ connections: atOnce, bodyTimeout: HANG_MS, headersTimeout: HANG_MS });
  const result: AttackResult = { sent: 0, statuses: new Map(), failures: [] };
  let next = 0;
  const shoot = async (): Promise<void> => {
    while (next < times) {
      const number = next;
      next += 1;
      const target = targets[number % targets.length];
      if (!target) throw new Error('there are no targets');
      const { status, failure } = await fire({ target, seed: seed + number, origins }, dispatcher);
      const key = `${target.app} ${failure ? 'failed' : status}`;
      result.statuses.set(key, (result.statuses.get(key) ?? 0) + 1);
      if (failure) result.failures.push(failure);
      result.sent += 1;
      if (result.sent % 1_000 === 0) onProgress(result.sent);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, shoot));
  await dispatcher.close();
  return result;
};
