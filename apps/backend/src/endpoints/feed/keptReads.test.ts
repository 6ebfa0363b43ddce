import { beforeEach, describe, expect, it } from 'vitest';
import { type KeptReads, keepReads } from './keptReads';

let nowMs: number;
let readings: number;
let kept: KeptReads;
let ask: () => Promise<number>;

/** Answers the number of the reading. */
const read = async (): Promise<number> => {
  readings += 1;
  return readings;
};
/** Lets a reading that nobody waits for end. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

beforeEach(() => {
  nowMs = 1_000_000;
  readings = 0;
  kept = keepReads({ freshness: () => ({ freshForMs: 10_000, staleForMs: 20_000 }), now: () => nowMs });
  const family = kept.of<number>(10);
  ask = () => family('key', read);
});

describe('age', () => {
  it('reads once while the answer is fresh', async () => {
    await ask();
    nowMs += 9_999;
    expect(await ask()).toBe(1);
    expect(readings).toBe(1);
  });

  it('lets nobody wait while the answer is read anew soon after', async () => {
    await ask();
    nowMs += 20_001;
    expect(await ask()).toBe(1);
    await settled();
    expect(await ask()).toBe(2);
  });

  it('lets whoever asks long after wait', async () => {
    await ask();
    nowMs += 40_001;
    expect(await ask()).toBe(2);
  });
});

describe('forget', () => {
  it('has what was asked for just now read anew while nobody waits', async () => {
    await ask();
    nowMs += 5_000;
    kept.forget();
    nowMs += 1_999;
    expect(await ask()).toBe(1);
    await settled();
    expect(await ask()).toBe(2);
    expect(readings).toBe(2);
  });

  it('lets later ones wait for what is true now', async () => {
    await ask();
    nowMs += 5_000;
    kept.forget();
    nowMs += 2_001;
    expect(await ask()).toBe(2);
  });

  it('reads at most once a second, however often something changes', async () => {
    await ask();
    for (let change = 0; change < 9; change += 1) {
      nowMs += 100;
      kept.forget();
      await ask();
      await settled();
    }
    expect(readings).toBe(1);
    nowMs += 100;
    await ask();
    await settled();
    expect(readings).toBe(2);
  });

  it('leaves alone what was read after it', async () => {
    kept.forget();
    nowMs += 1;
    await ask();
    nowMs += 5_000;
    expect(await ask()).toBe(1);
  });

  it('counts a reading that was on its way as one of before', async () => {
    let end = (): void => undefined;
    const family = kept.of<string>(10);
    const first = family(
      'key',
      () =>
        new Promise((resolve) => {
          end = () => resolve('before');
        }),
    );
    nowMs += 10;
    kept.forget();
    end();
    expect(await first).toBe('before');
    nowMs += 3_000;
    expect(await family('key', async () => 'after')).toBe('after');
  });
});

it('keeps nothing of a reading that failed', async () => {
  const family = kept.of<string>(10);
  await expect(family('key', () => Promise.reject(new Error('Postgres is away')))).rejects.toThrow('Postgres is away');
  expect(await family('key', async () => 'there again')).toBe('there again');
});
