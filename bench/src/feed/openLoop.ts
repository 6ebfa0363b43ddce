import { Agent, get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

export type OpenLoopResult = {
  /** From the moment at which a request was due until its answer was read, ascending. */
  latenciesMs: number[];
  failures: number;
  bytes: number;
};

type Headers = Record<string, string>;

const fetchOnce = (
  url: string,
  { agent, headers }: { agent: Agent; headers: Headers },
): Promise<{ status: number; bytes: number }> =>
  new Promise((resolve, reject) => {
    const request = get(url, { agent, headers }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes }));
      response.on('error', reject);
    });
    request.on('error', reject);
  });

/**
 * Sends requests at fixed moments, whether earlier ones have been answered or not: what waits is counted as waiting,
 * also where the sender itself comes late.
 */
export const openLoop = async ({
  urls,
  perSecond,
  seconds,
  headers = {},
}: {
  /** Taken in turn. */
  urls: string[];
  perSecond: number;
  seconds: number;
  headers?: Headers;
}): Promise<OpenLoopResult> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const result: OpenLoopResult = { latenciesMs: [], failures: 0, bytes: 0 };
  const startedAt = performance.now();
  const waiting: Promise<void>[] = [];
  const total = Math.round(perSecond * seconds);
  for (let index = 0; index < total; index += 1) {
    const dueAt = startedAt + (index * 1_000) / perSecond;
    const early = dueAt - performance.now();
    if (early > 1) await pause(early);
    const url = urls[index % urls.length] ?? '';
    waiting.push(
      fetchOnce(url, { agent, headers }).then(
        ({ status, bytes }) => {
          result.bytes += bytes;
          if (status === 200) result.latenciesMs.push(performance.now() - dueAt);
          else result.failures += 1;
        },
        () => {
          result.failures += 1;
        },
      ),
    );
  }
  await Promise.all(waiting);
  agent.destroy();
  result.latenciesMs.sort((a, b) => a - b);
  return result;
};
