import { expect, test } from 'vitest';
import { singleFlight } from './listen';

test('calls during a run share one more run after it', async () => {
  const begun: string[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const run = singleFlight(async (name: string) => {
    begun.push(name);
    if (begun.length === 1) await held;
  });
  const first = run('first');
  const waiting = [run('second'), run('third'), run('fourth')];
  expect(begun).toEqual(['first']);
  release();
  await first;
  await Promise.all(waiting);
  expect(begun).toEqual(['first', 'second']);
});

test('a call after the run begins a run of its own', async () => {
  let runs = 0;
  const run = singleFlight(async () => {
    runs += 1;
  });
  await run(undefined);
  await run(undefined);
  expect(runs).toBe(2);
});
