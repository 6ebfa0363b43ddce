import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

const SAMPLE_MS = 20;

/** Bytes that JavaScript and its buffers hold. */
const held = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** Runs `work` and tells by how many bytes at most the memory in use grew meanwhile, garbage included. */
export const withPeakMemory = async <T>(work: () => Promise<T>): Promise<{ result: T; grownBytes: number }> => {
  if (typeof collectGarbage === 'function') collectGarbage();
  const before = held();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, held());
  }, SAMPLE_MS);
  try {
    const result = await work();
    return { result, grownBytes: Math.max(peak, held()) - before };
  } finally {
    clearInterval(timer);
  }
};
